"""Pronouns and nouns that point at a party: "it", "its", "the company", "the shares"."""

from collections.abc import Mapping
from dataclasses import replace

from monitor.claims.lexicon import words_of
from monitor.claims.sentence import Actor, Sentence

_THINGS = words_of("it they them itself")
_OF_THINGS = words_of("its their whose")
_PEOPLE = words_of("he she")
_OF_PEOPLE = words_of("his her")
_PRONOUNS: Mapping[str, tuple[str, bool]] = {
    word: (role, possessive)
    for group, role, possessive in (
        (_THINGS, "thing", False),
        (_OF_THINGS, "thing", True),
        (_PEOPLE, "person", False),
        (_OF_PEOPLE, "person", True),
    )
    for word in group
}
# Nominals that mean the party the text is about, by the roles they can stand for.
_SHARE_WORDS = words_of("""
    stock shares share stocks paper adrs
""")
_FIRM_WORDS = words_of("""
    company firm group business outfit corporation manufacturer giant titan maker owner issuer
    enterprise name
""")
_POINTERS = words_of("""
    the this that its their his her whose
""")
_POINTING = frozenset(_PRONOUNS).union(
    *((word, f"{word}'s") for word in (*_SHARE_WORDS, *_FIRM_WORDS))
)
_AFTER_STOCK = words_of("""
    market markets exchange exchanges index indexes indices futures options buyback buybacks
""")
_WORLDS = words_of("""
    world's country's nation's america's china's taiwan's japan's europe's valley's
""")  # "China's AI lab" is no lab of another party
_DETERMINER_REACH = 4  # words between "the" and the noun: "the small Chinese AI lab"


def pointed_at(sentence: Sentence, first: int, owned: bool = False) -> bool:
    """Whether "the" or "this" stands before the noun, or it opens the sentence.

    ``owned``: what is answered where a possessive stands there: "its model" is its owner's.
    """
    if first == 0:
        return True
    for position in range(first - 1, max(-1, first - 1 - _DETERMINER_REACH), -1):
        word = sentence.words[position]
        if word in _WORLDS:
            return True
        if word in _OF_THINGS or word in _OF_PEOPLE or word.endswith(("'s", "s'")):
            return owned
        if word in _POINTERS or word in ("a", "an"):
            return True
        if not word[0].isalpha():
            return False
    return first <= _DETERMINER_REACH


def speaking_pointer(sentence: Sentence, pointer: Actor, say: int) -> Actor:
    """The pronoun, marked where it only says something: "they said that a trillion was lost"."""
    if pointer.kind != "pronoun" or pointer.possessive:
        return pointer
    for verb in sentence.hits.get(say, ()):
        if 0 < verb[0] - pointer.last <= 2 and not any(
            0 < one[0] - verb[1] <= 2 for one in sentence.spots.values()
        ):
            return replace(pointer, speaks=True)
    return pointer


def pointers(sentence: Sentence, taken: set[int]) -> list[Actor]:
    """Pronouns, and nouns such as "the company" or "the shares", still to be resolved."""
    found = []
    words = sentence.words
    for position, word in enumerate(words):
        if word not in _POINTING or position in taken:
            continue
        pronoun = _PRONOUNS.get(word)
        if pronoun is not None:
            role, possessive = pronoun
            found.append(_pointer(sentence, position, "pronoun", role, possessive))
            continue
        plain = word.removesuffix("'s")
        following = words[position + 1] if position + 1 < len(words) else ""
        if plain in _SHARE_WORDS and following not in _AFTER_STOCK:
            if pointed_at(sentence, position, owned=True) and not _owned(words, position):
                found.append(_pointer(sentence, position, "nominal", "shares", word != plain))
        elif plain in _FIRM_WORDS and _definite(words, position):
            found.append(_pointer(sentence, position, "nominal", "firm", word != plain))
    return found


def _definite(words: list[str], position: int) -> bool:
    for back in range(position - 1, max(-1, position - 1 - _DETERMINER_REACH), -1):
        if words[back] in ("the", "this", "that"):
            return True
        if not words[back][0].isalpha() or words[back].endswith("'s"):
            return False
    return False


def _owned(words: list[str], position: int) -> bool:
    """Whether the shares are said to be somebody's: "Nvidia's shares", "shares of Nvidia"."""
    after = words[position + 1] if position + 1 < len(words) else ""
    before = words[position - 1] if position else ""
    return (
        after in ("of", "in") or before.endswith("'s") or before in ("its", "his", "her", "their")
    )


def _pointer(sentence: Sentence, position: int, kind: str, role: str, possessive: bool) -> Actor:
    start, end = sentence.starts[position], sentence.ends[position]
    return Actor(
        position,
        position,
        start,
        end,
        kind,
        sentence.words[position],
        None,
        frozenset([role]),
        possessive,
    )
