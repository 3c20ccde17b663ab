"""What two texts share, word by word: the facts from which their relation follows."""

from dataclasses import dataclass

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


@dataclass(frozen=True, slots=True)
class Side:
    """One of two texts: how many words it has, and which of them the other has too."""

    length: int
    shared: Places  # ascending

    @property
    def share(self) -> float:
        """Shared words among all, 0..1."""
        return len(self.shared) / max(self.length, 1)

    @property
    def gap(self) -> int:
        """Words of the longest passage that is not shared."""
        return int(_between(self.shared, self.length).max())

    @property
    def start(self) -> int:
        """Words before the first shared one."""
        return int(self.shared[0]) if len(self.shared) else self.length


@dataclass(frozen=True, slots=True)
class Comparison:
    """A longest common subsequence of two texts with figures masked."""

    mine: Side
    theirs: Side
    word: float  # of the lengths here in one word
    figures: int  # shared places where both have a figure
    changed: tuple[tuple[str, str], ...]  # figures that differ: theirs, mine
    other_names: int  # places where a name stands against another name
    longest_run: int  # words shared without interruption on either side
    quoted: bool  # that run stands in quotation marks in mine
    swapped: int  # words of the longest passage that stands against another one
    replaced: int  # words of all such passages
    marks: float  # share of names and figures, of the text with fewer, that both have in order
    anywhere: float  # share of its passages that the other has too, in any order, at the least

    @property
    def shared(self) -> int:
        """Words that both have."""
        return len(self.mine.shared)


def compare(mine: Words, theirs: Words) -> Comparison:
    """What ``mine`` and ``theirs`` share, in order."""
    least = MIN_RUN_UNSPACED if mine.unspaced else MIN_RUN
    blocks = _blocks(mine.sequence, theirs.sequence, least)
    sizes = blocks[:, 2]
    offsets = np.arange(sizes.sum()) - np.repeat(np.cumsum(sizes) - sizes, sizes)
    places = np.repeat(blocks[:, 0], sizes) + offsets
    others = np.repeat(blocks[:, 1], sizes) + offsets
    figures = mine.figures[places] & theirs.figures[others]
    unequal = np.flatnonzero(figures & (mine.hashes[places] != theirs.hashes[others]))
    longest = int(sizes.argmax()) if len(sizes) else -1
    against = np.minimum(_between(places, len(mine)), _between(others, len(theirs)))
    return Comparison(
        mine=Side(len(mine), places),
        theirs=Side(len(theirs), others),
        word=SIGNS if mine.unspaced else 1.0,
        figures=int(np.count_nonzero(figures)),
        changed=tuple(
            (_word(theirs, int(j)), _word(mine, int(i)))
            for i, j in zip(places[unequal], others[unequal], strict=True)
            if not (_split(mine, int(i), theirs, int(j)) or _split(theirs, int(j), mine, int(i)))
        ),
        other_names=_other_names(blocks, mine, theirs),
        longest_run=int(sizes[longest]) if len(sizes) else 0,
        quoted=len(sizes) > 0 and _quoted(mine, int(blocks[longest, 0]), int(sizes[longest])),
        swapped=int(against.max()),
        replaced=int(against.sum()),
        marks=_marks(mine, theirs),
        anywhere=len(mine.passages & theirs.passages)
        / max(len(mine.passages), len(theirs.passages), 1),
    )


def _between(shared: Places, length: int) -> Places:
    """How many words stand before, between and after the shared ones."""
    return np.diff(np.concatenate([[-1], shared, [length]])) - 1


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


def _marks(mine: Words, theirs: Words) -> float:
    mine_, theirs_ = (t.hashes[t.names | t.figures].tolist() for t in (mine, theirs))
    return LCSseq.similarity(mine_, theirs_) / max(min(len(mine_), len(theirs_)), 1)


def _blocks(mine: list[int], theirs: list[int], least: int) -> Places:
    """Runs of at least ``least`` shared words: place in mine, place in theirs, length."""
    codes = LCSseq.opcodes(mine, theirs)
    rows = [(c.src_start, c.dest_start, c.src_end - c.src_start) for c in codes if c.tag == "equal"]
    found = np.array(rows, np.int64).reshape(-1, 3)
    return found[found[:, 2] >= least]


def _other_names(blocks: Places, mine: Words, theirs: Words) -> int:
    """Places between shared runs where each text has nothing but a name the other never has."""
    ends = blocks[:-1, :2] + blocks[:-1, 2:]
    gaps = blocks[1:, :2] - ends
    short = ((gaps > 0) & (gaps <= MAX_NAME)).all(axis=1)
    places = zip(ends[short].tolist(), gaps[short].tolist(), strict=True)
    return sum(
        _is_name(mine, my_end, my_gap, theirs) and _is_name(theirs, their_end, their_gap, mine)
        for (my_end, their_end), (my_gap, their_gap) in places
    )


def _is_name(text: Words, start: int, length: int, other: Words) -> bool:
    place = slice(start, start + length)
    return bool(text.names[place].all()) and other.vocabulary.isdisjoint(
        text.hashes[place].tolist()
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
