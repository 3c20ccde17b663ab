"""Which candidates become observations: two opinions of the scorer, the best claim a number."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from monitor.claims import context, features
from monitor.claims.candidates import Candidate
from monitor.claims.matching import ORG
from monitor.claims.scorer import Numbers, Trees
from monitor.claims.verdicts import BELONGS, COUNTS, LACKS

SHOWN = 5  # features named in an explanation
# The bar for a number that the rules take for a claim the scorer was not trained on: it knows the
# language but not the topic, and with its own threshold lost four of ten such numbers.
DOUBT = 0.15
REFUSED = (LACKS, BELONGS, COUNTS)  # reasons with the last word on such a claim
SIZE = slice(features.NAMES.index("size.low"), features.NAMES.index("size.within") + 1)


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
        self._trained = frozenset(stored["claims"])

    def opinions(self, candidates: Sequence[Candidate]) -> list[float]:
        """How likely each candidate of one text is."""
        return self._second.probabilities(self._rows(candidates))

    def _rows(self, candidates: Sequence[Candidate]) -> Numbers:
        if not candidates:
            return np.zeros((0, len(self.names)))
        rows = np.array([_seen(one) for one in candidates], dtype=np.float64)
        around = context.context(candidates, self._first.probabilities(rows))
        return np.hstack([rows, np.array(around, dtype=np.float64)])

    def chosen(self, candidates: Sequence[Candidate]) -> list[tuple[Candidate, float]]:
        """The candidates that hold, with their likelihood."""
        likely = [
            0.0 if self._is_refused(one) else opinion
            for one, opinion in zip(candidates, self.opinions(candidates), strict=True)
        ]
        held = choose(candidates, likely, [self._bar(one) for one in candidates])
        return [(candidates[at], likely[at]) for at in held]

    def _bar(self, candidate: Candidate) -> float:
        """From which likelihood on a candidate holds."""
        return DOUBT if self._is_new(candidate) and candidate.is_ruled else self.threshold

    def _is_refused(self, candidate: Candidate) -> bool:
        """Whether a rule that no likelihood outweighs refuses it: the scorer learned when the
        rules err about its own claims, not about others."""
        return self._is_new(candidate) and candidate.rule.startswith(REFUSED)

    def _is_new(self, candidate: Candidate) -> bool:
        """Whether the scorer was not trained on the claim."""
        return candidate.tracked.claim.key not in self._trained

    def explain(self, candidates: Sequence[Candidate]) -> list[tuple[float, str]]:
        """The likelihood of each candidate, and the features that moved it most."""
        rows = self._rows(candidates)
        told = []
        for row, opinion in zip(rows, self._second.probabilities(rows), strict=True):
            parts = self._second.contributions(row)
            most = sorted(parts, key=lambda at: -abs(parts[at]))[:SHOWN]
            told.append((opinion, ", ".join(f"{self.names[at]} {parts[at]:+.1f}" for at in most)))
        return told


def _seen(candidate: Candidate) -> Sequence[float]:
    """The features, but where the words make a misprint ("$5.6B") the claim's: its size makes it
    suspect, not somebody else's, so it is judged as any size of an open range."""
    plausible = candidate.tracked.claim.plausible
    if not candidate.is_ruled or plausible.holds(candidate.figure.magnitude):
        return candidate.features
    row = list(candidate.features)
    row[SIZE] = features.ANY_SIZE
    return row


def choose(
    candidates: Sequence[Candidate], likely: Sequence[float], bars: Sequence[float]
) -> list[int]:
    """Which candidates hold: of each number those of its likeliest claim, from their bar on."""
    best: dict[int, int] = {}
    for at, one in enumerate(candidates):
        start = one.figure.start
        if start not in best or likely[at] > likely[best[start]]:
            best[start] = at
    return [
        at
        for at, one in enumerate(candidates)
        if likely[at] >= bars[at] and _goes_with(one, candidates[best[one.figure.start]])
    ]


def _goes_with(one: Candidate, best: Candidate) -> bool:
    """Whether a candidate is the best of its number, or shares it: "A and B each fell 2%"."""
    return one is best or (one.tracked is best.tracked and ORG in one.tracked.claim.key)
