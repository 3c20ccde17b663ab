"""How words in front of a number take it back or leave it open, in the structure of a sentence."""

from collections.abc import Sequence

from monitor.claims.lexicon import words_of

BEFORE = 12  # words in front of a number that can govern it
SAID = 8  # words from "never claimed that" to the number
ASIDE = 3  # words from the aside of "not, as one site has it, in 2016" to the number
FIRST = 5  # words of a line in which a question begins, behind its marks and label

_MENDS = words_of("corrects corrected correcting fixes amends amended updates removes deletes")
_OLD = words_of("from not than removes deletes")
_NOT = words_of("not never didn't doesn't don't hasn't haven't nor neither")
_DID = words_of("did does do has have had was were is are")
_STATES = words_of("""
    claim claims claimed say said state stated assert asserted suggest suggested write wrote written
    report reported allege alleged maintain maintained tell told
""")
_GIVEN = words_of("wise fair wonder surprised surprising because reason right justified deserve")
_ENDS = words_of(". ; : ? ! but because since although though whereas while")
_OPENS = words_of("how why when where what who whom which whether if anything more much")
_YES_OR_NO = words_of("""
    is are was were did does do has have had can could will would isn't aren't wasn't weren't didn't
    doesn't don't hasn't haven't so
""")


_AGREES = words_of("who quarrel doubt doubts dispute disputes objection problem trouble")


def refused(words: Sequence[str], spot: tuple[int, int]) -> bool:
    """Whether what stands in front takes the number back.

    "Corrects the gain to $260 billion from $620 billion", "had never claimed that 50,000", "nor did
    its shares lose a quarter", "not, as one site has it, in 2016".
    """
    start = _clause_start(words, spot[0])
    before = words[start : spot[0]]
    return _mended(words, spot) or _never_said(before) or _nor(before) or _not_as(before)


def _clause_start(words: Sequence[str], number: int) -> int:
    first = max(0, number - BEFORE)
    return next((at + 1 for at in range(number - 1, first - 1, -1) if words[at] in _ENDS), first)


def _mended(words: Sequence[str], spot: tuple[int, int]) -> bool:
    """Whether the note that heads a mended report names the number as the old one."""
    opening = [word for word in words[:3] if word[0].isalpha()]
    if not opening or opening[0] not in _MENDS:
        return False
    near = words[max(0, spot[0] - SAID) : spot[0]]
    marks = [word for word in near if word in _OLD or word in ("to", "is")]
    return bool(marks) and marks[-1] in _OLD


def _never_said(before: Sequence[str]) -> bool:
    for at, word in enumerate(before):
        if word in _NOT and len(before) - at <= SAID + 2:
            said = [i for i in (at + 1, at + 2) if before[i : i + 1] and before[i] in _STATES]
            return bool(said) and _OPENS.isdisjoint(before[said[0] + 1 :])
    return False


def _nor(before: Sequence[str]) -> bool:
    """Whether the clause begins with "nor did"."""
    for at, word in enumerate(before):
        if word in ("nor", "neither") and before[at + 1 : at + 2] and before[at + 1] in _DID:
            return _AGREES.isdisjoint(before[at + 2 :])
    return False


def _not_as(before: Sequence[str]) -> bool:
    """Whether "not" and an aside about who has it so stand in front."""
    for at, word in enumerate(before[:-1]):
        if word == "not" and before[at + 1] == "," and "as" in before[at + 2 : at + 4]:
            closed = [i for i in range(at + 2, len(before)) if before[i] == ","]
            return bool(closed) and len(before) - closed[-1] <= ASIDE
    return False


def left_open(words: Sequence[str], spot: tuple[int, int], is_fact: bool) -> bool:
    """Whether the number stands in a question, or behind "whether".

    What markets and charts show has to be asked for itself, by yes or no: "why did it fall 17%?"
    takes the fall as given.
    """
    if _asks(words, spot):
        return not is_fact or _yes_or_no(words, spot)
    near = words[_clause_start(words, spot[0]) : spot[0]][: -SAID - 1 : -1]  # from the number back
    return not is_fact and "whether" in near and "," not in near[: near.index("whether")]


def _asks(words: Sequence[str], spot: tuple[int, int]) -> bool:
    for word in words[spot[1] + 1 :]:
        if word == "?":
            return True
        if word in (".", "!", ";"):
            return False
    return False


def _yes_or_no(words: Sequence[str], spot: tuple[int, int]) -> bool:
    first = _clause_start(words, spot[0])
    opening = [word for word in words[first : first + FIRST] if word[0].isalpha()]
    if not opening or opening[0] not in _YES_OR_NO:
        return False
    return _OPENS.isdisjoint(words[first : spot[0]]) and _GIVEN.isdisjoint(words[first : spot[0]])
