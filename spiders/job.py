"""What a crawl of the monitor is told on stdin and reports on stdout. Imports no Scrapy."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Literal

from pydantic import TypeAdapter

from monitor.feeds import FeedLink
from monitor.rules.settings import Settings
from monitor.rules.sources import Source
from monitor.types import Link, SourceState


@dataclass(frozen=True, slots=True)
class DueSource:
    """A source to poll and what is known about it. ``state`` None: never polled."""

    source: Source
    state: SourceState | None = None


@dataclass(frozen=True, slots=True)
class Job:
    """One crawl: what to ask for, and where to write what comes back."""

    run_id: int
    database_url: str
    now: datetime  # the start of the run; times are counted from here
    settings: Settings = field(default_factory=Settings)
    sources: tuple[DueSource, ...] = ()
    feeds: tuple[str, ...] = ()  # given by hand
    known_feeds: tuple[SourceState, ...] = ()  # those of them that were given before
    homes: tuple[str, ...] = ()  # given by hand: whose feeds and sitemaps are to be found
    urls: tuple[str, ...] = ()  # given by hand: asked for whatever is known about them
    rechecks: tuple[Link, ...] = ()  # due again, or left unfetched by an earlier run
    liars: tuple[str, ...] = ()  # sites whose 304 cannot be believed
    topic: tuple[str, ...] = ()  # names that an entry of a filtered source must hold one of
    delays: Mapping[str, float] = field(default_factory=dict)  # seconds, of sites that have an own
    samples: int | None = None  # of each source under test: pages fetched; None: no test
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = "WARNING"


@dataclass(frozen=True, slots=True)
class Crawled:
    """How a crawl ended.

    ``reason``: "finished"; "shutdown" when told to stop; the name of a MonitorError that ended it,
    such as DatabaseBusy; "closespider_errorcount" or "item_error" after a bug.
    """

    reason: str
    fetched: int = 0  # URLs with an outcome
    outcomes: Mapping[str, int] = field(default_factory=dict)
    sources: Mapping[str, str] = field(default_factory=dict)  # name or URL given -> outcome
    found: Mapping[str, tuple[FeedLink, ...]] = field(default_factory=dict)  # by home page
    robots: Mapping[str, str] = field(default_factory=dict)  # origin -> what its robots.txt said


_JOB = TypeAdapter(Job)
_CRAWLED = TypeAdapter(Crawled)


def job_line(job: Job) -> bytes:
    """The job as one line of JSON."""
    return json.dumps(_JOB.dump_python(job), default=_plain).encode() + b"\n"


def _plain(value: object) -> object:
    """Durations as seconds: the settings read their own way of writing them, or numbers."""
    if isinstance(value, timedelta):
        return value.total_seconds()
    if isinstance(value, date):  # and datetime
        return value.isoformat()
    raise TypeError(f"no JSON for {type(value).__name__}")


def read_job(line: bytes) -> Job:
    """The job of one line; raises ValueError for anything else."""
    return _JOB.validate_json(line)


def crawled_line(crawled: Crawled) -> bytes:
    """The report as one line of JSON."""
    return _CRAWLED.dump_json(crawled) + b"\n"


def read_crawled(line: bytes) -> Crawled:
    """The report of one line; raises ValueError for anything else."""
    return _CRAWLED.validate_json(line)
