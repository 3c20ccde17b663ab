"""Observations against labelled articles: precision, recall, F1 with 95 % intervals."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import sqrt
from types import UnionType
from typing import Any, get_args

from monitor.types import Modality, Observation

_NEEDED = ("claim", "value", "start", "end")
_KINDS: Mapping[str, type | UnionType] = {
    "claim": str,
    "value": int | float | str | bool,
    "start": int,
    "end": int,
    "low": int | float,
    "high": int | float,
    "bound": str,
    "modality": str,
    "speaker": str,
}
TOLERANCE = 0.005  # share of a value within which it is the labelled one, as in the gold's scorer
Z = 1.96  # standard deviations of a 95 % interval


@dataclass(frozen=True, slots=True)
class Label:
    """One labelled value. ``value`` None: a range; ``optional``: neither asked for nor punished.

    ``bound`` and ``modality`` None: not labelled, and not judged.
    """

    claim: str
    value: float | str | bool | None
    low: float | None
    high: float | None
    bound: str | None
    modality: str | None
    speaker: str | None
    start: int
    end: int
    optional: bool = False
    modalities: tuple[str, ...] = ()  # other readings that are right as well
    speakers: tuple[str, ...] = ()


def label_of(item: Mapping[str, Any]) -> Label:
    """A label from its JSON object. Raises ValueError saying what is wrong with it."""
    for name, kinds in _KINDS.items():
        if name not in item and name in _NEEDED:
            raise ValueError(f"no {name!r} in it")
        if item.get(name) is not None and not isinstance(item[name], kinds):
            raise ValueError(f"{name} cannot be {item[name]!r}")
    if isinstance(item["value"], str) and re.fullmatch(r"[\d.]*,[\d.,]+", item["value"]):
        raise ValueError(f"value {item['value']!r} is text; a number has neither quotes nor commas")
    for one in (item.get("modality"), *item.get("modality_alt", ())):
        if one is not None and one not in get_args(Modality):
            raise ValueError(f"modality {one!r} is none of {', '.join(get_args(Modality))}")
    return Label(
        claim=item["claim"],
        value=item["value"],
        low=item.get("low"),
        high=item.get("high"),
        bound=item.get("bound"),
        modality=item.get("modality"),
        speaker=item.get("speaker"),
        start=item["start"],
        end=item["end"],
        optional=item.get("optional", False),
        modalities=tuple(item.get("modality_alt", ())),
        speakers=tuple(item.get("speaker_alt", ())),
    )


@dataclass(frozen=True, slots=True)
class Score:
    """Counts of one claim, or of all. Accuracies are of the pairs found; None: none found."""

    right: int
    wrong: int
    missed: int
    bound: float | None = None
    modality: float | None = None
    speaker: float | None = None

    @property
    def labels(self) -> int:
        """How many values were labelled."""
        return self.right + self.missed

    @property
    def precision(self) -> float | None:
        """Share of the observations that are labelled; None: there is none."""
        return _share(self.right, self.right + self.wrong)

    @property
    def recall(self) -> float | None:
        """Share of the labels that were observed; None: there is none."""
        return _share(self.right, self.labels)

    @property
    def f1(self) -> float | None:
        """Harmonic mean of the two; None: nothing to compare."""
        return _share(2 * self.right, 2 * self.right + self.wrong + self.missed)

    @property
    def precision_interval(self) -> tuple[float, float]:
        """Wilson's 95 % interval of the precision."""
        return wilson(self.right, self.right + self.wrong)

    @property
    def recall_interval(self) -> tuple[float, float]:
        """Wilson's 95 % interval of the recall."""
        return wilson(self.right, self.labels)


Pair = tuple[Label, Observation]


def score(
    articles: Iterable[tuple[Sequence[Label], Sequence[Observation]]],
) -> Mapping[str, Score]:
    """The score of every claim that is labelled, and of all under ""."""
    pairs: list[Pair] = []
    wrong: list[str] = []
    missed: list[str] = []
    known: set[str] = set()
    matched = []
    for labels, observations in articles:
        known.update(label.claim for label in labels)
        matched.append((labels, observations))
    for labels, observations in matched:
        here = _match([one for one in labels if not one.optional], observations)
        pairs.extend(here)
        found = {id(one) for _, one in here}
        hit = {id(label) for label, _ in here}
        missed.extend(one.claim for one in labels if id(one) not in hit and not one.optional)
        wrong.extend(
            one.claim
            for one in observations
            if id(one) not in found and one.claim in known and not _excused(one, labels)
        )
    keys = sorted(known)
    result = {
        key: _score([p for p in pairs if p[0].claim == key], wrong.count(key), missed.count(key))
        for key in keys
    }
    return {"": _score(pairs, len(wrong), len(missed)), **result}


def _match(labels: Sequence[Label], observations: Sequence[Observation]) -> list[Pair]:
    possible = [
        (abs(label.start - one.start) + abs(label.end - one.end), i, j)
        for i, label in enumerate(labels)
        for j, one in enumerate(observations)
        if label.claim == one.claim and _overlap(label, one) and _same(label, one)
    ]
    used_labels: set[int] = set()
    used: set[int] = set()
    pairs = []
    for _, i, j in sorted(possible):
        if i not in used_labels and j not in used:
            used_labels.add(i)
            used.add(j)
            pairs.append((labels[i], observations[j]))
    return pairs


def _overlap(label: Label, one: Observation) -> bool:
    return min(label.end, one.end) > max(label.start, one.start)


def _excused(one: Observation, labels: Sequence[Label]) -> bool:
    return any(
        label.optional and label.claim == one.claim and _overlap(label, one) for label in labels
    )


def _same(label: Label, one: Observation) -> bool:
    if isinstance(label.value, str | bool) or isinstance(one.value, str | bool):
        return str(label.value).casefold() == str(one.value).casefold()
    if label.value is not None and one.value is not None:
        return _close(label.value, float(one.value))
    ends = ((label.low, one.low), (label.high, one.high))
    return all(
        (a is None and b is None) or (a is not None and b is not None and _close(a, float(b)))
        for a, b in ends
    )


def _close(one: float, other: float) -> bool:
    return abs(one - other) <= TOLERANCE * max(abs(one), 1e-12)


def _score(pairs: Sequence[Pair], wrong: int, missed: int) -> Score:
    bounded = [pair for pair in pairs if pair[0].bound is not None]
    judged = [pair for pair in pairs if pair[0].modality is not None]
    spoken = [pair for pair in pairs if pair[0].speaker is not None]
    return Score(
        right=len(pairs),
        wrong=wrong,
        missed=missed,
        bound=_share(sum(a.bound == b.bound for a, b in bounded), len(bounded)),
        modality=_share(
            sum(b.modality in (a.modality, *a.modalities) for a, b in judged), len(judged)
        ),
        speaker=_share(sum(_heard(a, b) for a, b in spoken), len(spoken)),
    )


def _heard(label: Label, one: Observation) -> bool:
    """Whether the speaker is right; an accepted reading as asserted has none."""
    if one.speaker is None:
        return one.modality == "asserted" and "asserted" in label.modalities
    return _plain(one.speaker) in {_plain(name) for name in (label.speaker, *label.speakers)}


def _plain(name: str | None) -> str:
    words = re.sub(r"[^\w ]+", " ", (name or "").casefold()).split()
    return " ".join(words[1:] if words[:1] in (["the"], ["a"], ["an"]) else words)


def wilson(right: int, total: int) -> tuple[float, float]:
    """Wilson's 95 % interval of a share; (0, 1) of nothing."""
    if not total:
        return 0.0, 1.0
    share = right / total
    middle = share + Z * Z / (2 * total)
    spread = Z * sqrt(share * (1 - share) / total + Z * Z / (4 * total * total))
    scale = 1 + Z * Z / total
    return (middle - spread) / scale, (middle + spread) / scale


def _share(part: int, whole: int) -> float | None:
    return part / whole if whole else None
