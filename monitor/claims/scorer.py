"""The scorer: boosted trees over features that know no claim, and what each feature added.

The weights are data (trained.py), made by contrib/train_claims.py from labelled texts. The same
input gives the same answer everywhere: sums of stored numbers, no randomness.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float64]
LEAF = -1
PIECE = 1000  # rows judged at once, so that memory stays small


class Trees:
    """A sum of decision trees; each stored as lists of feature, threshold, children and value."""

    def __init__(self, stored: Mapping[str, Any]) -> None:
        self._base = float(stored["base"])
        trees = stored["trees"]
        size = max(len(tree["feature"]) for tree in trees)
        self._feature = np.full((len(trees), size), LEAF, dtype=np.int64)
        self._threshold = np.zeros((len(trees), size))
        self._left = np.zeros((len(trees), size), dtype=np.int64)
        self._right = np.zeros((len(trees), size), dtype=np.int64)
        self._value = np.zeros((len(trees), size))
        for at, tree in enumerate(trees):
            count = len(tree["feature"])
            self._feature[at, :count] = tree["feature"]
            self._threshold[at, :count] = tree["threshold"]
            self._left[at, :count] = tree["left"]
            self._right[at, :count] = tree["right"]
            self._value[at, :count] = tree["value"]
        self._every = np.arange(len(trees))

    def probabilities(self, rows: Sequence[Sequence[float]]) -> list[float]:
        """The probability of each row."""
        return [one for at in range(0, len(rows), PIECE) for one in self._of(rows[at : at + PIECE])]

    def _of(self, rows: Sequence[Sequence[float]]) -> list[float]:
        table = np.asarray(rows, dtype=np.float64)
        at = np.zeros((len(table), len(self._every)), dtype=np.int64)
        lines = np.arange(len(table))[:, None]
        while True:
            feature = self._feature[self._every, at]
            inner = feature != LEAF
            if not inner.any():
                break
            small = table[lines, np.maximum(feature, 0)] <= self._threshold[self._every, at]
            step = np.where(small, self._left[self._every, at], self._right[self._every, at])
            at = np.where(inner, step, at)
        total = self._base + self._value[self._every, at].sum(axis=1)
        return [float(one) for one in 1 / (1 + np.exp(-total))]

    def contributions(self, row: Sequence[float]) -> dict[int, float]:
        """What each feature adds to the log odds of one row: the changes of value on its paths."""
        found: dict[int, float] = {}
        for tree in self._every:
            at = 0
            while (feature := int(self._feature[tree, at])) != LEAF:
                small = row[feature] <= self._threshold[tree, at]
                step = int((self._left if small else self._right)[tree, at])
                gain = float(self._value[tree, step] - self._value[tree, at])
                found[feature] = found.get(feature, 0.0) + gain
                at = step
        return found
