"""Store: all that the program asks of the database, one short transaction a call."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from sqlalchemy.engine import Connection

from monitor.errors import DatabaseMissing
from monitor.types import (
    ClaimEvent,
    ClaimState,
    Fetch,
    Fingerprint,
    Link,
    Outcome,
    Page,
    Past,
    Poll,
    Run,
    Series,
    Sighting,
    SourceState,
    Version,
)
from monitor.urls import normalise
from storage import (
    answers,
    articles,
    claims,
    integrity,
    leases,
    links,
    observations,
    pages,
    past,
    reprocess,
    runs,
    sightings,
    sources,
)
from storage.engine import Database, parse_url
from storage.leases import Lease, Owner
from storage.opening import prepare, revision
from storage.reprocess import StoredVersion
from storage.save import Saved, save

# Seconds to wait for a database that others keep busy, unless told otherwise.
TIMEOUT_S = 30.0
# Texts compared with a new one, at most; the best few decide.
CANDIDATES = 20


class Store:
    """An open database at the schema of this code. Make one with ``Store.open``."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._read, self._write = database.read, database.write

    @classmethod
    def open(cls, url: str, *, create: bool = True, timeout_s: float = TIMEOUT_S) -> Self:
        """The database at ``url``, made where it is missing and migrated where it is older.

        With ``create`` False nothing is made. Raises ConfigError, DatabaseMissing, DatabaseBusy,
        SchemaTooNew.
        """
        database = Database(parse_url(url), timeout_s)
        try:
            prepare(database, create=create)
        except BaseException:
            database.close()
            raise
        return cls(database)

    @classmethod
    def exists(cls, url: str, timeout_s: float = TIMEOUT_S) -> bool:
        """Whether there is a database to read at ``url``."""
        try:
            cls.open(url, create=False, timeout_s=timeout_s).close()
        except DatabaseMissing:
            return False
        return True

    def close(self) -> None:
        """Give back all connections."""
        self._database.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        self.close()

    # --- runs and leases ---

    def begin_run(
        self, kind: str, now: datetime, args: Mapping[str, object], owner: Owner | None = None
    ) -> int:
        """The number of a new run."""
        return self._write(runs.begin, kind, now, args, owner)

    def end_run(
        self, run_id: int, outcome: str, counts: Mapping[str, object], now: datetime
    ) -> None:
        """Close a run with its outcome."""
        self._write(runs.end, run_id, outcome, counts, now)

    def runs(self, limit: int) -> tuple[Run, ...]:
        """The latest runs, newest first."""
        return self._read(runs.latest, limit)

    def take_lease(self, name: str, owner: Owner, now: datetime) -> tuple[int, ...]:
        """The runs of a dead owner that were closed as killed because its lease was taken over.

        Raises LeaseHeld naming the owner where it lives.
        """
        return self._write(leases.take, name, owner, now)

    def renew_lease(self, name: str, owner: Owner, now: datetime) -> None:
        """Give a sign of life. Raises LeaseHeld when another process took the lease over."""
        self._write(leases.renew, name, owner, now)

    def release_lease(self, name: str, owner: Owner) -> None:
        """Give a lease back; nothing happens when another process has it by now."""
        self._write(leases.release, name, owner)

    def leases(self) -> tuple[Lease, ...]:
        """All leases held, by name."""
        return self._read(leases.held)

    # --- the crawl half ---

    def sync_sources(self, definitions: Sequence[sources.Definition], now: datetime) -> None:
        """Make the sources exactly these; new and changed ones are due at once."""
        self._write(sources.sync, definitions, now)

    def sources(self, names: Sequence[str] | None = None) -> tuple[SourceState, ...]:
        """The configured sources, or those of these names, by name."""
        return self._read(sources.states, names)

    def record_poll(self, run_id: int, poll: Poll) -> None:
        """Keep the result of a poll and the state of the source that follows from it."""
        self._write(sources.record, run_id, poll)

    def offer_links(self, run_id: int, links_: Sequence[Link], now: datetime) -> tuple[str, ...]:
        """The URLs to fetch now: unknown ones, and those that a run that is over left unfetched.

        All are remembered; those returned are leased to the run until ``record_fetch``.
        """
        return self._write(links.offer, run_id, links_, now)

    def due_links(
        self,
        now: datetime,
        sources: Sequence[str] | None = None,
        limit: int = 1000,
        run_id: int | None = None,
    ) -> tuple[Link, ...]:
        """Links to be looked at: left unfetched by a run that is over, or due for a recheck.

        With ``run_id`` they are leased to that run, so that no other is given them.
        """
        if run_id is None:
            return self._read(links.due, now, sources, limit, None)
        return self._write(links.due, now, sources, limit, run_id)

    def known_links(self, sources: Sequence[str] | None = None) -> tuple[Link, ...]:
        """The links that led to an article, of these sources or of all."""
        return self._read(links.known, sources)

    def link(self, url: str) -> Link | None:
        """What the frontier knows of a URL, in whatever spelling."""
        return self._read(links.one, _identity(url))

    def record_fetch(
        self,
        run_id: int,
        fetch: Fetch,
        next_check_at: datetime | None = None,
        check_reason: str | None = None,
    ) -> str:
        """The outcome kept: "unchanged" where the last page of the URL was the same.

        ``fetch.url`` is the link's URL, or the source's. The link's lease is given back and its
        next check set; None: not again, unless the reading of the page says so.
        """
        packed = None if fetch.page is None else pages.compress(fetch.page.body)
        check = pages.Check(next_check_at, check_reason)
        return self._write(pages.record, run_id, fetch, packed, check)

    # --- the process half ---

    def pending_pages(self, limit: int, after: int = 0) -> tuple[Page, ...]:
        """Pages that were never read, oldest first; only those with a number above ``after``."""
        return self._read(pages.pending, limit, after)

    def past(
        self,
        url: str | None,
        other_url: str | None,
        fingerprint: Fingerprint | None,
        series: Sequence[Series],
        limit: int = CANDIDATES,
    ) -> Past:
        """What is stored about the article at one of the URLs, its look-alikes and the series.

        The series of the article's own observations come with those asked for. Candidates: equal
        texts first, then those that share most keys, the newest before older ones.
        """
        urls = tuple(_identity(item) for item in (url, other_url) if item)
        return self._read(past.load, urls, fingerprint, series, limit)

    def save(self, outcome: Outcome, run_id: int | None, now: datetime) -> Saved:
        """What the outcome of one stored page added; nothing where it was saved before."""
        return self._write(save, outcome, run_id, now)

    def define_claims(self, rows: Sequence[claims.Definition], now: datetime) -> None:
        """Make the claims exactly these: key, kind, unit, title, hash and spec, a JSON text."""
        self._write(claims.define, rows, now)

    # --- reading again ---

    def step_back(self, since: datetime | None, now: datetime) -> int:
        """How many pages, fetched since then or ever, are pending again.

        What followed from them is superseded; saving them again makes valid what they still say.
        """
        return self._write(reprocess.step_back, since, now)

    def stored_versions(self, since: datetime | None = None) -> Iterator[StoredVersion]:
        """All valid versions fetched since then, oldest first; others may write meanwhile."""
        with self._database.reading() as connection:
            yield from reprocess.stored_versions(connection, since)

    def rewrite_observations(
        self, version_id: int, sightings: Sequence[Sighting], extractor_version: str, now: datetime
    ) -> None:
        """Make the observations of a version exactly these; equal ones keep number and time."""
        self._write(observations.save, version_id, sightings, extractor_version, now)

    def all_series(self) -> tuple[Series, ...]:
        """Everything that a claim state may be about."""
        return self._read(reprocess.all_series)

    def record_states(
        self, states: Sequence[ClaimState], events: Sequence[ClaimEvent], now: datetime
    ) -> int:
        """How many of the events are new; for states that follow from texts read again."""
        return self._write(reprocess.record, states, events, now)

    # --- answers ---

    def sightings(
        self, claim: str, on: datetime | None = None, known_at: datetime | None = None
    ) -> Mapping[Series, tuple[Sighting, ...]]:
        """What the press said at ``on`` as it was known at ``known_at``, by series; None: now."""
        return self._read(sightings.at, claim, on, known_at)

    def run_report(self, run_id: int) -> Mapping[str, Any]:
        """What a run did: fetched, outcomes, and sources as ok and failed."""
        return self._read(runs.report, run_id)

    def check(self) -> list[str]:
        """What is wrong with the database, in words; empty: all invariants hold."""
        return self._read(integrity.problems)

    def article_versions(self, url: str) -> tuple[Version, ...]:
        """The versions of the article at a URL, oldest first; none: unknown."""

        def versions(connection: Connection) -> tuple[Version, ...]:
            number = articles.find(connection, _identity(url))
            return () if number is None else articles.versions(connection, number)

        return self._read(versions)

    def explain(self, url: str) -> Mapping[str, Any] | None:
        """All that became of a URL: fate, link, article, fetches, readings; None: unknown."""
        return self._read(answers.explain, _identity(url))

    def states(
        self, claim: str, *, on: datetime | None = None, known_at: datetime | None = None
    ) -> list[Mapping[str, Any]]:
        """The states of a claim, one a series with its camps, as JSON has them."""
        moments = [moment for moment in (on, known_at) if moment is not None]
        return self._read(answers.states, claim, min(moments, default=None))

    def view(
        self,
        name: str,
        where: Mapping[str, object] | None = None,
        order_by: str | None = None,
        limit: int | None = None,
    ) -> Iterator[Mapping[str, Any]]:
        """Rows of a public view as JSON has them; ``order_by`` a column, "-column" for descending.

        Raises UsageError for a view or column that does not exist.
        """
        view = answers.named(name)
        with self._database.reading() as connection:
            yield from answers.rows(connection, view, where or {}, order_by, limit)

    def columns(self, name: str) -> tuple[str, ...]:
        """The columns of a public view. Raises UsageError."""
        return tuple(column for column, _ in answers.named(name).columns())

    def counts(self) -> Mapping[str, int]:
        """How much there is of everything."""
        return self._read(answers.counts)

    def schema_version(self) -> str:
        """The revision of the schema."""
        return str(self._read(revision))

    def backup(self, path: Path) -> None:
        """Copy the database, in use or not, to a file. Raises UsageError on PostgreSQL."""
        from storage import migrate

        migrate.copy(self._database, path)


def _identity(url: str) -> str:
    return normalise(url) or url
