"""Store: all that the program asks of the database, one short transaction a call."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from types import TracebackType
from typing import Self

from monitor.errors import DatabaseMissing
from monitor.types import (
    Alert,
    ClaimState,
    Count,
    Fetch,
    Link,
    Needs,
    Outcome,
    Page,
    Past,
    Poll,
    Series,
    Sighting,
)
from storage import (
    alerts,
    claims,
    forgetting,
    leases,
    links,
    overrides,
    pages,
    past,
    postings,
    reprocess,
    runs,
    sources,
)
from storage.bodies import compress
from storage.engine import Database, parse_url
from storage.leases import Owner
from storage.opening import prepare
from storage.overrides import Held
from storage.postings import Recent
from storage.reader import Reader, identity
from storage.save import Saved, save

# Seconds to wait for a database that others keep busy, unless told otherwise.
TIMEOUT_S = 30.0
# Pages pruned in one transaction.
PRUNED_AT_ONCE = 500


class Store(Reader):
    """An open database at the schema of this code. Make one with ``Store.open``."""

    def __init__(self, database: Database) -> None:
        super().__init__(database)
        self._recent = Recent()

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

    # --- the crawl half ---

    def sync_sources(self, definitions: Sequence[sources.Definition], now: datetime) -> None:
        """Make the sources exactly these; new and changed ones are due at once."""
        self._write(sources.sync, definitions, now)

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
        per_site: int = 1000,
        run_id: int | None = None,
    ) -> tuple[Link, ...]:
        """Links to be looked at: left unfetched by a run that is over, or due for a recheck.

        With ``run_id`` they are leased to that run, so that no other is given them.
        """
        if run_id is None:
            return self._read(links.due, now, sources, limit, per_site, None)
        return self._write(links.due, now, sources, limit, per_site, run_id)

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
        packed = None if fetch.page is None else compress(fetch.page.body)
        check = pages.Check(next_check_at, check_reason)
        return self._write(pages.record, run_id, fetch, packed, check)

    def settle_alerts(self, found: Sequence[Alert], now: datetime) -> tuple[Alert, ...]:
        """Make the lasting alerts of sources exactly these; those of them that are new."""
        return self._write(alerts.settle, found, now)

    def prune_pages(self, before: datetime) -> pages.Pruned:
        """What pages, read and fetched before then, lost; texts of versions stay for ever.

        In steps, so that others get to write in between and nothing is lost when it is stopped.
        """
        pruned = pages.Pruned()
        while (step := self._write(pages.prune, before, PRUNED_AT_ONCE)).pages:
            pruned = pages.Pruned(pruned.pages + step.pages, pruned.bytes + step.bytes)
        return pruned

    def forget(self, order: forgetting.Order) -> forgetting.Forgotten:
        """What went of the article at a URL, for good; see storage/forgetting.py."""
        gone = self._write(forgetting.forget, replace(order, url=identity(order.url)))
        self._database.settle()
        return gone

    # --- the process half ---

    def pending_pages(self, limit: int) -> tuple[Page, ...]:
        """Pages that were never read, those fetched first come first."""
        return self._read(pages.pending, limit)

    def past(self, needs: Needs, whole: Collection[Series] = ()) -> Past:
        """What is stored about the article at one of the URLs, its look-alikes and the series.

        The series of the article's own observations come with those asked for. Of a series that
        is counted come only the words of the article's story and outlet, unless it is one of
        ``whole``, and what their outlets have in the count. Candidates: those that share most
        keys, best first; where a text is equal, that one alone.
        """
        return self._read(past.load, needs, past.More(whole), self._recent)

    def with_accounts(self, known: Past, series: Collection[Series]) -> Past:
        """The same past, with what all outlets have in the counts of the series."""
        return replace(known, series=self._read(past.with_accounts, known.series, series))

    def merge_postings(self) -> int:
        """How many new texts were moved to where they are found without being held in memory.

        Nothing happens before they are enough; texts are found alike before and after.
        """
        return postings.merge(self._database)

    def save(self, outcome: Outcome, run_id: int | None, now: datetime) -> Saved:
        """What the outcome of one stored page added; nothing where it was saved before."""
        return self._write(save, outcome, run_id, now)

    def define_claims(self, rows: Sequence[claims.Definition], now: datetime) -> None:
        """Make the claims exactly these: key, kind, unit, title, hash and spec, a JSON text."""
        self._write(claims.define, rows, now)

    # --- what people decide ---

    def merge_stories(self, story_id: str, others: Sequence[str], order: overrides.Order) -> Held:
        """All articles of the others are put into the story; reading again leaves them there."""
        return self._write(overrides.merge, story_id, others, order)

    def split_story(
        self, story_id: str, urls: Sequence[str], new_id: str, order: overrides.Order
    ) -> Held:
        """Articles of a story are put into a new one; reading again leaves all where they are."""
        return self._write(overrides.split, story_id, urls, new_id, order)

    # --- reading again ---

    def step_back(self, since: datetime | None, now: datetime) -> int:
        """How many pages, fetched since then or ever, are pending again.

        What followed from them is superseded; saving them again makes valid what they still say.
        """
        return self._write(reprocess.step_back, since, now)

    def rewrite_observations(
        self, version_id: int, sightings: Sequence[Sighting], extractor_version: str, now: datetime
    ) -> None:
        """Make the observations of a version exactly these; equal ones keep number and time."""
        self._write(reprocess.rewrite, version_id, sightings, extractor_version, now)

    def record_states(
        self, states: Sequence[ClaimState], counts: Sequence[Count], now: datetime
    ) -> None:
        """Keep states that follow from texts or stories gone over again, and all counts."""
        self._write(reprocess.record, states, counts, now)
