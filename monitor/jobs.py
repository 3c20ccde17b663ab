"""What a crawl is to do: the sources, feeds, pages and rechecks it is handed."""

import logging
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from urllib.parse import urlsplit

from monitor.errors import ConfigError, UsageError
from monitor.names import nearest
from monitor.rules.base import parse
from monitor.rules.settings import PLACEHOLDER_CONTACT, Settings
from monitor.rules.sources import Source, Sources
from monitor.settings import Configuration
from monitor.types import Link, SourceState
from monitor.urls import site
from spiders.guard import parse_allowed
from spiders.job import DueSource, Job
from storage.store import Store

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Request:
    """What a crawl is asked to do; all empty: every source that is due."""

    sources: tuple[str, ...] = ()
    feeds: tuple[str, ...] = ()
    homes: tuple[str, ...] = ()  # pages whose feeds and sitemaps are to be found
    urls: tuple[str, ...] = ()
    samples: int | None = None  # of each source under test: pages fetched; None: no test
    is_recheck: bool = False  # known articles of the chosen sources, due or not
    polls: bool = True  # False: only rechecks
    rechecks: bool = True  # False: only polls
    max_time: float | None = None  # seconds; None: to the end


@dataclass(frozen=True, slots=True)
class Crawl:
    """A request with the sources it comes down to and the settings it is done by."""

    request: Request
    sources: tuple[Source, ...]
    settings: Settings
    topic: tuple[str, ...] = ()  # its names
    delays: Mapping[str, float] = field(default_factory=dict)  # see ``delays``


def configured(texts: Mapping[str, str]) -> tuple[Source, ...]:
    """All configured sources. Raises ConfigError."""
    return parse(Sources, texts["sources.toml"], "sources.toml").source


def chosen(sources: tuple[Source, ...], request: Request) -> tuple[Source, ...]:
    """The configured sources that the request names; all of them when it names nothing.

    Raises UsageError for a name that is not configured, with the nearest ones.
    """
    by_name = {source.name: source for source in sources}
    for name in request.sources:
        if name not in by_name:
            hint = nearest(name, by_name)
            raise UsageError(f"no source {name!r}{hint}; `monitor source list` shows all")
    if request.sources:
        return tuple(by_name[name] for name in request.sources)
    return () if request.feeds or request.homes or request.urls else sources


def delays(sources: Iterable[Source]) -> Mapping[str, float]:
    """Seconds between two requests to each site that some source sets them for: the most.

    Sites of articles and of what announces them; whoever asks keeps to it, due or not.
    """
    found: dict[str, float] = {}
    for source in sources:
        if source.delay is not None:
            for where in (site(f"https://{source.site}/"), site(source.url)):
                found[where] = max(source.delay, found.get(where, 0.0))
    return found


def refuse_anonymous(configuration: Configuration, sources: tuple[Source, ...]) -> None:
    """Raises ConfigError where a source could not reach who crawls it.

    Hosts of `allow_private` are the user's own and need no contact.
    """
    settings = configuration.settings
    if settings.contact_url != PLACEHOLDER_CONTACT:
        return
    own = parse_allowed(settings.allow_private)
    for source in sources:
        parts = urlsplit(source.url)
        port = parts.port or (443 if parts.scheme == "https" else 80)
        if not own.host(parts.hostname or "", port):
            file = configuration.folder / "settings.toml"
            raise ConfigError(
                f"{file}: contact_url is still the placeholder; edit its line (or set "
                "MONITOR_CONTACT_URL) to an address where sites can reach you, for it is part of "
                f"the user agent that {source.name} and all other sources see"
            )


def job(store: Store, crawl: Crawl, run_id: int, now: datetime) -> Job:
    """The work of one crawl, as its child process is handed it."""
    states = {state.name: state for state in store.sources([s.name for s in crawl.sources])}
    due = tuple(
        DueSource(source, states.get(source.name))
        for source in crawl.sources
        if crawl.request.sources or _is_due(states.get(source.name), now)
    )
    return Job(
        run_id=run_id,
        database_url=crawl.settings.database_url,
        now=now,
        settings=crawl.settings,
        sources=due if crawl.request.polls else (),
        feeds=crawl.request.feeds,
        known_feeds=store.given_feeds(crawl.request.feeds),
        homes=crawl.request.homes,
        samples=crawl.request.samples,
        urls=crawl.request.urls,
        liars=tuple(one.about for one in store.alerts() if one.kind == "liar"),
        topic=crawl.topic,
        delays=crawl.delays,
        rechecks=_rechecks(store, crawl, run_id, now),
        log_level="INFO" if logger.isEnabledFor(logging.DEBUG) else "WARNING",
    )


def _is_due(state: SourceState | None, now: datetime) -> bool:
    return state is None or state.next_poll_at is None or state.next_poll_at <= now


def _rechecks(store: Store, crawl: Crawl, run_id: int, now: datetime) -> tuple[Link, ...]:
    """Known articles to look at again: all of the chosen sources, or those that are due."""
    request = crawl.request
    names = [*(source.name for source in crawl.sources), *request.feeds]
    if request.is_recheck:
        return store.known_links(names)
    if not request.rechecks or (request.urls and not names):
        return ()
    asked = names if request.sources or request.feeds else None  # None: whatever is due
    limits = crawl.settings.crawl
    return store.due_links(now, asked, limits.recheck_budget, limits.recheck_per_site, run_id)
