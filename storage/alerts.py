"""Alerts: what an operator should know of sources and sites, from when to when."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Literal

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from monitor.alerts import is_same_validator
from monitor.types import Alert, Outcome, Yield
from monitor.urls import site
from storage.rows import insert
from storage.schema import alert, fetch, page, reading

_LASTING = alert.c.ended_at.is_(None)
_LIAR: Literal["liar"] = "liar"
# Servers are mended: after this time a liar is believed again, until it lies again.
LIES_FOR = timedelta(days=30)
# Fetches of articles that the yield of sources is judged by, and of each source the last ones.
_FETCHES, _LATELY = 20_000, 20
# Fates that say nothing about whether a source still gives text.
_NEUTRAL = frozenset({"ok", "unchanged", "gone", "robots", "unresolvable_link"})
_TEXT = frozenset({"stored", "duplicate_url", "off_topic"})


def lasting(connection: Connection) -> tuple[Alert, ...]:
    rows = connection.execute(sa.select(alert).where(_LASTING).order_by(alert.c.alert_id))
    return tuple(Alert(row.kind, row.about, row.detail) for row in rows)


def settle(connection: Connection, found: Sequence[Alert], now: datetime) -> tuple[Alert, ...]:
    """Make the lasting alerts of sources exactly these; those that are new.

    Liars are found one by one, and believed again after LIES_FOR.
    """
    held = {(one.kind, one.about) for one in lasting(connection)}
    wanted = {(one.kind, one.about) for one in found}
    over = sa.or_(
        *(
            sa.and_(alert.c.kind == kind, alert.c.about == about)
            for kind, about in held - wanted
            if kind != _LIAR
        ),
        sa.and_(alert.c.kind == _LIAR, alert.c.began_at < now - LIES_FOR),
    )
    connection.execute(sa.update(alert).where(_LASTING, over).values(ended_at=now))
    new = tuple(one for one in found if (one.kind, one.about) not in held)
    for one in new:
        _begin(connection, one, now)
    return new


def begin_liar(connection: Connection, where: str, detail: str, now: datetime) -> None:
    """From now on everything of this site is asked for in full."""
    _begin(connection, Alert(_LIAR, where, f"changed under an old validator: {detail}"), now)


def begin_where_page_lied(connection: Connection, outcome: Outcome) -> None:
    """A new text under the validator of the old one: no 304 of this site can be believed."""
    asked = outcome.page
    same_url = sa.select(page.c.url_sha256).where(page.c.page_id == asked.page_id)
    before = connection.execute(
        sa.select(page.c.headers)
        .where(
            page.c.url_sha256 == same_url.scalar_subquery(),
            page.c.page_id < asked.page_id,
            page.c.status == 200,
        )
        .order_by(page.c.page_id.desc())
        .limit(1)
    ).scalar()
    if before is not None and is_same_validator(before, asked.headers):
        begin_liar(connection, site(asked.url), asked.url, asked.fetched_at)


def _begin(connection: Connection, new: Alert, now: datetime) -> None:
    row = {"kind": new.kind, "about": new.about, "detail": new.detail, "began_at": now}
    connection.execute(insert(connection, alert).on_conflict_do_nothing().values(row))


def yields(connection: Connection) -> dict[str, Yield]:
    """By source: how many of its last pages gave text, and how many of those before them."""
    valid = sa.and_(reading.c.page_id == fetch.c.page_id, reading.c.superseded_at.is_(None))
    query = (
        sa.select(fetch.c.source, fetch.c.outcome, reading.c.outcome.label("read"))
        .select_from(fetch.outerjoin(reading, valid))
        .where(fetch.c.kind == "article", fetch.c.source.is_not(None))
        .order_by(fetch.c.fetch_id.desc())
        .limit(_FETCHES)
    )
    by_source: dict[str, list[bool]] = {}
    for row in connection.execute(query):
        # An entry that was left aside as off topic was never asked for.
        if (row.read or row.outcome) not in _NEUTRAL and (row.read or row.outcome != "off_topic"):
            by_source.setdefault(row.source, []).append(row.read in _TEXT)
    return {name: _yield(gave) for name, gave in by_source.items()}


def _yield(gave: list[bool]) -> Yield:
    lately, before = gave[:_LATELY], gave[_LATELY:]
    return Yield(len(lately), sum(lately), len(before), sum(before))
