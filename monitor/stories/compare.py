"""What two texts share, word by word: the facts from which their relation follows."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

import numpy as np
from rapidfuzz.distance import LCSseq

from monitor.stories.words import Places, Words

# Words. A common subsequence of unrelated English texts is a third of them, nearly all of it single
# words and pairs such as "of the"; only runs of at least this length count as shared.
MIN_RUN = 3
MIN_RUN_UNSPACED = 4  # signs
SIGNS = 1.6  # to a word, in scripts without spaces (Chinese news: 1.5 to 1.7)
MAX_NAME = 3  # words of a name that stands where the other text has another one
QUOTE_MARKS = frozenset('"“”„«»「」『』')


Block = tuple[int, int, int]  # a run of shared words: its place in mine and in theirs, its length


@dataclass(frozen=True, slots=True)
class Side:
    """One of two texts: how many words it has, and which of them the other has too."""

    length: int
    shared: int
    gap: int  # words of the longest passage that is not shared
    start: int  # words before the first shared one

    @property
    def share(self) -> float:
        """Shared words among all, 0..1."""
        return self.shared / max(self.length, 1)


@dataclass(frozen=True)
class Comparison:
    """A longest common subsequence of two texts with figures masked.

    What only some relations depend on is found when it is asked for.
    """

    texts: tuple[Words, Words]  # mine, theirs
    blocks: Sequence[Block]
    mine: Side
    theirs: Side
    swapped: int  # words of the longest passage that stands against another one
    replaced: int  # words of all such passages

    @property
    def shared(self) -> int:
        """Words that both have."""
        return self.mine.shared

    @property
    def word(self) -> float:
        """Of the lengths here in one word."""
        return SIGNS if self.texts[0].unspaced else 1.0

    @property
    def longest_run(self) -> int:
        """Words shared without interruption on either side."""
        return max((length for _, _, length in self.blocks), default=0)

    @property
    def quoted(self) -> bool:
        """Whether that run stands in quotation marks in mine."""
        if not self.blocks:
            return False
        start, _, length = max(self.blocks, key=lambda block: block[2])
        return _quoted(self.texts[0], start, length)

    @cached_property
    def _figures(self) -> tuple[Places, Places]:
        return _shared_figures(*self.texts, self.blocks)

    @property
    def figures(self) -> int:
        """Shared places where both have a figure."""
        return len(self._figures[0])

    @cached_property
    def changed(self) -> tuple[tuple[str, str], ...]:
        """Figures that differ: theirs, mine."""
        mine, theirs = self.texts
        places, others = self._figures
        unequal = mine.hashes[places] != theirs.hashes[others]
        return tuple(
            (_word(theirs, j), _word(mine, i))
            for i, j in zip(places[unequal].tolist(), others[unequal].tolist(), strict=True)
            if not (_split(mine, i, theirs, j) or _split(theirs, j, mine, i))
        )

    @cached_property
    def other_names(self) -> int:
        """Places where a name stands against another name."""
        return _other_names(self.blocks, *self.texts)

    @property
    def marks(self) -> float:
        """Share of names and figures, of the text with fewer, that both have in order."""
        mine, theirs = (t.hashes[t.names | t.figures].tolist() for t in self.texts)
        return LCSseq.similarity(mine, theirs) / max(min(len(mine), len(theirs)), 1)

    @property
    def anywhere(self) -> float:
        """Share of its passages that the other has too, in any order, at the least."""
        mine, theirs = (text.passages for text in self.texts)
        return len(mine & theirs) / max(len(mine), len(theirs), 1)


def compare(mine: Words, theirs: Words) -> Comparison:
    """What ``mine`` and ``theirs`` share, in order."""
    blocks = _blocks(mine.sequence, theirs.sequence, MIN_RUN_UNSPACED if mine.unspaced else MIN_RUN)
    shared = sum(length for _, _, length in blocks)
    between = list(_between(blocks, len(mine), len(theirs)))
    against = [min(gaps) for gaps in between]
    return Comparison(
        texts=(mine, theirs),
        blocks=blocks,
        mine=Side(len(mine), shared, max(gap for gap, _ in between), between[0][0]),
        theirs=Side(len(theirs), shared, max(gap for _, gap in between), between[0][1]),
        swapped=max(against),
        replaced=sum(against),
    )


def _blocks(mine: list[int], theirs: list[int], least: int) -> list[Block]:
    """Runs of at least ``least`` shared words, in order."""
    found = LCSseq.editops(mine, theirs).as_matching_blocks()
    return [(block.a, block.b, block.size) for block in found if block.size >= least]


def _between(blocks: Sequence[Block], mine: int, theirs: int) -> Iterator[tuple[int, int]]:
    """How many words of either text stand before, between and after the shared runs."""
    my_end = their_end = 0
    for my_start, their_start, length in blocks:
        yield my_start - my_end, their_start - their_end
        my_end, their_end = my_start + length, their_start + length
    yield mine - my_end, theirs - their_end


def _shared_figures(mine: Words, theirs: Words, blocks: Sequence[Block]) -> tuple[Places, Places]:
    """The places, in either text, of the figures in shared runs."""
    starts, other_starts, sizes = np.array(blocks, np.int64).reshape(-1, 3).T
    offsets = np.arange(sizes.sum()) - np.repeat(np.cumsum(sizes) - sizes, sizes)
    places = np.repeat(starts, sizes) + offsets
    others = np.repeat(other_starts, sizes) + offsets
    figures = mine.figures[places] & theirs.figures[others]
    return places[figures], others[figures]


def _split(whole: Words, place: int, broken: Words, other: int) -> bool:
    """Whether ``broken`` has the figure of ``whole`` in two pieces, as around an advertisement."""
    figure, piece = _digits(whole, place), _digits(broken, other)
    if len(piece) >= len(figure) or not (figure.startswith(piece) or figure.endswith(piece)):
        return False
    parts = [_digits(broken, n) for n in range(max(other - 2, 0), min(other + 3, len(broken)))]
    return any(figure == a + b for a in parts if a for b in parts if b)


def _word(text: Words, place: int) -> str:
    return text.text[text.starts[place] : text.ends[place]]


def _digits(text: Words, place: int) -> str:
    """The digits of a figure; empty for any other word."""
    if not text.figures[place]:
        return ""
    return "".join(filter(str.isdigit, _word(text, place)))


def _other_names(blocks: Sequence[Block], mine: Words, theirs: Words) -> int:
    """Places between shared runs where each text has nothing but a name the other never has."""
    gaps = (
        (my_start + length, my_next, their_start + length, their_next)
        for (my_start, their_start, length), (my_next, their_next, _) in pairwise(blocks)
    )
    return sum(
        _is_name(mine, my_end, my_next, theirs) and _is_name(theirs, their_end, their_next, mine)
        for my_end, my_next, their_end, their_next in gaps
    )


def _is_name(text: Words, start: int, end: int, other: Words) -> bool:
    return (
        0 < end - start <= MAX_NAME
        and bool(text.names[start:end].all())
        and other.vocabulary.isdisjoint(text.hashes[start:end].tolist())
    )


def _quoted(text: Words, start: int, length: int) -> bool:
    """Whether a quotation begins or ends where the run of words does, give or take MIN_RUN."""
    return any(
        not QUOTE_MARKS.isdisjoint(text.text[_edge(text, place - MIN_RUN) - 1 : _edge(text, place)])
        for place in (start + MIN_RUN, start + length + 1)
    )


def _edge(text: Words, place: int) -> int:
    """The offset where word ``place`` starts; the ends of the text for places outside it."""
    return int(text.starts[max(place, 0)]) if place < len(text) else len(text.text)
