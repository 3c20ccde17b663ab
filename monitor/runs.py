"""Runs from their lease to their row: crawl, process, reprocess, record."""

import logging
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from monitor import clock
from monitor.alerts import alerts
from monitor.crawl import Child
from monitor.errors import DatabaseBusy, LeaseHeld, UsageError
from monitor.jobs import Crawl, Request, chosen, configured, delays, job, refuse_anonymous
from monitor.process import Now, Processor, Tally, reading_pool
from monitor.rereading import Corpus, record_states, reread_texts
from monitor.rulebook import Rules, prepare
from monitor.settings import Configuration
from monitor.stopping import shielded
from monitor.types import FATES
from monitor.urls import absolute
from spiders.job import Crawled, Job
from storage.configured import open_store
from storage.leases import Owner
from storage.store import Store

logger = logging.getLogger(__name__)

HEARTBEAT_S = 15  # a lease is taken over after 60 s of silence (storage/leases.py)
# Words of a source that did its part; a page given by hand is stored, or as it was.
ANSWERED = frozenset({"ok", "partial", "unchanged", "capped", "stored", "duplicate_url"})
CRASHED = "crashed"  # outcome of a run whose crawl process died
LOOK_S = 0.2  # how often a crawl's pages are looked for
PROGRESS_S = 10  # between two lines on how far a crawl is


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
    crawled: Crawled | None = None  # what the crawl half said at its end; None: nothing
    read: Mapping[str, int] = field(default_factory=dict)  # again: pages, or texts
    taken_back: Mapping[str, int] = field(default_factory=dict)  # by reading again

    def as_json(self) -> dict[str, object]:
        """The object that ``crawl --json`` prints; of ``reprocess`` also what was taken back."""
        again = {"read": dict(self.read), "taken_back": dict(self.taken_back)} if self.read else {}
        return {
            "run_id": self.run_id,
            "outcome": self.outcome,
            "sources": {"ok": list(self.ok), "failed": [dict(one) for one in self.failed]},
            "fetched": self.fetched,
            "outcomes": dict(self.outcomes),
            "new": dict(self.new),
            **again,
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
    is_lost: threading.Event = field(default_factory=threading.Event)  # the lease was taken over

    def goes_on(self, stop_at: float | None = None) -> bool:
        """Whether to read another page. Raises LeaseHeld when the lease was taken over."""
        if self.is_lost.is_set():
            raise LeaseHeld("another process took over the lease 'crawl'; what was done is kept")
        return _is_before(stop_at)

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
    crawl = Crawl(request, chosen(sources, request), configuration.settings, delays=delays(sources))
    refuse_anonymous(configuration, crawl.sources if request.polls else ())
    _refuse_forgotten(configuration, request.urls)
    kind = "crawl" if request.polls else "recheck"
    asked = {key: value for key, value in asdict(request).items() if value}
    with started(configuration, kind, asked, now, texts) as run:
        known = [(s.name, s.outlet, s.url, s.kind, s.definition_hash()) for s in sources]
        run.store.sync_sources(known, now())
        crawl = replace(crawl, topic=run.rules.topic.names)
        work = job(run.store, crawl, run.run_id, now())
        crawled = None
        try:
            with run.reading() as processor:
                crawled = _both_halves(work, run, processor, request.max_time)
        finally:
            run.final = _summed_up(run, request, crawled)
            run.outcome = run.final.outcome
        if crawl.sources:
            _watch(run)
        return run.final


def _watch(run: Running) -> None:
    """Notes what lasts of silence and failure, and says what is new."""
    found = alerts(run.store.sources(), run.store.yields())
    for one in run.store.settle_alerts(found, run.now()):
        logger.warning("%s: %s: %s", one.kind, one.about, one.detail)


def _refuse_forgotten(configuration: Configuration, urls: tuple[str, ...]) -> None:
    """Raises UsageError for a URL given by hand that was forgotten on request."""
    if not urls:
        return
    with open_store(configuration.settings) as store:
        for one in store.forgotten(urls):
            raise UsageError(
                f"{one.url}: forgotten on {one.recorded_at.date()} at its publisher's request "
                f"({one.reason or 'no reason given'}); it is never fetched again"
            )


def _summed_up(run: Running, request: Request, crawled: Crawled | None) -> Report:
    """The run's report: polls from their table, what was given by hand from the child's word."""
    seen = run.store.run_report(run.run_id)
    by_hand = tuple(dict.fromkeys((*request.feeds, *request.homes, *request.urls)))
    ok = list(seen["sources"]["ok"])
    failed = [
        one | {"detail": _why(one["source"], one["outcome"], one["detail"])}
        if one["source"] in by_hand
        else one
        for one in seen["sources"]["failed"]
    ]
    told = {*ok, *(one["source"] for one in failed)}
    details = {}
    if request.urls:
        details = {one.url: one.detail for one in run.store.fates(run.run_id)}
    for given in by_hand:
        word = crawled.sources.get(given) if crawled else None
        if given in told or word is None:
            continue
        if word in ANSWERED:
            ok.append(given)
        else:
            detail = _why(given, word, details.get(absolute(given) or given))
            failed.append({"source": given, "outcome": word, "detail": detail})
    return replace(
        run.report(),
        outcome=_outcome(run.outcome, bool(ok), bool(failed)),
        fetched=seen["fetched"],
        outcomes=seen["outcomes"],
        ok=tuple(ok),
        failed=tuple(failed),
        crawled=crawled,
    )


def _why(given: str, word: str, detail: str | None) -> str:
    """Why an address given by hand failed, and what lets through an address of one's own."""
    if not detail or not detail.endswith("is not public"):
        return detail or FATES.get(word, "")
    parts = urlsplit(given)
    port = parts.port or (443 if parts.scheme == "https" else 80)
    return f"{detail}; MONITOR_ALLOW_PRIVATE={parts.hostname}:{port} lets it through"


def _outcome(outcome: str, some_answered: bool, some_failed: bool) -> str:
    """The word of a run that came to its end, by its sources."""
    if outcome != "ok" or not some_failed:
        return outcome
    return "partial" if some_answered else "failed"


def process_once(configuration: Configuration) -> Report:
    """Turn the pages that were fetched and not read yet into history."""
    with started(configuration, "process", {}) as run:
        with run.reading() as processor:
            processor.pending(run.goes_on)
        run.outcome = "ok"
        return run.report()


def reread_once(
    configuration: Configuration, *, since: datetime | None, is_claims_only: bool
) -> Report:
    """Read stored pages, or only stored texts, again; what followed from them is superseded.

    A new cleaner or extractor is no edit: nothing of it is told as an event of the press.
    """
    asked = {"since": since.isoformat() if since else None, "claims_only": is_claims_only}
    with started(configuration, "reprocess", asked) as run:
        begun, known = run.now(), run.store.counts()["articles"]
        if is_claims_only:
            reread_texts(_corpus(run), run.tally, since=since)
        else:
            count = run.store.step_back(since, run.now())
            logger.info("reading %d pages again", count)
            with run.reading() as processor:
                processor.pending(run.goes_on)
        record_states(run.store, run.rules, run.now())
        run.outcome = "ok"
        new, gone = run.store.changed(begun)
        read = {"texts": run.tally.versions} if is_claims_only else {"pages": count}
        new = {"articles": run.store.counts()["articles"] - known, **new}
        run.final = replace(run.report(), new=new, taken_back=gone, read=read)
        return run.final


def record_once(configuration: Configuration) -> Report:
    """Go over every series; a state row is written only where something changed."""
    with started(configuration, "record", {}) as run:
        states = record_states(run.store, run.rules, run.now())
        days = configuration.settings.retention.page_days
        run.store.prune_pages(run.now() - timedelta(days=days))
        _watch(run)
        run.outcome = "ok"
        return replace(run.report(), new=run.tally.new() | {"states": states})


@contextmanager
def started(
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
    is_lost = threading.Event()
    with open_store(configuration.settings) as store, holding(store, "crawl", is_lost) as owner:
        store.define_claims(rules.definition_rows(), now())
        run = None
        try:
            with shielded():
                run_id = store.begin_run(
                    kind, now(), dict(asked) | {"now": now().isoformat()}, owner
                )
                run = Running(store, configuration, texts, rules, run_id, now, is_lost=is_lost)
            _catch_up(run)
            yield run
        finally:
            if run is not None:
                with shielded():
                    store.end_run(run_id, run.outcome, (run.final or run.report()).as_json(), now())


def _catch_up(run: Running) -> None:
    version = run.rules.reader.version
    count = run.store.unread(version)
    if count:
        logger.info(
            "claims changed: %d stored text%s to read again", count, "s" if count > 1 else ""
        )
        reread_texts(_corpus(run), Tally(), unread_by=version)
        record_states(run.store, run.rules, run.now())


def _corpus(run: Running) -> Corpus:
    return Corpus(run.store, run.rules, run.texts, run.configuration.settings, run.now)


@contextmanager
def holding(store: Store, lease: str, is_lost: threading.Event | None = None) -> Iterator[Owner]:
    """Hold a lease, with its heartbeat, while the block runs. Raises LeaseHeld.

    ``is_lost`` is set when another process took it over all the same.
    """
    started = clock.process_started()
    assert started is not None
    owner = Owner(clock.host(), clock.pid(), started)
    store.take_lease(lease, owner, clock.now())
    over = threading.Event()
    lost = is_lost or threading.Event()
    beat = threading.Thread(target=_beat, args=(store, lease, owner, over, lost), daemon=True)
    beat.start()
    try:
        yield owner
    finally:
        with shielded():
            over.set()
            beat.join()
            store.release_lease(lease, owner)


def _beat(
    store: Store, lease: str, owner: Owner, over: threading.Event, lost: threading.Event
) -> None:
    while not over.wait(HEARTBEAT_S):
        try:
            store.renew_lease(lease, owner, clock.now())
        except DatabaseBusy:
            continue  # the next beat may get through before the lease is given up for dead
        except LeaseHeld:
            lost.set()
            return


class _Progress:
    """A line now and then on how far a crawl is."""

    def __init__(self, run: Running) -> None:
        self._run = run
        self._told_at = clock.monotonic()

    def tell(self) -> None:
        """Log what was fetched and found so far, if the last line was long ago."""
        if clock.monotonic() - self._told_at < PROGRESS_S:
            return
        self._told_at = clock.monotonic()
        fetched = self._run.store.run_report(self._run.run_id)["fetched"]
        new = ", ".join(f"{number} {noun}" for noun, number in self._run.tally.new().items())
        logger.info("crawl: %d URLs asked for so far; new: %s", fetched, new)


def _both_halves(
    work: Job, run: Running, processor: Processor, max_time: float | None
) -> Crawled | None:
    """Crawl and read side by side until both are done; what the child said at its end.

    Raises DatabaseBusy where that ended the child; what it had fetched is kept.
    """
    stop_at = clock.monotonic() + max_time if max_time else None
    with Child.start(work) as child:
        progress = _Progress(run)
        while child.poll() is None and _is_before(stop_at):
            if not processor.pending(lambda: run.goes_on(stop_at)):
                child.wait(LOOK_S)
            progress.tell()
        if child.poll() is None:
            child.end()
        code, crawled = child.poll(), child.crawled()
    processor.pending(lambda: run.goes_on(stop_at))
    if crawled is not None and crawled.reason == DatabaseBusy.__name__:
        raise DatabaseBusy("the database stayed busy; what had been fetched is kept, crawl again")
    if not _is_before(stop_at):
        run.outcome = "max_time"
    else:
        finished = code == 0 and crawled is not None and crawled.reason == "finished"
        run.outcome = "ok" if finished else CRASHED
    return crawled


def _is_before(stop_at: float | None) -> bool:
    return stop_at is None or clock.monotonic() < stop_at
