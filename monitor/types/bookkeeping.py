"""Every URL asked for, every poll, alert and run."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from monitor.types.collecting import Page


@dataclass(frozen=True, slots=True)
class Fetch:
    """One URL asked for. ``outcome`` is a word of FATES, written once."""

    url: str
    kind: str  # "article", "feed", "sitemap", "page"
    outcome: str
    fetched_at: datetime
    status: int | None = None  # None: no answer
    final_url: str | None = None
    source: str | None = None
    detail: str | None = None
    page: Page | None = None  # kept for reading; None: nothing to read
    since_full: int | None = None  # conditional requests since a full one; None: as before


@dataclass(frozen=True, slots=True)
class Link:
    """One entry of the frontier."""

    url: str  # normalised: the identity
    asked_url: str  # as announced
    source: str | None
    found_at: datetime
    title: str | None = None
    published_at: datetime | None = None
    next_check_at: datetime | None = None  # None: not looked at again
    check_reason: str | None = None
    etag: str | None = None
    last_modified: str | None = None
    since_full: int = 0  # conditional requests since a full one
    changed_at: datetime | None = None  # when its article last changed; None: no article yet


@dataclass(frozen=True, slots=True)
class SourceState:
    """What is known about a source beside its definition."""

    name: str
    outlet: str
    url: str
    last_poll_at: datetime | None = None
    next_poll_at: datetime | None = None  # None: due at once
    reason: str | None = None  # why then
    interval_s: int | None = None
    failures: float = 0.0
    etag: str | None = None
    last_modified: str | None = None
    since_full: int = 0  # conditional requests since a full one
    announced: str | None = None  # digest of the links announced last; None: none yet
    habits: Mapping[str, float] = field(default_factory=dict)  # see monitor/habits.py
    silent_since: datetime | None = None


@dataclass(frozen=True, slots=True)
class Poll:
    """The result of polling one source once."""

    source: str
    outcome: str  # a word of FATES
    polled_at: datetime
    entries: int
    new_entries: int
    next_poll_at: datetime | None
    reason: str
    interval_s: int
    failures: float
    etag: str | None = None
    last_modified: str | None = None
    since_full: int = 0
    announced: str | None = None
    habits: Mapping[str, float] = field(default_factory=dict)
    lying_site: str | None = None  # gave changed content under an old validator; None: it did not
    detail: str | None = None


AlertKind = Literal["source_silent", "source_empty", "source_failing", "liar"]


@dataclass(frozen=True, slots=True)
class Alert:
    """What an operator should know: absence of news is news."""

    kind: AlertKind
    about: str  # name of the source; of a liar, the site
    detail: str  # why, in words


@dataclass(frozen=True, slots=True)
class Yield:
    """Pages of a source that were to give text, and how many did: lately, and before that."""

    pages: int = 0
    texts: int = 0
    pages_before: int = 0
    texts_before: int = 0


@dataclass(frozen=True, slots=True)
class Run:
    """One crawl or scheduled job. ``ended_at`` None: still running, or its process was killed."""

    run_id: int
    kind: str
    started_at: datetime
    ended_at: datetime | None
    outcome: str | None
    counts: Mapping[str, object]
