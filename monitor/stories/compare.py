"""What two texts share, word by word: the facts from which their relation follows."""

from dataclasses import dataclass

import numpy as np
from rapidfuzz.distance import LCSseq

from monitor.stories.words import Flags, Hashes, Places, Words

# Words. A common subsequence of unrelated English texts is a third of them, nearly all of it single
# words and pairs such as "of the"; only runs of at least this length count as shared.
MIN_RUN = 3


@dataclass(frozen=True, slots=True)
class Comparison:
    """A longest common subsequence of two texts with figures masked, seen from both sides."""

    mine: Places  # places of the shared words, ascending
    theirs: Places
    my_length: int
    their_length: int
    longest_run: int  # words shared without interruption
    my_gap: int  # longest run of own words that is not shared
    their_gap: int
    changed: Places  # indices into mine and theirs: a figure stands against another figure
    figures: int  # shared places where both have a figure

    @property
    def shared(self) -> int:
        return len(self.mine)

    @property
    def of_mine(self) -> float:
        """Share of my words that are theirs too, 0..1."""
        return self.shared / max(self.my_length, 1)

    @property
    def of_theirs(self) -> float:
        return self.shared / max(self.their_length, 1)


def compare(mine: Words, theirs: Words) -> Comparison:
    """What ``mine`` and ``theirs`` share, in order."""
    blocks = _blocks(mine.masked, theirs.masked)
    sizes = blocks[:, 2]
    offsets = np.arange(sizes.sum()) - np.repeat(np.cumsum(sizes) - sizes, sizes)
    places = np.repeat(blocks[:, 0], sizes) + offsets
    others = np.repeat(blocks[:, 1], sizes) + offsets
    figures = mine.figures[places] & theirs.figures[others]
    changed = figures & (mine.hashes[places] != theirs.hashes[others])
    return Comparison(
        mine=places,
        theirs=others,
        my_length=len(mine),
        their_length=len(theirs),
        longest_run=int(sizes.max(initial=0)),
        my_gap=_gap(places, len(mine)),
        their_gap=_gap(others, len(theirs)),
        changed=np.flatnonzero(changed),
        figures=int(np.count_nonzero(figures)),
    )


def _blocks(mine: Hashes, theirs: Hashes) -> Places:
    """Runs of at least MIN_RUN shared words: place in mine, place in theirs, length."""
    codes = LCSseq.opcodes(mine.tolist(), theirs.tolist())
    rows = [(c.src_start, c.dest_start, c.src_end - c.src_start) for c in codes if c.tag == "equal"]
    found = np.array(rows, np.int64).reshape(-1, 3)
    return found[found[:, 2] >= MIN_RUN]


def _gap(places: Places, length: int) -> int:
    edges = np.concatenate([[-1], places, [length]])
    return int((np.diff(edges) - 1).max())


def mask(length: int, places: Places) -> Flags:
    """True at ``places``."""
    flags = np.zeros(length, np.bool_)
    flags[places] = True
    return flags
