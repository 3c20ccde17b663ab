"""Runs from their lease to their row: crawl, process, reprocess, record."""

import logging
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime

from monitor import clock
from monitor.crawl import Child
from monitor.errors import LeaseHeld
from monitor.jobs import Crawl, Request, chosen, configured, job, refuse_anonymous
from monitor.process import Now, Processor, Tally, reading_pool
from monitor.rereading import record_states, reread_texts
from monitor.rulebook import Rules, prepare
from monitor.settings import Configuration
from spiders.job import Job
from storage.configured import open_store
from storage.leases import Owner
from storage.store import Store

logger = logging.getLogger(__name__)

HEARTBEAT_S = 15  # a lease is taken over after 60 s of silence (storage/leases.py)
LOOK_S = 0.2  # how often a crawl's pages are looked for


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


@dataclass(slots=True)
class Running:
    """A run under way. ``outcome`` is what its row will say; "stopped" until it is done."""

    store: Store
    configuration: Configuration
    texts: Mapping[str, str]  # of the rule files
    rules: Rules
    run_id: int
    now: Now
    tally: Tally = field(default_factory=Tally)
    outcome: str = "stopped"
    final: Report | None = None  # None: what ``report`` says

    @contextmanager
    def reading(self) -> Iterator[Processor]:
        """The process half, with its reading processes."""
        with reading_pool(self.texts, self.configuration.settings) as pool:
            yield Processor(self.store, pool, self.rules, self.run_id, self.now, self.tally)

    def report(self) -> Report:
        """What it has done so far."""
        outcomes = dict(self.tally.outcomes)
        return Report(self.run_id, self.outcome, outcomes=outcomes, new=self.tally.new())


def crawl_once(
    configuration: Configuration,
    request: Request,
    now: Now = clock.now,
    texts: Mapping[str, str] | None = None,
) -> Report:
    """Fetch what is due or asked for and turn it into history.

    ``now`` is the time that history is written in; leases use the real clock. ``texts`` stands in
    for the rule files. Raises LeaseHeld beside a live crawl, UsageError for an unknown source.
    """
    texts = texts or configuration.texts()
    sources = configured(texts)
    crawl = Crawl(request, chosen(sources, request), configuration.settings)
    refuse_anonymous(configuration, crawl.sources if request.polls else ())
    kind = "crawl" if request.polls else "recheck"
    asked = {key: value for key, value in asdict(request).items() if value}
    with _started(configuration, kind, asked, now, texts) as run:
        known = [(s.name, s.outlet, s.url, s.kind, s.definition_hash()) for s in sources]
        run.store.sync_sources(known, now())
        crawl = replace(crawl, topic=run.rules.topic.names)
        work = job(run.store, crawl, run.run_id, now())
        try:
            with run.reading() as processor:
                run.outcome = _both_halves(work, processor, request.max_time)
        finally:
            seen = run.store.run_report(run.run_id)
            run.final = replace(
                run.report(),
                fetched=seen["fetched"],
                outcomes=seen["outcomes"],
                ok=tuple(seen["sources"]["ok"]),
                failed=tuple(seen["sources"]["failed"]),
            )
        return run.final


def process_once(configuration: Configuration) -> Report:
    """Turn the pages that were fetched and not read yet into history."""
    with _started(configuration, "process", {}) as run:
        with run.reading() as processor:
            processor.pending()
        run.outcome = "ok"
        return run.report()


def reread_once(
    configuration: Configuration, *, since: datetime | None, is_claims_only: bool
) -> Report:
    """Read stored pages, or only stored texts, again; what followed from them is superseded.

    A new cleaner or extractor is no edit: nothing of it is told as an event of the press.
    """
    asked = {"since": since.isoformat() if since else None, "claims_only": is_claims_only}
    with _started(configuration, "reprocess", asked) as run:
        if is_claims_only:
            reread_texts(run.store, run.rules, configuration, run.tally, since=since)
        else:
            count = run.store.step_back(since, run.now())
            logger.info("reading %d pages again", count)
            with run.reading() as processor:
                processor.pending()
        record_states(run.store, run.rules, run.now())
        run.outcome = "ok"
        return run.report()


def record_once(configuration: Configuration) -> Report:
    """Go over every series; a state row is written only where something changed."""
    with _started(configuration, "record", {}) as run:
        states = record_states(run.store, run.rules, run.now())
        run.outcome = "ok"
        return replace(run.report(), new=run.tally.new() | {"states": states})


@contextmanager
def _started(
    configuration: Configuration,
    kind: str,
    asked: Mapping[str, object],
    now: Now = clock.now,
    texts: Mapping[str, str] | None = None,
) -> Iterator[Running]:
    """A run under the lease of whoever turns pages into history; its row is closed at the end.

    Where the claims were changed since the stored texts were read, they are read again first.
    """
    texts = texts or configuration.texts()
    rules = prepare(texts)
    with open_store(configuration.settings) as store, holding(store, "crawl") as owner:
        store.define_claims(rules.definition_rows(), now())
        run_id = store.begin_run(kind, now(), dict(asked) | {"now": now().isoformat()}, owner)
        run = Running(store, configuration, texts, rules, run_id, now)
        try:
            _catch_up(run)
            yield run
        finally:
            store.end_run(run_id, run.outcome, (run.final or run.report()).as_json(), now())


def _catch_up(run: Running) -> None:
    version = run.rules.reader.version
    count = run.store.unread(version)
    if count:
        logger.info(
            "claims changed: %d stored text%s to read again", count, "s" if count > 1 else ""
        )
        reread_texts(run.store, run.rules, run.configuration, Tally(), unread_by=version)
        record_states(run.store, run.rules, run.now())


@contextmanager
def holding(store: Store, lease: str) -> Iterator[Owner]:
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


def _both_halves(work: Job, processor: Processor, max_time: float | None) -> str:
    """Crawl and read side by side until both are done; the outcome of the run."""
    stop_at = clock.monotonic() + max_time if max_time else None
    with Child.start(work) as child:
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
