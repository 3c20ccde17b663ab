"""Which candidates become observations: two opinions of the scorer, the best claim a number."""

from collections.abc import Mapping, Sequence
from typing import Any

from monitor.claims import context, features
from monitor.claims.candidates import Candidate
from monitor.claims.matching import ORG
from monitor.claims.scorer import Trees

SHOWN = 5  # features named in an explanation


class Decider:
    """The trained scorer."""

    def __init__(self, stored: Mapping[str, Any]) -> None:
        """``stored``: what contrib/train_claims.py wrote. Raises ValueError for other features."""
        self.names = (*features.NAMES, *context.NAMES)
        if tuple(stored["names"]) != self.names:
            raise ValueError("the weights were trained on other features; train them again")
        self._first = Trees(stored["first"])
        self._second = Trees(stored["second"])
        self.threshold = float(stored["threshold"])

    def opinions(self, candidates: Sequence[Candidate]) -> list[float]:
        """How likely each candidate of one text is."""
        return self._second.probabilities(self._rows(candidates))

    def _rows(self, candidates: Sequence[Candidate]) -> list[list[float]]:
        first = self._first.probabilities([one.features for one in candidates])
        around = context.context(candidates, first)
        return [[*one.features, *more] for one, more in zip(candidates, around, strict=True)]

    def chosen(self, candidates: Sequence[Candidate]) -> list[tuple[Candidate, float]]:
        """The candidates that hold, with their likelihood."""
        likely = self.opinions(candidates)
        held = choose(candidates, likely, self.threshold)
        return [(candidates[at], likely[at]) for at in held]

    def explain(self, candidates: Sequence[Candidate]) -> list[tuple[float, str]]:
        """The likelihood of each candidate, and the features that moved it most."""
        rows = self._rows(candidates)
        told = []
        for row, opinion in zip(rows, self._second.probabilities(rows), strict=True):
            parts = self._second.contributions(row)
            most = sorted(parts, key=lambda at: -abs(parts[at]))[:SHOWN]
            told.append((opinion, ", ".join(f"{self.names[at]} {parts[at]:+.1f}" for at in most)))
        return told


def choose(candidates: Sequence[Candidate], likely: Sequence[float], threshold: float) -> list[int]:
    """Which candidates hold: of each number those of its likeliest claim, from ``threshold`` on."""
    best: dict[int, int] = {}
    for at, one in enumerate(candidates):
        start = one.figure.start
        if start not in best or likely[at] > likely[best[start]]:
            best[start] = at
    return [
        at
        for at, one in enumerate(candidates)
        if likely[at] >= threshold and _goes_with(one, candidates[best[one.figure.start]])
    ]


def _goes_with(one: Candidate, best: Candidate) -> bool:
    """Whether a candidate is the best of its number, or shares it: "A and B each fell 2%"."""
    return one is best or (one.tracked is best.tracked and ORG in one.tracked.claim.key)
