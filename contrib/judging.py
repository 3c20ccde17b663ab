"""What the scorer of claims reaches on texts left out of its training, by file and kind of text."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import astuple, dataclass
from typing import TYPE_CHECKING

import numpy as np

from monitor.claims.deciding import choose

if TYPE_CHECKING:
    from train_claims import Text

Judged = tuple["Text", np.ndarray]  # a text and the likelihood of each of its candidates

THRESHOLDS = (0.3, 0.4, 0.5, 0.55, 0.6, 0.7)
RARE = 2.0  # labels in a hundred words, below which a file holds ordinary news
HEAD = f"{'':14}{'texts':>6}{'labels':>7}{'P':>7}{'R':>7}{'F1':>7}  listed negatives taken"


@dataclass
class Counts:
    """How numbers were read."""

    texts: int = 0
    right: int = 0
    wrong: int = 0
    missed: int = 0
    listed: int = 0  # numbers listed as not the claim's
    taken: int = 0  # those of them that were taken all the same

    def __add__(self, other: Counts) -> Counts:
        return Counts(*(a + b for a, b in zip(astuple(self), astuple(other), strict=True)))

    def __str__(self) -> str:
        precision = self.right / max(1, self.right + self.wrong)
        recall = self.right / max(1, self.right + self.missed)
        f1 = 2 * self.right / max(1, 2 * self.right + self.wrong + self.missed)
        labels = self.right + self.missed
        scores = f"{precision:7.3f}{recall:7.3f}{f1:7.3f}"
        return f"{self.texts:6}{labels:7}{scores}  {self.taken} of {self.listed}"


def counted(judged: Judged, threshold: float) -> Counts:
    """How the numbers of one text are read from a likelihood on."""
    text, likely = judged
    chosen = choose(text.candidates, likely.tolist(), [threshold] * len(likely))
    kept = [at for at in chosen if text.candidates[at].sign]
    hits = {
        (label["claim"], label["start"])
        for at in kept
        if text.right[at] and text.weights[at]
        for label in text.labels
        if label["claim"] == text.candidates[at].key and meet(label, text.spans[at])
    }
    return Counts(
        texts=1,
        right=len(hits),
        wrong=sum(not text.right[at] and text.weights[at] > 0 for at in kept),
        missed=sum(not one.get("optional") for one in text.labels) - len(hits),
        listed=len(text.negatives),
        taken=sum(any(_takes(text, at, one) for at in kept) for one in text.negatives),
    )


def meet(label: dict[str, int], span: tuple[int, int]) -> bool:
    """Whether a label and a span share a character."""
    return min(label["end"], span[1]) > max(label["start"], span[0])


def _takes(text: Text, at: int, negative: dict[str, str | int]) -> bool:
    """Whether a candidate is what a negative says it is not."""
    span = {"start": negative["start"], "end": negative["start"] + len(negative["quote"])}
    return negative["not_claim"] in ("*", text.candidates[at].key) and meet(span, text.spans[at])


def total(judged: Iterable[Judged], threshold: float) -> Counts:
    """How the numbers of several texts are read."""
    return sum((counted(one, threshold) for one in judged), Counts())


def show_thresholds(name: str, judged: Sequence[Judged]) -> None:
    """Print what is reached from several likelihoods on."""
    print(f"{name}\n{HEAD}")
    for threshold in THRESHOLDS:
        print(f"{f'from {threshold}':14}{total(judged, threshold)}")


def show_files(name: str, judged: Sequence[Judged], threshold: float) -> None:
    """Print what is reached on each file, and on ordinary news and texts full of claims."""
    files: dict[str, list[Judged]] = {}
    for one in judged:
        files.setdefault(one[0].file, []).append(one)
    print(f"{name}, from {threshold}\n{HEAD}")
    for file, several in sorted(files.items()):
        print(f"{file:14}{total(several, threshold)}")
    for kind, is_rare in (("ordinary news", True), ("dense texts", False)):
        alike = [one for several in files.values() if _is_rare(several) == is_rare
                 for one in several]  # fmt: skip
        print(f"{kind:14}{total(alike, threshold)}")


def _is_rare(several: Sequence[Judged]) -> bool:
    labels = sum(len(text.labels) for text, _ in several)
    return 100 * labels < RARE * sum(text.words for text, _ in several)
