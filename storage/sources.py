"""Sources: their definitions as configured, and the state of their polling."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from monitor.types import Poll, SourceState
from storage import alerts
from storage.rows import Row, insert
from storage.schema import poll, source

# name, outlet, url, kind, definition_hash
Definition = tuple[str, str, str, str, str]

_FORGET: Row = {
    "next_poll_at": None,
    "reason": "new or changed in the configuration",
    "interval_s": None,
    "failures": 0.0,
    "etag": None,
    "last_modified": None,
    "since_full": 0,
    "announced": None,
    "habits": {},
    "silent_since": None,
}


def sync(connection: Connection, sources: Sequence[Definition], now: datetime) -> None:
    """Make the table hold exactly these; a changed definition is due at once."""
    rows = connection.execute(
        sa.select(source.c.name, source.c.definition_hash, source.c.removed_at)
    )
    known = {row.name: None if row.removed_at else row.definition_hash for row in rows}
    for name, outlet, url, kind, definition_hash in sources:
        if known.get(name) == definition_hash:
            continue
        row = {
            "outlet": outlet,
            "url": url,
            "kind": kind,
            "definition_hash": definition_hash,
            "removed_at": None,
            **_FORGET,
        }
        statement = insert(connection, source).values(name=name, recorded_at=now, **row)
        connection.execute(statement.on_conflict_do_update(index_elements=["name"], set_=row))
    gone = known.keys() - {name for name, *_ in sources}
    connection.execute(
        sa.update(source)
        .where(source.c.name.in_(sorted(gone)), source.c.removed_at.is_(None))
        .values(removed_at=now)
    )


def states(connection: Connection, names: Sequence[str] | None) -> tuple[SourceState, ...]:
    query = sa.select(source).where(source.c.removed_at.is_(None)).order_by(source.c.name)
    if names is not None:
        query = query.where(source.c.name.in_(names))
    return _states(connection, query)


def given(connection: Connection, urls: Sequence[str]) -> tuple[SourceState, ...]:
    """What is known of feeds that were given by hand before: validators, habits."""
    query = sa.select(source).where(source.c.name.in_(urls), source.c.name == source.c.url)
    return _states(connection, query)


def _states(connection: Connection, query: sa.Select[Any]) -> tuple[SourceState, ...]:
    return tuple(
        SourceState(
            name=row.name,
            outlet=row.outlet,
            url=row.url,
            last_poll_at=row.last_poll_at,
            next_poll_at=row.next_poll_at,
            reason=row.reason,
            interval_s=row.interval_s,
            failures=row.failures,
            etag=row.etag,
            last_modified=row.last_modified,
            since_full=row.since_full,
            announced=row.announced,
            habits=row.habits,
            silent_since=row.silent_since,
        )
        for row in connection.execute(query)
    )


def record(connection: Connection, run_id: int, result: Poll) -> None:
    """Store a poll, once also where the acknowledgement of the first time was lost."""
    stored = sa.select(poll.c.poll_id).where(
        poll.c.run_id == run_id,
        poll.c.source == result.source,
        poll.c.polled_at == result.polled_at,
    )
    if connection.execute(stored.limit(1)).first() is not None:
        return
    connection.execute(
        sa.insert(poll).values(
            run_id=run_id,
            source=result.source,
            outcome=result.outcome,
            polled_at=result.polled_at,
            entries=result.entries,
            new_entries=result.new_entries,
            next_poll_at=result.next_poll_at,
            reason=result.reason,
            detail=result.detail,
        )
    )
    _remember_given(connection, result)
    silent = None
    if not result.new_entries:
        silent = sa.func.coalesce(
            source.c.silent_since, sa.literal(result.polled_at, source.c.silent_since.type)
        )
    connection.execute(
        sa.update(source)
        .where(source.c.name == result.source)
        .values(
            last_poll_at=result.polled_at,
            next_poll_at=result.next_poll_at,
            reason=result.reason,
            interval_s=result.interval_s,
            failures=result.failures,
            etag=result.etag,
            last_modified=result.last_modified,
            since_full=result.since_full,
            announced=result.announced,
            habits=result.habits,
            silent_since=silent,
        )
    )
    if result.lying_site is not None:
        alerts.begin_liar(connection, result.lying_site, result.source, result.polled_at)


def _remember_given(connection: Connection, result: Poll) -> None:
    """A feed given by hand is known by its URL, and removed: it is no source of the configuration.

    Its outlet is unknown: articles are then told by their own site.
    """
    row = {
        "name": result.source,
        "outlet": "",
        "url": result.source,
        "kind": "feed",
        "definition_hash": "",
        "failures": 0.0,
        "removed_at": result.polled_at,
        "recorded_at": result.polled_at,
    }
    connection.execute(insert(connection, source).on_conflict_do_nothing().values(row))
