"""Texts that are near-copies of each other."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

Relation = Literal[
    "first",
    "exact",
    "copy",
    "excerpt",
    "contains",
    "revision",
    "partial",
    "quote",
    "rewrite",
    "template",
    "none",
]
MERGED: frozenset[str] = frozenset({"exact", "copy", "excerpt", "contains", "revision"})
LINKED: frozenset[str] = frozenset({"partial", "quote", "rewrite"})


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """What finds near-copies of a text. ``keys`` are unsigned 48-bit hashes, sorted, distinct."""

    keys: tuple[int, ...]
    exact: int  # 63-bit hash of the normalised text: equal texts have equal ones
    length: int  # content words


@dataclass(frozen=True, slots=True)
class StoryText:
    """A stored text that may be a near-copy of the one being placed."""

    key: str  # the article's URL, or the id a caller gave
    story_id: str
    text: str
    published_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Membership:
    """Where a text belongs and why. ``of``: the text it was compared with; None for first, none."""

    story_id: str | None  # None: a story of its own
    relation: Relation
    of: str | None = None
    evidence: Mapping[str, object] = field(default_factory=dict)
    algorithm: str = ""  # version of the rules that decided
