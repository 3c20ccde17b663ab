"""Reader: what can be asked of an open database without changing it."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy.engine import Connection

from monitor.types import (
    Alert,
    ClaimState,
    Link,
    Run,
    Series,
    SeriesPast,
    Sighting,
    SourceState,
    Version,
    Yield,
)
from monitor.urls import normalise
from storage import (
    alerts,
    answers,
    articles,
    counts,
    explain,
    forgetting,
    integrity,
    leases,
    links,
    overrides,
    pages,
    past,
    reprocess,
    runs,
    search,
    sightings,
    sources,
    states,
    stories,
)
from storage.engine import Database
from storage.leases import Lease
from storage.opening import revision
from storage.reprocess import StoredVersion
from storage.runs import Fate


def identity(url: str) -> str:
    """The spelling by which a URL is known; what is no http(s) URL stays as it is."""
    return normalise(url) or url


class Reader:
    """The answering half of ``Store``."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._read, self._write = database.read, database.write

    def runs(self, limit: int) -> tuple[Run, ...]:
        """The latest runs, newest first."""
        return self._read(runs.latest, limit)

    def leases(self) -> tuple[Lease, ...]:
        """All leases held, by name."""
        return self._read(leases.held)

    def sources(self, names: Sequence[str] | None = None) -> tuple[SourceState, ...]:
        """The configured sources, or those of these names, by name."""
        return self._read(sources.states, names)

    def given_feeds(self, urls: Sequence[str]) -> tuple[SourceState, ...]:
        """What is known of those among these URLs that were given by hand before."""
        return self._read(sources.given, urls)

    def alerts(self) -> tuple[Alert, ...]:
        """What an operator should know at this moment, oldest first."""
        return self._read(alerts.lasting)

    def yields(self) -> Mapping[str, Yield]:
        """By source, how many of its last pages gave text."""
        return self._read(alerts.yields)

    def known_links(self, sources: Sequence[str] | None = None) -> tuple[Link, ...]:
        """The links that led to an article, of these sources or of all."""
        return self._read(links.known, sources)

    def link(self, url: str) -> Link | None:
        """What the frontier knows of a URL, in whatever spelling."""
        return self._read(links.one, identity(url))

    def forgotten(self, urls: Sequence[str]) -> tuple[forgetting.Tombstone, ...]:
        """Which of the URLs, in whatever spelling, are never to be asked for again."""
        return self._read(forgetting.find, [identity(url) for url in urls])

    def article_versions(self, url: str) -> tuple[Version, ...]:
        """The versions of the article at a URL, oldest first; none: unknown."""

        def versions(connection: Connection) -> tuple[Version, ...]:
            number = articles.find(connection, identity(url))
            return () if number is None else articles.versions(connection, number)

        return self._read(versions)

    def search(self, query: str, limit: int) -> list[Mapping[str, Any]]:
        """The newest versions that hold all words of a query, with their text.

        "Quoted words" stand side by side, * ends the beginning of a word. Raises UsageError for a
        query without words.
        """
        return self._read(search.find, query, limit)

    def explain(self, url: str) -> Mapping[str, Any] | None:
        """All that became of a URL: fate, link, article, fetches, readings; None: unknown."""
        return self._read(explain.explain, identity(url))

    def states(self, claim: str) -> list[Mapping[str, Any]]:
        """The states of a claim as they are now, one a series with its camps, as JSON has them."""
        return self._read(answers.states, claim)

    def claim_states(self, claim: str) -> Mapping[Series, ClaimState]:
        """The valid state of each series of a claim."""
        return self._read(states.of_claim, claim)

    def linked_stories(self, claim: str) -> tuple[tuple[str, str], ...]:
        """Pairs of stories of which one may be a rewrite, or holds a part, of the other.

        One of them speaks of the claim, or did.
        """
        return self._read(stories.linked, claim)

    def observation_links(self, url: str) -> list[Mapping[str, Any]]:
        """What became of the observations of an article from version to version."""
        return self._read(answers.links, identity(url))

    def sightings(
        self, claim: str, on: datetime | None = None, known_at: datetime | None = None
    ) -> Mapping[Series, tuple[Sighting, ...]]:
        """What the press said at ``on`` as it was known at ``known_at``, by series; None: now."""
        return self._read(sightings.at, claim, on, known_at)

    def run_report(self, run_id: int) -> Mapping[str, Any]:
        """What a run did: fetched, outcomes, and sources as ok and failed."""
        return self._read(runs.report, run_id)

    def standing(self, url: str, fetched_at: datetime) -> str | None:
        """Why a page from a file adds nothing, "known" or "older"; None: it is new."""
        return self._read(pages.standing, identity(url), fetched_at)

    def fates(self, run_id: int) -> tuple[Fate, ...]:
        """What became of the articles that a run asked for, in its order."""
        return self._read(runs.fates, run_id)

    def reasons(self, run_id: int) -> Mapping[str, str]:
        """When each source that a run polled is polled again, and why, in words."""
        return self._read(runs.reasons, run_id)

    def check(self) -> list[str]:
        """What is wrong with the database, in words; empty: all invariants hold."""
        return self._read(integrity.problems)

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

    def said(self, claim: str) -> Iterator[Mapping[str, Any]]:
        """Rows of v1_observations of what live articles say of a claim now, each with its article's
        ``url``, ``headline`` and ``date_published``.
        """
        with self._database.reading() as connection:
            yield from answers.said(connection, claim)

    def columns(self, name: str) -> tuple[str, ...]:
        """The columns of a public view. Raises UsageError."""
        return tuple(column for column, _ in answers.named(name).columns())

    def kinds(self, name: str) -> Mapping[str, str]:
        """integer, number, boolean or text for each column of a public view."""
        return answers.kinds(answers.named(name))

    def events_after(self, cursor: int, limit: int | None = None) -> Iterator[Mapping[str, Any]]:
        """Rows of v1_events that were told after the one with this cursor; 0: all of them."""
        with self._database.reading() as connection:
            yield from answers.rows(
                connection, answers.named("v1_events"), {}, "cursor", limit, cursor
            )

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

    def unread(self, extractor_version: str) -> int:
        """How many valid versions were last read by another extractor."""
        return self._read(reprocess.unread, extractor_version)

    def stored_versions(
        self, since: datetime | None = None, unread_by: str | None = None
    ) -> Iterator[StoredVersion]:
        """All valid versions fetched since then, oldest first; others may write meanwhile.

        With ``unread_by`` only those that another extractor than this read last.
        """
        with self._database.reading() as connection:
            yield from reprocess.stored_versions(connection, since, unread_by)

    def uncounted(self, rules: Mapping[str, str]) -> tuple[Series, ...]:
        """The series whose state does not follow from a count by these rules, a digest a claim.

        Of all others the state is what counting everything again would give.
        """
        return self._read(counts.counted, rules, False)

    def counted(self, rules: Mapping[str, str]) -> tuple[Series, ...]:
        """All other series."""
        return self._read(counts.counted, rules, True)

    def changed(self, since: datetime) -> tuple[Mapping[str, int], Mapping[str, int]]:
        """How many versions, observations and events became known since then; and how many stopped
        being valid since then, read again.
        """
        return self._read(reprocess.changed, since)

    def whole(self, series: Sequence[Series]) -> Mapping[Series, SeriesPast]:
        """What is live of each series that is known, its last state and what was told of it."""
        return self._read(past.load_whole, series)

    def story_of(self, url: str) -> str | None:
        """The story of the article at a URL; None: there is none."""
        return self._read(overrides.story_of, identity(url))

    def stories_beginning(self, text: str, limit: int) -> tuple[str, ...]:
        """The ids of stories that begin so, in order."""
        return self._read(overrides.begins_with, text, limit)

    def story_members(self, story_id: str) -> tuple[Any, ...]:
        """Rows of the articles of a story, each with why it is there; none: no such story."""
        return self._read(overrides.members, story_id)

    def story_links(self, story_id: str) -> tuple[Any, ...]:
        """Rows of the links between articles of a story and of others."""
        return self._read(overrides.linked, story_id)

    def series_of(self, urls: Sequence[str]) -> tuple[Series, ...]:
        """The series that the articles at these URLs speak of, or ever did."""
        return self._read(counts.series_of, [identity(url) for url in urls])
