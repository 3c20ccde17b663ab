"""What a site prints on page after page: blocks to count, and texts that differ by them only."""

import hashlib
from collections.abc import Iterable

from monitor.articles.layout import key
from monitor.articles.markers import count_words
from monitor.types import Block

# Words; one is a name or a label of a list, and a block longer than the most is an article's own
# more often than a template's.
_FEWEST, _MOST = 2, 30
# Words from which a block with a figure is a sentence about it. Sites repeat such sentences as
# background, and what they claim has to be kept.
_CLAIM = 8
# Blocks of one article that are counted: templates stand at its ends.
_ENDS = 20
_KINDS = frozenset({"paragraph", "heading", "list"})


def block_hash(text: str) -> str:
    """The identity of a recurring block: equal for texts that differ in spaces and marks only."""
    return hashlib.sha256(key(text).encode()).hexdigest()[:16]


def countable(blocks: Iterable[Block]) -> tuple[str, ...]:
    """The hashes of the kept lines that may be the site's own, each once: short ones, no claims."""
    kept = (b for b in blocks if b.rule is None and b.kind in _KINDS)
    texts = [line for b in kept for line in b.text.split("\n") if _is_countable(line)]
    chosen = texts if len(texts) <= 2 * _ENDS else [*texts[:_ENDS], *texts[-_ENDS:]]
    return tuple(dict.fromkeys(block_hash(text) for text in chosen))


def is_cleaned_only(before: str, after: str, blocks: Iterable[Block]) -> bool:
    """Whether ``after`` is ``before`` without lines that the page still has, as residue.

    So it is when the rules that clean became better: no edit by the publisher.
    """
    removed = {key(line) for b in blocks if b.rule is not None for line in b.text.split("\n")}
    old, new = _lines(before), _lines(after)
    kept = set(new)
    gone = {line for line in old if line not in kept}
    return bool(gone) and removed.issuperset(gone) and [n for n in old if n not in gone] == new


def _lines(text: str) -> list[str]:
    return [name for line in text.split("\n") if (name := key(line))]


def _is_countable(text: str) -> bool:
    words = count_words(text)
    is_claim = words > _CLAIM and any(char.isdigit() for char in text)
    return _FEWEST <= words <= _MOST and not is_claim
