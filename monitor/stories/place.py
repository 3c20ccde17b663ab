"""To which story a text belongs, with the reason: a relation and its evidence, never a score."""

from collections.abc import Sequence
from datetime import datetime

import numpy as np

from monitor.stories.compare import Comparison, compare
from monitor.stories.words import Words, words
from monitor.types import Membership, Relation, StoryText

MIN_WORDS = 16
BEST = 6
COPY = 0.6
WHOLE = 0.85
GAP = 0.3
PARTIAL_RUN = 30
TEMPLATE_FIGURES = 0.12
TEMPLATE_CHANGED = 0.5
_RANK: tuple[Relation, ...] = (
    "exact",
    "copy",
    "revision",
    "excerpt",
    "contains",
    "quote",
    "partial",
    "rewrite",
    "template",
    "first",
)


def place(
    text: str, candidates: Sequence[StoryText], published_at: datetime | None = None
) -> Membership:
    """The story of ``text`` among ``candidates``, best first, and why. Never raises."""
    mine = words(text)
    if len(mine) < MIN_WORDS:
        return Membership(None, "none", evidence={"words": len(mine)})
    found = [_relate(mine, candidate) for candidate in candidates[:BEST]]
    best = min(found, key=lambda m: _RANK.index(m.relation), default=None)
    if best is None or best.relation == "first":
        return Membership(None, "first")
    return best


def _relate(mine: Words, candidate: StoryText) -> Membership:
    theirs = words(candidate.text)
    if np.array_equal(mine.hashes, theirs.hashes):
        return Membership(candidate.story_id, "exact", candidate.key, {"words": len(mine)})
    facts = compare(mine, theirs)
    relation = _relation(facts)
    joined = relation in ("copy", "revision", "excerpt", "contains")
    return Membership(
        candidate.story_id if joined else None,
        relation,
        None if relation == "first" else candidate.key,
        _evidence(facts),
    )


def _relation(facts: Comparison) -> Relation:
    closed = _gap(facts.my_gap, facts.my_length) and _gap(facts.their_gap, facts.their_length)
    if closed and min(facts.of_mine, facts.of_theirs) >= COPY:
        return _same_form(facts)
    if facts.of_mine >= WHOLE:
        return "excerpt"
    if facts.of_theirs >= WHOLE:
        return "contains"
    return "partial" if facts.longest_run >= PARTIAL_RUN else "first"


def _gap(gap: int, length: int) -> bool:
    return gap <= GAP * length


def _same_form(facts: Comparison) -> Relation:
    changed = len(facts.changed)
    if not changed:
        return "copy"
    dense = facts.figures >= TEMPLATE_FIGURES * facts.shared
    return "template" if dense and changed >= TEMPLATE_CHANGED * facts.figures else "revision"


def _evidence(facts: Comparison) -> dict[str, object]:
    return {
        "of_mine": round(facts.of_mine, 3),
        "of_theirs": round(facts.of_theirs, 3),
        "longest_run": facts.longest_run,
    }
