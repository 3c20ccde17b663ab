"""A run from its lease to its row: one crawl with its reading, or reading alone."""

import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from datetime import datetime
from urllib.parse import urlsplit

from monitor import clock
from monitor.crawl import Child
from monitor.errors import ConfigError, LeaseHeld, UsageError
from monitor.names import nearest
from monitor.process import Now, Processor, Tally, reading_pool
from monitor.rulebook import prepare
from monitor.rules.base import parse
from monitor.rules.settings import PLACEHOLDER_CONTACT, Settings
from monitor.rules.sources import Source, Sources
from monitor.settings import Configuration
from monitor.types import Link, SourceState
from monitor.workers import Limits
from spiders.guard import parse_allowed
from spiders.job import DueSource, Job
from storage.configured import open_store
from storage.leases import Owner
from storage.store import Store

HEARTBEAT_S = 15  # a lease is taken over after 60 s of silence (storage/leases.py)
LOOK_S = 0.2  # how often a crawl's pages are looked for


@dataclass(frozen=True, slots=True)
class Request:
    """What a crawl is asked to do; all empty: every source that is due."""

    sources: tuple[str, ...] = ()
    feeds: tuple[str, ...] = ()
    urls: tuple[str, ...] = ()
    is_recheck: bool = False  # known articles of the chosen sources, due or not
    polls: bool = True  # False: only rechecks
    rechecks: bool = True  # False: only polls
    max_time: float | None = None  # seconds; None: to the end


@dataclass(frozen=True, slots=True)
class Report:
    """What a run did."""

    run_id: int
    outcome: str
    fetched: int = 0
    outcomes: Mapping[str, int] = field(default_factory=dict)
    new: Mapping[str, int] = field(default_factory=dict)
    ok: tuple[str, ...] = ()
    failed: tuple[Mapping[str, str], ...] = ()

    def as_json(self) -> dict[str, object]:
        """The object that ``crawl --json`` prints."""
        return {
            "run_id": self.run_id,
            "outcome": self.outcome,
            "sources": {"ok": list(self.ok), "failed": [dict(one) for one in self.failed]},
            "fetched": self.fetched,
            "outcomes": dict(self.outcomes),
            "new": dict(self.new),
        }


def crawl_once(
    configuration: Configuration,
    request: Request,
    now: Now = clock.now,
    texts: Mapping[str, str] | None = None,
) -> Report:
    """Fetch what is due or asked for and turn it into history, under the lease `crawl`.

    ``now`` is the time that history is written in; leases use the real clock. ``texts`` stands in
    for the rule files. Raises LeaseHeld beside a live crawl, UsageError for an unknown source.
    """
    texts = texts or configuration.texts()
    rules = prepare(texts)
    configured = parse(Sources, texts["sources.toml"], "sources.toml")
    sources = _chosen(configured, request)
    settings = configuration.settings
    _refuse_anonymous(configuration, sources if request.polls else ())
    with open_store(settings) as store, running(store, "crawl") as owner:
        store.define_claims(rules.definition_rows(), now())
        store.sync_sources([_definition(source) for source in configured.source], now())
        kind = "crawl" if request.polls else "recheck"
        run_id = store.begin_run(kind, now(), _arguments(request, now()), owner)
        job = _job(store, settings, run_id, sources, request, now())
        tally = Tally()
        outcome = "stopped"
        try:
            with reading_pool(texts, limits(settings)) as pool:
                processor = Processor(store, pool, rules, run_id, now, tally)
                outcome = _both_halves(job, processor, request.max_time)
        finally:
            report = _report(store, run_id, outcome, tally)
            store.end_run(run_id, outcome, report.as_json(), now())
        return report


def process_once(configuration: Configuration) -> Report:
    """Turn the pages that were fetched and not read yet into history."""
    settings = configuration.settings
    texts = configuration.texts()
    rules = prepare(texts)
    with open_store(settings) as store, running(store, "crawl") as owner:
        store.define_claims(rules.definition_rows(), clock.now())
        run_id = store.begin_run("process", clock.now(), {}, owner)
        tally = Tally()
        outcome = "stopped"
        try:
            with reading_pool(texts, limits(settings)) as pool:
                Processor(store, pool, rules, run_id, clock.now, tally).pending()
            outcome = "ok"
        finally:
            report = Report(run_id, outcome, outcomes=dict(tally.outcomes), new=tally.new())
            store.end_run(run_id, outcome, report.as_json(), clock.now())
        return report


@contextmanager
def running(store: Store, lease: str) -> Iterator[Owner]:
    """Hold a lease, with its heartbeat, while the block runs. Raises LeaseHeld."""
    started = clock.process_started()
    assert started is not None
    owner = Owner(clock.host(), clock.pid(), started)
    store.take_lease(lease, owner, clock.now())
    over = threading.Event()
    beat = threading.Thread(target=_beat, args=(store, lease, owner, over), daemon=True)
    beat.start()
    try:
        yield owner
    finally:
        over.set()
        beat.join()
        store.release_lease(lease, owner)


def _beat(store: Store, lease: str, owner: Owner, over: threading.Event) -> None:
    while not over.wait(HEARTBEAT_S):
        try:
            store.renew_lease(lease, owner, clock.now())
        except LeaseHeld:
            return  # taken over; the run's own writes stay valid, they are idempotent


def limits(settings: Settings) -> Limits:
    """What a reading may use, by the settings."""
    process = settings.process
    return Limits(process.workers, process.cpu_seconds, process.memory_mb)


def _both_halves(job: Job, processor: Processor, max_time: float | None) -> str:
    """Crawl and read side by side until both are done; the outcome of the run."""
    stop_at = clock.monotonic() + max_time if max_time else None
    with Child.start(job) as child:
        while child.poll() is None:
            if stop_at is not None and clock.monotonic() >= stop_at:
                child.end()
                return "max_time"
            if not processor.pending(_until(stop_at)):
                child.wait(LOOK_S)
        code = child.poll()
    processor.pending()
    return "ok" if code == 0 else "failed"


def _until(stop_at: float | None) -> Callable[[], bool]:
    return lambda: stop_at is None or clock.monotonic() < stop_at


def _chosen(sources: Sources, request: Request) -> tuple[Source, ...]:
    """The configured sources that the request names; all of them when it names nothing."""
    by_name = {source.name: source for source in sources.source}
    for name in request.sources:
        if name not in by_name:
            hint = nearest(name, by_name)
            raise UsageError(f"no source {name!r}{hint}; config/sources.toml lists them")
    if request.sources:
        return tuple(by_name[name] for name in request.sources)
    return () if request.feeds or request.urls else sources.source


def _refuse_anonymous(configuration: Configuration, sources: tuple[Source, ...]) -> None:
    """Sites must be able to reach who crawls them; hosts of `allow_private` are the user's own."""
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


def _definition(source: Source) -> tuple[str, str, str, str, str]:
    return source.name, source.outlet, source.url, source.kind, source.definition_hash()


def _job(
    store: Store,
    settings: Settings,
    run_id: int,
    sources: tuple[Source, ...],
    request: Request,
    now: datetime,
) -> Job:
    states = {state.name: state for state in store.sources([s.name for s in sources])}
    is_asked = bool(request.sources)
    due = tuple(
        DueSource(source, states.get(source.name))
        for source in sources
        if request.polls and (is_asked or _is_due(states.get(source.name), now))
    )
    return Job(
        run_id=run_id,
        database_url=settings.database_url,
        now=now,
        settings=settings,
        sources=due,
        feeds=request.feeds,
        urls=request.urls,
        rechecks=_rechecks(store, settings, run_id, sources, request, now),
    )


def _is_due(state: SourceState | None, now: datetime) -> bool:
    return state is None or state.next_poll_at is None or state.next_poll_at <= now


def _rechecks(
    store: Store,
    settings: Settings,
    run_id: int,
    sources: tuple[Source, ...],
    request: Request,
    now: datetime,
) -> tuple[Link, ...]:
    """Known articles to look at again: all of the chosen sources, or those that are due."""
    names = [source.name for source in sources] + list(request.feeds)
    if request.is_recheck:
        return tuple(store.known_links(names))
    if not request.rechecks or (request.urls and not names):
        return ()
    return tuple(store.due_links(now, names, settings.crawl.recheck_budget, run_id))


def _arguments(request: Request, now: datetime) -> dict[str, object]:
    """What the run was asked for, as its row shows it."""
    asked = {key: value for key, value in asdict(request).items() if value}
    return asked | {"now": now.isoformat()}


def _report(store: Store, run_id: int, outcome: str, tally: Tally) -> Report:
    seen = store.run_report(run_id)
    return Report(
        run_id,
        outcome,
        fetched=seen["fetched"],
        outcomes=seen["outcomes"],
        new=tally.new(),
        ok=tuple(seen["sources"]["ok"]),
        failed=tuple(seen["sources"]["failed"]),
    )
