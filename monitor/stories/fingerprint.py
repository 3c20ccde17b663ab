"""The keys by which near-copies of a text are found among millions.

A key is the hash of a passage of a few words with its figures masked, or of two consecutive names
or figures. A fixed share of all hashes is kept (FracMinHash), so texts that share a passage share
its keys whatever else they hold.
"""

import numpy as np
import xxhash

from monitor.stories.words import Hashes, Words, runs, words
from monitor.types import Fingerprint

SAMPLE = 8  # one hash of so many is kept
MIN_KEYS = 12  # kept of a short text, whatever the sample says
_NAMES = np.uint64(0x5851F42D4C957F2D)  # keeps keys of names apart from keys of passages
_LIMIT = np.uint64((1 << 64) // SAMPLE)
# 48 bits of a hash are enough (among 50 million keys one in 5 million meets another by chance), and
# a quarter of the bytes is saved. The last bit tells the kind.
_SHIFT = np.uint64(15)
_47_BITS = np.uint64((1 << 48) - 2)
_PAIR = 1


def fingerprint(text: str) -> Fingerprint:
    """What finds near-copies of ``text``, the body of an article. Any string will do."""
    return fingerprint_of(words(text))


def fingerprint_of(text: Words) -> Fingerprint:
    passages, pairs = (
        (_sampled(hashes) >> _SHIFT) & _47_BITS for hashes in (text.shingles, _pairs(text))
    )
    keys = {*passages.tolist(), *(pairs | np.uint64(_PAIR)).tolist()}
    exact = xxhash.xxh3_64_intdigest(text.hashes.tobytes()) >> 1
    return Fingerprint(keys=tuple(sorted(keys)), exact=exact, length=len(text))


def is_of_passage(key: int) -> bool:
    """Whether the key is of a passage, and not of two names or figures."""
    return not key & _PAIR


def _pairs(text: Words) -> Hashes:
    """One hash for each two consecutive names or figures, whatever stands between them."""
    return runs(text.hashes[text.names | text.figures], 2) ^ _NAMES


def _sampled(hashes: Hashes) -> Hashes:
    kept = hashes[hashes < _LIMIT]
    return kept if len(kept) >= MIN_KEYS else np.sort(hashes)[:MIN_KEYS]
