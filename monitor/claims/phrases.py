"""Where the noun phrase of a source begins and ends, in words of its sentence."""

from collections.abc import Sequence

from monitor.claims.lexicon import words_of
from monitor.claims.saying import (
    AUXILIARIES,
    DETERMINERS,
    NOUNS,
    PEOPLE,
    PREPOSITIONS,
    STARTERS,
    STOPS,
    VERBS,
)

LONGEST = 9  # words of a source: "the person in charge of Japanese stocks at a firm"
ASIDE = 26  # words between a subject and its verb: "Odile Ferrand, a manager at Corvane, said"
WHO = 8  # words of a clause between a person and the verb: "a colleague who is in Lyon says"
INSERTED = 5  # words between "has" and its verb: "has in the past said"
_HAVE = frozenset(("has", "have", "had"))
_GAPS = frozenset(",)\u2014\u2013-")
_OPEN = frozenset(",(\u2014\u2013-")
_RELATIVE = frozenset(("who", "which", "that"))
Span = tuple[int, int]


def subject_end(words: Sequence[str], verb: int, capital: Sequence[bool]) -> tuple[int, bool]:
    """The last word of a verb's subject, and whether an aside parts them; -1: there is none."""
    at = verb - 1
    while at >= 0 and (words[at] in AUXILIARIES or (words[at].endswith("ly") and not capital[at])):
        at -= 1
    between = next((k for k in range(at - 1, max(0, at - INSERTED), -1) if words[k] in _HAVE), 0)
    if between and words[between + 1] in PREPOSITIONS and not capital[at]:
        return between - 1, False  # "High-Flyer has in the past said"
    who = next((k for k in range(at, max(0, at - WHO), -1) if words[k] in ("who", "whom", ",")), 0)
    if who and words[who] != "," and who < at:
        who -= words[who - 1] in PREPOSITIONS  # "issuers with whom we spoke"
        return (who - 2 if words[who - 1] in _OPEN else who - 1), False
    if at > 0 and words[at] in _RELATIVE:
        at -= 1
        return (at - 1 if words[at] in _OPEN else at), False
    if at > 0 and words[at] in _GAPS:
        return _across(words, at, capital), True
    return at, False


def _across(words: Sequence[str], at: int, capital: Sequence[bool]) -> int:
    """The word before an aside that ends at ``at``; of several asides, before the first.

    "Kim, of Delft, a chip designer, said": the aside goes back comma by comma as long as what
    stands between looks like a description, not like a clause with a subject of its own.
    """
    found = -1
    end = at
    for back in range(at - 1, max(-1, at - ASIDE), -1):
        if words[back] in (".", ";", '"', ":", "?", "!"):
            break
        if words[back] in _OPEN:
            if not (capital[back + 1] or _describes(words[back + 1 : end])):
                break
            if back == 0 or not words[back - 1][0].isalnum():
                break  # nothing but a quotation in front of the name
            found, end = back - 1, back
    return found


def _describes(words: Sequence[str]) -> bool:
    """Whether an aside describes the one before it: "a manager", "who runs it", "asked by us"."""
    if not words:
        return False
    head = words[0]
    return (
        head in STARTERS
        or head in PREPOSITIONS
        or head
        in (
            "who",
            "which",
            "whose",
            "himself",
            "herself",
            "itself",
            "now",
            "aged",
            "formerly",
            "when",
            "if",
            "as",
            "though",
        )
        or head.endswith(("ed", "ing", "ly"))
        or not PEOPLE.isdisjoint(words)
        or len(words) <= 3
    )


def before(words: Sequence[str], at: int, capital: Sequence[bool]) -> Span | None:
    """The noun phrase that ends at word ``at``; None: there is none."""
    if at < 0 or not words[at][0].isalpha() or words[at] in STOPS:
        return None
    if words[at] in VERBS and words[at] not in NOUNS:
        return None
    first = at
    while (
        first > 0
        and at - first < LONGEST
        and (_inside(words[first - 1]) or (words[first - 1] == "." and "." in words[first - 2]))
    ):
        first -= 1
    return _without_opening(words, first, at, capital)


def _inside(word: str) -> bool:
    if word in STOPS or word[0].isdigit() or word in "%$\u20ac\u00a3":
        return False
    return word not in VERBS or word in NOUNS


def _without_opening(
    words: Sequence[str], first: int, at: int, capital: Sequence[bool]
) -> Span | None:
    """The phrase without what only opens the clause: "in Brussels an official", "today Figari"."""
    if words[first] in PREPOSITIONS or words[first] in AUXILIARIES or words[first].endswith("ing"):
        for place in range(first + 2, at + 1):
            if words[place] in STARTERS and words[place - 1] not in PREPOSITIONS:
                return place, at
        place = at
        while place > first and capital[place - 1] and words[place - 1] not in PREPOSITIONS:
            place -= 1
        return (place, at) if place > first and capital[place] else None
    for place in range(at, first, -1):
        # "the tool the company says": the nearer determiner opens the phrase
        if words[place] in ("the", "a", "an") and words[place - 1] not in PREPOSITIONS:
            return (place, at) if words[place - 1] not in ("all", "both", "half") else (first, at)
    return first, at


def after(words: Sequence[str], at: int) -> Span | None:
    """The noun phrase that begins at word ``at``; None: there is none."""
    if at >= len(words) or not words[at][0].isalpha() or words[at] in STOPS:
        return None
    last = at
    while last + 1 < len(words) and last - at < LONGEST and _goes_on(words[last + 1]):
        last += 1
    while last > at and words[last] in PREPOSITIONS:
        last -= 1
    return None if last == at and words[at] in DETERMINERS else (at, last)


_ENDS = words_of("on in to at told released published who monday tuesday wednesday thursday friday")


def _goes_on(word: str) -> bool:
    return _inside(word) and (word not in _ENDS or word in ("in", "at"))


_CLAUSES = words_of("we i you they he she there")


def head(words: Sequence[str], span: Span) -> Span:
    """The phrase up to its first preposition: "the head of research" without "of research"."""
    first, last = span
    for at in range(first + 1, last + 1):
        if (
            words[at] in PREPOSITIONS
            or words[at] in _CLAUSES
            or words[at] in ("briefed", "familiar", "close", "called", "just", "present")
            or (words[at].endswith("ed") and words[at - 1] in NOUNS)
        ):
            return first, at - 1
    return first, last


_NUMERALS = words_of("one two three four five another")


def bare(words: Sequence[str], span: Span) -> Span:
    """The phrase without the determiners and numerals in front of it."""
    first, last = span
    while first < last and (words[first] in DETERMINERS or words[first] in _NUMERALS):
        first += 1
    return first, last
