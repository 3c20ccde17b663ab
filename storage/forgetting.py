"""Forgetting an article at its publisher's request: texts, quotes and bodies go for good.

The one place where history is deleted. What stays: addresses, times, outcomes and figures, and a
tombstone for each address, so that nothing of it is fetched or stored again.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from monitor.types import Series
from monitor.urls import normalise
from storage import articles, counts, search
from storage.bodies import empty_pages
from storage.columns import digest
from storage.rows import add, chunks
from storage.schema import (
    article,
    claim_event,
    fingerprint,
    link,
    observation,
    observation_link,
    page,
    reading,
    series,
    site_block,
    story_member,
    tombstone,
    version,
    version_span,
)

FATE = "forgotten"
# Readings that tell that the address led to the article itself, not to what stood in its place.
_LED_TO_IT = ("stored", "unchanged", "duplicate_url")


@dataclass(frozen=True, slots=True)
class Order:
    """Who is to be forgotten, why, and by which run."""

    url: str
    run_id: int
    now: datetime
    reason: str | None = None  # None: none was given


@dataclass(frozen=True, slots=True)
class Forgotten:
    """What went, and the series whose states have to follow."""

    urls: tuple[str, ...]
    versions: int = 0
    observations: int = 0
    pages: int = 0
    series: tuple[Series, ...] = ()


@dataclass(frozen=True, slots=True)
class Tombstone:
    """Why an address is never asked for again, and since when."""

    url: str
    reason: str | None
    recorded_at: datetime


def find(connection: Connection, urls: Sequence[str | None]) -> tuple[Tombstone, ...]:
    """The tombstones among the addresses, which are spelled as known to the frontier."""
    keys = [digest(url) for url in urls if url]
    found: list[Tombstone] = []
    for chunk in chunks(keys):
        rows = connection.execute(sa.select(tombstone).where(tombstone.c.url_sha256.in_(chunk)))
        found += [Tombstone(row.url, row.reason, row.recorded_at) for row in rows]
    return tuple(found)


def forget(connection: Connection, order: Order) -> Forgotten:
    """Forget the article at an address with all addresses that led to it; or just the address."""
    if connection.dialect.name == "sqlite":  # or the bytes would lie in the file until overwritten
        connection.exec_driver_sql("PRAGMA secure_delete=ON")
    number = articles.find(connection, order.url)
    urls = _addresses(connection, order.url, number)
    rows = [{"url": url, "url_sha256": digest(url)} for url in urls]
    told = {"reason": order.reason, "run_id": order.run_id, "recorded_at": order.now}
    add(connection, tombstone, [row | told for row in rows])
    pages = _empty_pages(connection, urls, number, order)
    _close_links(connection, urls)
    if number is None:
        return Forgotten(urls, pages=pages)
    touched = _series_of(connection, number)
    quotes = _quotes_of(connection, number)
    _silence_events(connection, number, {*urls}, quotes, touched)
    versions, observations = _delete_texts(connection, number)
    _empty_article(connection, number)
    return Forgotten(urls, versions, observations, pages, tuple(touched.values()))


def withhold(connection: Connection, page_id: int) -> None:
    """Let go of the bytes of a page that turned out to hold a forgotten article."""
    key = sa.select(page.c.url_sha256).where(page.c.page_id == page_id).scalar_subquery()
    connection.execute(sa.update(link).where(link.c.url_sha256 == key).values(title=None))
    empty_pages(connection, [page_id])


def _addresses(connection: Connection, url: str, number: int | None) -> tuple[str, ...]:
    """The address, the article's, and all that led to it."""
    found = {url}
    if number is not None:
        itself = sa.select(article.c.url).where(article.c.article_id == number)
        links = sa.select(link.c.url).where(link.c.article_id == number)
        found |= {*connection.execute(itself).scalars(), *connection.execute(links).scalars()}
        asked = (
            sa.select(page.c.url, page.c.final_url)
            .join(reading, reading.c.page_id == page.c.page_id)
            .where(reading.c.article_id == number, reading.c.outcome.in_(_LED_TO_IT))
        )
        for row in connection.execute(asked):
            found |= {row.url, normalise(row.final_url or "") or row.url}
    return tuple(sorted(found))


def _empty_pages(
    connection: Connection, urls: Sequence[str], number: int | None, order: Order
) -> int:
    """How many pages lost their bytes; one that waits to be read counts as read."""
    of_article = sa.select(reading.c.page_id).where(reading.c.article_id == number)
    its = sa.or_(
        page.c.url_sha256.in_([digest(url) for url in urls]), page.c.page_id.in_(of_article)
    )
    pending = connection.execute(
        sa.select(page.c.page_id).where(its, page.c.read_at.is_(None))
    ).scalars()
    row = {"run_id": order.run_id, "outcome": FATE, "recorded_at": order.now}
    add(
        connection,
        reading,
        [{"page_id": page_id, "extractor_version": "", **row} for page_id in pending],
    )
    connection.execute(
        sa.update(page).where(its, page.c.read_at.is_(None)).values(read_at=order.now)
    )
    pages = connection.execute(sa.select(page.c.page_id).where(its)).scalars().all()
    return empty_pages(connection, pages)[0]


def _close_links(connection: Connection, urls: Sequence[str]) -> None:
    connection.execute(
        sa.update(link)
        .where(link.c.url_sha256.in_([digest(url) for url in urls]))
        .values(title=None, leased_by=None, next_check_at=None, check_reason=FATE)
    )


def _of(number: int) -> sa.Select[Any]:
    """The versions of an article, valid or not."""
    return sa.select(version.c.version_id).where(version.c.article_id == number)


def _series_of(connection: Connection, number: int) -> dict[int, Series]:
    rows = connection.execute(
        sa.select(series)
        .join(observation, observation.c.series_id == series.c.series_id)
        .where(observation.c.version_id.in_(_of(number)))
        .distinct()
        .order_by(series.c.series_id)
    )
    return {row.series_id: Series(row.claim, row.qualifiers, row.period) for row in rows}


def _quotes_of(connection: Connection, number: int) -> frozenset[str]:
    query = sa.select(observation.c.quote).where(observation.c.version_id.in_(_of(number)))
    return frozenset(connection.execute(query).scalars())


def _silence_events(
    connection: Connection,
    number: int,
    urls: set[str],
    quotes: frozenset[str],
    touched: Mapping[int, Series],
) -> None:
    """Take the article's words out of the events that cite it; their figures stay."""
    its_own = claim_event.c.article_id == number
    rows = connection.execute(
        sa.select(claim_event).where(sa.or_(its_own, claim_event.c.series_id.in_(touched)))
    ).all()
    for row in rows:
        is_own = row.article_id == number or row.url in urls
        taken = quotes | {row.quote} if is_own else quotes
        values = {
            name: _without_words(getattr(row, name), urls, taken, is_own)
            for name in ("before", "after", "evidence")
        }
        if is_own:
            values["quote"] = None
        connection.execute(
            sa.update(claim_event).where(claim_event.c.seq == row.seq).values(values)
        )


def _without_words(value: Any, urls: set[str], quotes: frozenset[str], is_own: bool) -> Any:
    """The value without quotes from the article; ``is_own``: without its notice, too."""
    if isinstance(value, Mapping):
        cites = value.get("url") in urls or value.get("quote") in quotes
        gone = {"quote"} if cites else {"notice"} if is_own else set()
        return {
            name: _without_words(item, urls, quotes, is_own)
            for name, item in value.items()
            if name not in gone
        }
    if isinstance(value, list | tuple):
        return [_without_words(item, urls, quotes, is_own) for item in value]
    return value


def _delete_texts(connection: Connection, number: int) -> tuple[int, int]:
    """How many versions and observations there were."""
    versions = _of(number)
    search.forget(connection, number)
    counts.forget(connection, connection.execute(versions).scalars().all())
    said = sa.select(observation.c.observation_id).where(observation.c.version_id.in_(versions))
    connection.execute(
        sa.delete(observation_link).where(
            sa.or_(observation_link.c.before_id.in_(said), observation_link.c.after_id.in_(said))
        )
    )
    observations = connection.execute(
        sa.delete(observation).where(observation.c.version_id.in_(versions))
    ).rowcount
    connection.execute(sa.delete(version_span).where(version_span.c.version_id.in_(versions)))
    connection.execute(
        sa.update(reading).where(reading.c.version_id.in_(versions)).values(version_id=None)
    )
    for table in (fingerprint, site_block, story_member):
        connection.execute(sa.delete(table).where(table.c.article_id == number))
    deleted = connection.execute(sa.delete(version).where(version.c.article_id == number)).rowcount
    return deleted, observations


def _empty_article(connection: Connection, number: int) -> None:
    connection.execute(
        sa.update(article)
        .where(article.c.article_id == number)
        .values(headline=None, standfirst=None, authors=[], wire=None, facts={}, state=FATE)
    )
