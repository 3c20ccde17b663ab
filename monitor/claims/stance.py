"""How surely a number is said, weighed: what the rules say of it, and where their words stand."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from math import exp

from monitor.claims import cues
from monitor.claims.lexicon import words_of
from monitor.claims.sentence import Place, Sentence
from monitor.claims.speakers import Speaker, is_fact
from monitor.claims.verdicts import Take
from monitor.types import Modality

OUTCOMES: tuple[Modality, ...] = (
    "asserted", "attributed", "denied", "doubted", "hedged", "predicted",
)  # fmt: skip
ALWAYS = "always"  # the name of what is added whatever holds
CLEAR = "clear"  # the name of what holds where no word speaks against the number
AGAINST = ("doubt", "deny", "disbelief", "unease", "rebuff", "erratum")
NEGATED = 14  # words on either side in which a negation can speak against it
# Groups of phrases whose place towards the number counts.
GROUPS = (
    "predict", "future", "foretell", "later", "sure_hedge", "hedge", "doubt", "deny", "no_doubt",
    "disbelief", "unease", "rebuff", "surmise", "by_owner", "erratum", "amends", "say",
)  # fmt: skip
DISTANCES = (1, 2, 3, 5, 8, 12, 20)  # words; what stands farther off counts as far
REACH = 16  # words of distance in which a phrase can speak of the number
NEAR_DAY = 8  # words between a number and a day
BRIEF = 7  # words of a sentence that is short
SAME, ALIKE = 0.005, 0.1  # shares of a value within which another is the same, or a rounded one
# A doubted value that is read as support is the worst error, so doubt weighs more than its share.
# On files left out that no rule was written from, 1 found 107 of 153 for 21 false ones among 1,339,
# 2 found 116 for 26; the rules alone found 106 for 27. To try another, set it and run
# contrib/train_stance.py --check, which weighs with what stands here.
CAUTION = 2.0
# How many times likelier than the other one has to be to overrule whether a speaker was found: on
# files left out, 43 of 69 such numbers without a speaker have one, and 6 of 7 with one have none.
SOURCED, UNSOURCED = 1.5, 3.0
_STOPS = frozenset((";", ".", "?", "!", "but", "while"))
_NEGATION = "not"
_LITOTES = words_of("""
    small mean little minor trifling trivial inconsiderable insignificant secret surprise wonder
    accident coincidence stranger only just merely least
""")


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What is known of a number besides its sentence."""

    told: Modality | None  # what the rules say; None: nothing but perhaps a speaker
    speaker: Speaker | None
    is_quoted: bool
    said_before: str  # "first", "again", "near" (rounded), "new": among the values of its claim
    year: int | None  # of publication


class Weights:
    """What the features that hold make of a number: a multinomial logistic regression."""

    def __init__(self, stored: Mapping[str, Sequence[float]]) -> None:
        """``stored``: by name of a feature a weight for each of OUTCOMES; ALWAYS always holds."""
        self._stored = stored

    def knows(self, claim: str) -> bool:
        """Whether numbers of a claim were among those that the weights were trained on."""
        return f"key={claim}" in self._stored

    def of(self, names: Collection[str]) -> Modality | None:
        """The modality that weighs most; None: asserted or attributed, a speaker decides which."""
        sums = list(self._stored[ALWAYS])
        for name in sorted(names):  # in one order, so that sums are the same everywhere
            for at, weight in enumerate(self._stored.get(name, ())):
                sums[at] += weight
        likely = {one: exp(value) for one, value in zip(OUTCOMES, sums, strict=True)}
        return decided(likely, CLEAR in names)


def decided(likely: Mapping[Modality, float], is_clear: bool = False) -> Modality | None:
    """The modality that the likelihoods speak for; None: it is asserted or attributed.

    ``is_clear``: no word speaks against the number, so that nobody can be said to doubt it.
    """
    against: Modality = "denied" if likely["denied"] > likely["doubted"] else "doubted"
    choices: dict[Modality | None, float] = {
        _said(likely): likely["asserted"] + likely["attributed"],
        against: 0 if is_clear else CAUTION * (likely["denied"] + likely["doubted"]),
        "predicted": likely["predicted"],
        "hedged": likely["hedged"],
    }
    return max(choices, key=lambda one: choices[one])


def _said(likely: Mapping[Modality, float]) -> Modality | None:
    if likely["attributed"] > SOURCED * likely["asserted"]:
        return "attributed"
    return "asserted" if likely["asserted"] > UNSOURCED * likely["attributed"] else None


def features(take: Take, english: Mapping[str, int], known: Circumstances) -> set[str]:
    """The names of the features that hold of a number."""
    spot = take.sentence.spot(take.figure)
    found = {*_of_claim(take, known), *_of_speaker(take, known), *_of_sentence(take, spot)}
    found.update(_of_days(take, spot, known.year))
    for name in GROUPS:
        for place in take.sentence.hits.get(english[name], ()):
            found.update(_of_phrase(take.sentence, spot, name, place))
    if known.told not in ("denied", "doubted") and _is_clear(take.sentence, spot, english):
        found.add(CLEAR)
    return found


def _is_clear(sentence: Sentence, spot: Place, english: Mapping[str, int]) -> bool:
    """Whether no phrase, negation or question speaks against the number."""
    if sentence.hits.get(english["no_doubt"]):
        return True
    if any(sentence.hits.get(english[name]) for name in AGAINST) or "?" in sentence.words:
        return False
    before = _negations(sentence.words[max(0, spot[0] - NEGATED) : spot[0]])[::-1]
    behind = _negations(_to_comma(sentence.words[spot[1] + 1 : spot[1] + 1 + NEGATED]))
    return not any(next(iter(words), None) == _NEGATION for words in (before, behind))


def _to_comma(words: Sequence[str]) -> Sequence[str]:
    """An aside behind the number says something else: "$6 million, a sum that would not pay"."""
    return words[: words.index(",")] if "," in words else words


def _negations(words: Sequence[str]) -> list[str]:
    """Where clauses end, and the negations; "no small sum" and "not only" negate nothing."""
    found = []
    for word, after in zip_longest(words, words[1:]):
        if word in _STOPS:
            found.append(word)
        elif word in cues.NEGATIVE and not (word in ("no", "not") and after in _LITOTES):
            found.append(_NEGATION)
    return found


def _of_claim(take: Take, known: Circumstances) -> Iterator[str]:
    fact = is_fact(take)
    yield f"key={take.verdict.tracked.claim.key}"
    yield f"fact={fact}"
    yield f"told={known.told}"
    yield f"told={known.told} fact={fact}"
    yield f"before={known.said_before}"
    yield f"before={known.said_before} fact={fact}"
    yield f"quoted={known.is_quoted}"


def _of_speaker(take: Take, known: Circumstances) -> Iterator[str]:
    speaker = known.speaker
    named = speaker is not None and bool(speaker.name)
    yield f"named={named}"
    yield f"named={named} told={known.told}"
    yield f"named={named} fact={is_fact(take)}"
    if speaker is not None:
        yield f"cue={speaker.cue.kind if speaker.cue else None}"
        if speaker.cue is not None:
            yield f"source={speaker.cue.source} weak={speaker.cue.weak}"


def _of_sentence(take: Take, spot: Place) -> Iterator[str]:
    words = take.sentence.words
    yield f"bound={take.figure.quantity.bound}"
    yield f"end={next((word for word in words[spot[1] + 1 :] if word in '.?!;'), None)}"
    if take.sentence.index == 0:
        yield "first"
    if len(words) <= BRIEF:
        yield "brief"


def _of_days(take: Take, spot: Place, year: int | None) -> Iterator[str]:
    if year is None:
        return
    for place, days in take.sentence.dates:
        if 0 < take.sentence.distance(place, spot) <= NEAR_DAY:
            side = "behind" if place[0] > spot[1] else "before"
            yield f"year={(days.start.year > year) - (days.start.year < year)} {side}"


def _of_phrase(sentence: Sentence, spot: Place, name: str, place: Place) -> Iterator[str]:
    """How far off a phrase stands, and what stands between."""
    distance = sentence.distance(place, spot)
    if distance == 0:
        return
    side = "before" if place[1] < spot[0] else "behind"
    first, last = (place[1], spot[0]) if side == "before" else (spot[1], place[0])
    between = sentence.words[first + 1 : last]
    marks = (
        ("figure", any(first < one[0] and one[1] < last for one in sentence.spots.values())),
        ("stop", not _STOPS.isdisjoint(between)),
        ("comma", "," in between),
    )
    across = [mark for mark, holds in marks if holds]
    yield f"{name} {side} {next((one for one in DISTANCES if distance <= one), 'far')}"
    yield f"{name} {side} across {' '.join(across) or 'nothing'}"
    if distance <= REACH:
        yield f"{name} {side} near{' past a figure' if 'figure' in across else ''}"


def said_before(takes: Sequence[Take]) -> list[str]:
    """Of each number, whether its claim had it, or another value, before: see Circumstances."""
    values: dict[str, list[float]] = {}
    found = []
    for take in takes:
        seen = values.setdefault(take.verdict.keys[0], [])
        value = _size(take)
        if any(_within(value, other, SAME) for other in seen):
            found.append("again")
        elif any(_within(value, other, ALIKE) for other in seen):
            found.append("near")
        else:
            found.append("new" if seen else "first")
        seen.append(value)
    return found


def _size(take: Take) -> float:
    quantity = take.figure.quantity
    ends = (quantity.value, quantity.low, quantity.high)
    return abs(float(next((one for one in ends if one is not None), 0)))


def _within(one: float, other: float, share: float) -> bool:
    return abs(one - other) <= share * max(one, other)
