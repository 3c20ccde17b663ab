"""The scorer: boosted trees over features that know no claim, and what each feature added.

The weights are data (trained.py), made by contrib/train_claims.py from labelled texts. The same
input gives the same answer everywhere: sums of stored numbers, no randomness.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

LEAF = -1
PIECE = 128  # rows judged at once, so that memory stays small
MOST_LEAVES = 16  # of a tree: one bit of a mask each
EVERY = (1 << MOST_LEAVES) - 1
_ALL = np.arange(1, EVERY + 1)
_LOWEST = np.log2(_ALL & -_ALL, dtype=np.float64).astype(np.intp)  # bit of each mask, but of 0

Numbers = NDArray[np.float64]
Masks = NDArray[np.uint16]


class Trees:
    """A sum of decision trees; each stored as lists of feature, threshold, children and value.

    No tree is walked: the leaves of each are the bits of a mask, left to right, and a feature takes
    away the leaves that its value rules out, of all trees at once. The first leaf that every
    feature leaves is the one that a walk would end in. (QuickScorer, Lucchese and others, 2015.)
    """

    def __init__(self, stored: Mapping[str, Any]) -> None:
        """Raises ValueError where a tree has more than MOST_LEAVES leaves."""
        self._base = float(stored["base"])
        self._trees = [_Tree(tree) for tree in stored["trees"]]
        cuts = sorted({cut for tree in self._trees for cut in tree.lost})
        self._feature = np.array([feature for feature, _ in cuts], dtype=np.intp)
        self._threshold = np.array([threshold for _, threshold in cuts])
        self._starts = np.flatnonzero(np.diff(self._feature, prepend=LEAF))  # of each feature
        self._first = self._starts + np.arange(len(self._starts))  # line where nothing is lost
        self._left = self._lines(cuts)
        self._value = np.zeros((len(self._trees), MOST_LEAVES))
        for at, tree in enumerate(self._trees):
            self._value[at, : len(tree.leaves)] = tree.leaves
        self._every = np.arange(len(self._trees))

    def _lines(self, cuts: Sequence[tuple[int, float]]) -> Masks:
        """The leaves that are left of each tree: for each feature a line where no threshold is
        below its value, one where the first is, and so on."""
        number = {cut: at for at, cut in enumerate(cuts)}
        kept = np.full((len(cuts), len(self._trees)), EVERY, dtype=np.uint16)
        for at, tree in enumerate(self._trees):
            for cut, mask in tree.lost.items():
                kept[number[cut], at] &= EVERY - mask
        blocks = np.split(kept, self._starts[1:])
        whole = np.full((1, len(self._trees)), EVERY, dtype=np.uint16)
        return np.vstack([np.bitwise_and.accumulate(np.vstack([whole, one])) for one in blocks])

    def probabilities(self, rows: Sequence[Sequence[float]] | Numbers) -> list[float]:
        """The probability of each row."""
        table = np.asarray(rows, dtype=np.float64)
        return [p for at in range(0, len(table), PIECE) for p in self._of(table[at : at + PIECE])]

    def _of(self, table: Numbers) -> list[float]:
        above = ~(table[:, self._feature] <= self._threshold)
        lines = np.add.reduceat(above, self._starts, axis=1, dtype=np.intp) + self._first
        kept = np.bitwise_and.reduce(self._left[lines], axis=1)
        total = self._base + self._value[self._every, _LOWEST[kept - 1]].sum(axis=1)
        return [float(one) for one in 1 / (1 + np.exp(-total))]

    def contributions(self, row: Sequence[float]) -> dict[int, float]:
        """What each feature adds to the log odds of one row: the changes of value on its paths."""
        found: dict[int, float] = {}
        for tree in self._trees:
            for feature, gain in tree.path(row):
                found[feature] = found.get(feature, 0.0) + gain
        return found


class _Tree:
    """One tree: the values of its leaves from left to right, and which of them each cut takes."""

    def __init__(self, stored: Mapping[str, Any]) -> None:
        self._stored = stored
        self.leaves: list[float] = []
        self.lost: dict[tuple[int, float], int] = {}  # feature, threshold -> mask of leaves
        self._take_in(0)
        if len(self.leaves) > MOST_LEAVES:
            raise ValueError(f"a tree of {len(self.leaves)} leaves; {MOST_LEAVES} at most")

    def _take_in(self, node: int) -> None:
        """Add the leaves under a node. A value above the threshold takes those to its left."""
        feature = self._stored["feature"][node]
        if feature == LEAF:
            self.leaves.append(self._stored["value"][node])
            return
        first = len(self.leaves)
        self._take_in(self._stored["left"][node])
        cut = feature, float(self._stored["threshold"][node])
        self.lost[cut] = self.lost.get(cut, 0) | (1 << len(self.leaves)) - (1 << first)
        self._take_in(self._stored["right"][node])

    def path(self, row: Sequence[float]) -> Iterator[tuple[int, float]]:
        """The features asked on the way of a row, with what the step behind each adds."""
        stored, at = self._stored, 0
        while (feature := stored["feature"][at]) != LEAF:
            small = row[feature] <= stored["threshold"][at]
            step = stored["left" if small else "right"][at]
            yield feature, float(stored["value"][step] - stored["value"][at])
            at = step
