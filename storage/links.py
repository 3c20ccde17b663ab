"""The frontier: every article URL announced, whether it was fetched, when to look again."""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from monitor.types import Link
from monitor.urls import site
from storage import forgetting
from storage.columns import digest
from storage.rows import CHUNK, chunks, insert
from storage.schema import article, link, run, tombstone

_OVER = sa.select(run.c.run_id).where(run.c.ended_at.is_not(None))
_BURIED = sa.select(tombstone.c.url_sha256)
_LINKS = (
    sa.select(link, article.c.last_changed_at)
    .outerjoin(article)
    .where(link.c.url_sha256.not_in(_BURIED))
)


def offer(
    connection: Connection, run_id: int, links: Sequence[Link], now: datetime
) -> tuple[str, ...]:
    """Remember the links; returns the URLs that ``run_id`` is to fetch now.

    Of those that were forgotten on request nothing is remembered, and none is fetched.
    """
    buried = {found.url for found in forgetting.find(connection, [item.url for item in links])}
    wanted = {digest(item.url): item for item in links if item.url not in buried}
    granted: set[bytes] = set()
    for keys in chunks(wanted):
        known = set(
            connection.execute(
                sa.select(link.c.url_sha256).where(link.c.url_sha256.in_(keys))
            ).scalars()
        )
        granted |= _take_over(connection, run_id, [key for key in keys if key in known])
        granted |= _insert(
            connection, run_id, {key: wanted[key] for key in keys if key not in known}
        )
    return tuple(item.url for key, item in wanted.items() if key in granted)


def _take_over(connection: Connection, run_id: int, keys: list[bytes]) -> set[bytes]:
    """Those that nobody ever fetched: offered to no one, or to a run that is over."""
    if not keys:
        return set()
    free = sa.or_(
        sa.and_(link.c.leased_by.is_(None), link.c.fetched_at.is_(None)),
        link.c.leased_by.in_(_OVER),
    )
    taken = connection.execute(
        sa.update(link)
        .where(link.c.url_sha256.in_(keys), free)
        .values(leased_by=run_id)
        .returning(link.c.url_sha256)
    )
    return set(taken.scalars())


def _insert(connection: Connection, run_id: int, new: dict[bytes, Link]) -> set[bytes]:
    if not new:
        return set()
    rows = [
        {
            "url": item.url,
            "url_sha256": key,
            "asked_url": item.asked_url,
            "source": item.source,
            "found_at": item.found_at,
            "title": item.title,
            "published_at": item.published_at,
            "next_check_at": item.next_check_at,
            "check_reason": item.check_reason,
            "etag": item.etag,
            "last_modified": item.last_modified,
            "leased_by": run_id,
        }
        for key, item in new.items()
    ]
    statement = insert(connection, link).on_conflict_do_nothing().returning(link.c.url_sha256)
    return set(connection.execute(statement, rows).scalars())


def due(
    connection: Connection,
    now: datetime,
    sources: Sequence[str] | None,
    limit: int,
    per_site: int,
    run_id: int | None,
) -> tuple[Link, ...]:
    """First what a run that is over left unfetched, then rechecks, longest overdue first.

    At most ``per_site`` of either kind of one site: a run would wait for nothing but that site.
    """
    left = _LINKS.where(link.c.leased_by.in_(_OVER)).order_by(link.c.link_id)
    again = _LINKS.where(link.c.next_check_at <= now, link.c.leased_by.is_(None)).order_by(
        link.c.next_check_at, link.c.link_id
    )
    rows: list[sa.Row[Any]] = []
    for query in (left, again):
        chosen = query if sources is None else query.where(link.c.source.in_(sources))
        rows += _spread(connection, chosen, limit - len(rows), per_site)
    if run_id is not None:
        for numbers in chunks(row.link_id for row in rows):
            connection.execute(
                sa.update(link).where(link.c.link_id.in_(numbers)).values(leased_by=run_id)
            )
    return tuple(_link(row) for row in rows)


def _spread(
    connection: Connection, query: sa.Select[Any], limit: int, per_site: int
) -> Iterator[sa.Row[Any]]:
    """The first rows of a query of links, so many in all and so many of each site."""
    taken: Counter[str] = Counter()
    if limit <= 0:
        return
    with connection.execute(query.execution_options(yield_per=CHUNK)) as rows:
        for row in rows:
            where = site(row.url)
            if taken[where] < per_site:
                taken[where] += 1
                yield row
                if taken.total() == limit:
                    return


def known(connection: Connection, sources: Sequence[str] | None) -> tuple[Link, ...]:
    """Those that led to an article, oldest first."""
    query = _LINKS.where(link.c.article_id.is_not(None)).order_by(link.c.link_id)
    if sources is not None:
        query = query.where(link.c.source.in_(sources))
    return tuple(_link(row) for row in connection.execute(query))


def one(connection: Connection, url: str) -> Link | None:
    row = connection.execute(_LINKS.where(link.c.url_sha256 == digest(url))).one_or_none()
    return None if row is None else _link(row)


def _link(row: sa.Row[tuple[object, ...]]) -> Link:
    return Link(
        url=row.url,
        asked_url=row.asked_url,
        source=row.source,
        found_at=row.found_at,
        title=row.title,
        published_at=row.published_at,
        next_check_at=row.next_check_at,
        check_reason=row.check_reason,
        etag=row.etag,
        last_modified=row.last_modified,
        since_full=row.since_full,
        changed_at=row.last_changed_at,
    )
