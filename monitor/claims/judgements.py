"""What the structure of a sentence says against a number in it."""

from collections.abc import Sequence

from monitor.claims import cues
from monitor.claims.lexicon import words_of
from monitor.claims.saying import SPOKEN
from monitor.types import Modality

STRUCTURE = 12  # words around a number within which its predicate or its verb stands
NEGATED = 6  # words from "no" to "believes": "no researcher we spoke to believes"
UNIT = 2  # words between a number and the verb whose subject it is: "six million US dollars buys"


def judgement(words: Sequence[str], spot: tuple[int, int], is_fact: bool) -> Modality | None:
    """What the structure of a sentence says against a number; None: nothing.

    A predicate behind it ("is, frankly, a joke"), a name that it is given ("dismissed the $6
    million as fiction"), belief that is denied in front of it ("no researcher believes"), or what
    it would not do ("wouldn't buy a shed"), unless it is a fact of the market.
    """
    behind = words[spot[1] + 1 :]
    near = behind[:STRUCTURE]
    clause = _clause(near)
    before = words[max(0, spot[0] - STRUCTURE) : spot[0]]
    said = [*_predicate(clause), *_taken_up(near)]
    if not cues.NAMES_IT.isdisjoint(before):
        said = [*said, *clause]
    answer = _answered(behind)
    if answer is not None:
        said = [*said, answer]
    if not cues.FALSE.isdisjoint(said) or answer in ("no", "nope") or _waved_off(behind):
        return "denied"
    if not cues.DOUBTFUL.isdisjoint(said) or _unbelieved(before):
        return "doubted"
    return "doubted" if not is_fact and (_fails(behind) or _laughed_at(behind)) else None


def _answered(behind: Sequence[str]) -> str | None:
    """The one word that answers a quotation in the same sentence: '..."** FALSE.'."""
    for at in range(1, len(behind) - 1):
        if behind[at] in cues.ANSWERS and behind[at - 1] in '*"' and behind[at + 1] in ".!;:,":
            return behind[at]
    return None


def _waved_off(behind: Sequence[str]) -> bool:
    """Whether a bare "no" follows the number, or that it was not so: "six million, no."."""
    words = [word for word in behind[: UNIT + 4] if word not in '"*']
    for at, word in enumerate(words[:-1]):
        if word in _MARKS:
            return _is_no(words[at + 1 :])
    return False


def _is_no(words: Sequence[str]) -> bool:
    if words[0] in ("no", "nope"):
        return words[1:2] == [] or words[1] in _MARKS
    if words[0] not in _TAKES_UP or len(words) < 2:
        return False
    at = 2 if words[1] in _NOT_SO else 3 if words[2:3] == ["not"] and words[1] in _WAS else 0
    return bool(at) and (words[at:] == [] or words[at] in _MARKS)


def _fails(behind: Sequence[str]) -> bool:
    """Whether the number is the subject of what it does not do: "wouldn't pay our data bill"."""
    for at, word in enumerate(behind[: UNIT + 1]):
        if word in _MARKS or word in cues.COPULAS or word in _NO_UNIT:
            return False
        is_not = behind[at + 1 : at + 2] == ["not"]
        if word in _CANNOT_DO | _DOES_NOT or (word in _MAY and is_not):
            return not _STRETCHES.isdisjoint(behind[at + 1 : at + 3])
    return False


def _laughed_at(behind: Sequence[str]) -> bool:
    """Whether a laugh or a plea follows a number that is only repeated: '"5.6M" lol', "please"."""
    near = behind[: UNIT + 3]
    places = [at for at, word in enumerate(near) if word not in '"*,'][: UNIT + 1]
    return any(near[at] in _LAUGHS and not _is_unit(near, at) for at in places)


def _is_unit(behind: Sequence[str], at: int) -> bool:
    """Whether "ha" stands for hectares: right behind a number, and not said twice."""
    if behind[at] != "ha" or behind[at + 1 : at + 2] == ["ha"]:
        return False
    return at == 0 or behind[at - 1][0].isdigit()


def _clause(words: Sequence[str]) -> Sequence[str]:
    ends = (at for at, word in enumerate(words) if word in ".;!?" or word[0].isdigit())
    return words[: next(ends, len(words))]


def _predicate(behind: Sequence[str]) -> Sequence[str]:
    """The first words of the predicate behind a number, without adverbs, articles and marks."""
    for at, word in enumerate(behind):
        if word in cues.COPULAS:
            end = at + 1
            while end < len(behind) and behind[end] in cues.FILLERS:
                end += 1
            negated = word in cues.NEGATIVE or not _CLEARS.isdisjoint(behind[at + 1 : end + 1])
            if negated:
                return ("false",) if _IS_SO.intersection(behind[end : end + 2]) else ()
            return behind[at + 1 : end + 2]
    return ()


def _taken_up(behind: Sequence[str]) -> Sequence[str]:
    """The predicate of what takes the number up behind a mark: "...; that's wrong"."""
    for at, word in enumerate(behind[:-1]):
        if word in ";,\u2014\u2013-" and behind[at + 1].partition("'")[0] in _TAKES_UP:
            return _predicate(behind[at + 1 :])
    return ()


_IS_SO = words_of("so true right correct accurate credible plausible believable possible")
_CLEARS = words_of("not beyond no without little")
_TAKES_UP = words_of("that which it this")
_LAUGHS = words_of("lol lmao rofl haha ha hah please pfft yeah kidding huh")
_MARKS = words_of(", . ; : ! ? \u2014 \u2013 -")
_NOT_SO = words_of("wasn't isn't didn't doesn't weren't")
_WAS = words_of("was is did does were")
_CANNOT_DO = words_of("wouldn't couldn't won't can't cannot")
_MAY = words_of("would could will can does")
_DOES_NOT = words_of("doesn't don't didn't")
_STRETCHES = words_of("buy pay get cover build add hold pass stack square fly wash stand bear fit")
_NO_UNIT = words_of("they we you i he she it that which who from in of to by and")


def _unbelieved(before: Sequence[str]) -> bool:
    return any(
        word in cues.BELIEVES and not cues.NEGATIVE.isdisjoint(before[max(0, at - NEGATED) : at])
        for at, word in enumerate(before)
    )


def seems_impossible(before: Sequence[str]) -> bool:
    """Whether what the number is part of cannot be: "nobody trains it for"."""
    for at, word in enumerate(before):
        if word in _CANNOT and _OPEN.isdisjoint(before[at + 1 :]):
            return SPOKEN.isdisjoint(before[at + 1 :]) and _KNOWS.isdisjoint(before[at + 1 :])
    return False


_CANNOT = words_of("nobody cannot can't couldn't wouldn't impossible")
_KNOWS = words_of(
    "know knows confirm confirmed verify verified disclose comment tell wait help find"
)
_OPEN = words_of("""
    , . ; : only just merely even until yet more less but include count cover think about care
""")
