"""What people and other programs ask the database: views, fates, counts, states."""

import json
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from monitor.errors import UsageError
from monitor.types import Series
from storage import schema as t
from storage import states as state_rows
from storage.columns import iso
from storage.views import VIEWS, View

# Columns of views that hold JSON text; where one of the same name holds a number it stays so.
_JSON = frozenset(
    {"qualifiers", "authors", "evidence", "flags", "before", "after", "counts", "outlets"}
)
# Rows fetched at once from a view: bounds memory, not the answer.
BATCH = 500

Answer = Mapping[str, Any]


def named(name: str) -> View:
    """The public view of that name. Raises UsageError naming all of them."""
    for view in VIEWS:
        if view.name == name:
            return view
    raise UsageError(f"no view {name!r}; there are {', '.join(view.name for view in VIEWS)}")


def rows(
    connection: Connection,
    view: View,
    where: Mapping[str, object],
    order_by: str | None,
    limit: int | None,
) -> Iterator[Answer]:
    """Rows of a view as JSON has them: times as text, JSON text read, numbers as numbers."""
    types = {item.name: item.type for item in view.query.selected_columns}
    table = sa.table(view.name, *(sa.column(name, kind) for name, kind in types.items()))
    wanted = {*where, *([order_by.removeprefix("-")] if order_by else [])}
    if unknown := sorted(wanted - types.keys()):
        raise UsageError(f"{view.name} has no column {unknown[0]!r}; it has {', '.join(types)}")
    query = sa.select(table).where(*(table.c[name] == value for name, value in where.items()))
    if order_by:
        key = table.c[order_by.removeprefix("-")]
        query = query.order_by(key.desc() if order_by.startswith("-") else key)
    plain = {name: _reader(name) for name in types}
    streaming = connection.execution_options(yield_per=BATCH)
    with streaming.execute(query.limit(limit)) as found:  # closed too when nobody reads on
        for row in found.mappings():
            yield {name: plain[name](value) for name, value in row.items()}


def _reader(name: str) -> Callable[[Any], Any]:
    def read(value: Any) -> Any:
        if name in _JSON and isinstance(value, str):
            return json.loads(value)
        return plain(value)

    return read


def plain(value: Any) -> Any:
    """A value as JSON has it; whole numbers without a fraction."""
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return int(value)
    if isinstance(value, datetime):
        return iso(value)
    if isinstance(value, Mapping):
        return {key: plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(item) for item in value]
    return value


_COUNTED: Mapping[str, sa.Select[Any]] = {
    "sources": sa.select(sa.func.count()).where(t.source.c.removed_at.is_(None)),
    "links": sa.select(sa.func.count()).select_from(t.link),
    "pages": sa.select(sa.func.count()).select_from(t.page),
    "pending": sa.select(sa.func.count()).where(t.page.c.read_at.is_(None)),
    "articles": sa.select(sa.func.count()).select_from(t.article),
    "versions": sa.select(sa.func.count()).where(t.version.c.superseded_at.is_(None)),
    "stories": sa.select(sa.func.count(t.story_member.c.story_id.distinct())).where(
        t.story_member.c.superseded_at.is_(None)
    ),
    "observations": sa.select(sa.func.count()).where(t.observation.c.superseded_at.is_(None)),
    "events": sa.select(sa.func.count()).where(t.claim_event.c.superseded_at.is_(None)),
}


def counts(connection: Connection) -> Mapping[str, int]:
    """How much there is of everything."""
    return {name: connection.execute(query).scalar_one() for name, query in _COUNTED.items()}


def states(connection: Connection, claim: str, known_at: datetime | None) -> list[Answer]:
    """The states of a claim, one a series, each with its camps; None: now."""
    query = sa.select(t.claim_state, t.series.c.claim, t.series.c.qualifiers, t.series.c.period)
    query = query.join(t.series).where(t.series.c.claim == claim)
    if known_at is None:
        query = query.where(t.claim_state.c.superseded_at.is_(None))
    else:
        newest = t.claim_state.alias("newest")
        query = query.where(
            t.claim_state.c.state_id
            == sa.select(newest.c.state_id)
            .where(
                newest.c.series_id == t.claim_state.c.series_id,
                newest.c.recorded_at <= known_at,
                sa.or_(newest.c.revoked_at.is_(None), newest.c.revoked_at > known_at),
            )
            .order_by(newest.c.recorded_at.desc(), newest.c.state_id.desc())
            .limit(1)
            .scalar_subquery()
        )
    found = connection.execute(query.order_by(t.series.c.qualifiers, t.series.c.period)).all()
    camps = state_rows.camps_of(connection, [row.state_id for row in found])
    return [_state(row, camps[row.state_id]) for row in found]


def _state(row: sa.Row[Any], camps: tuple[Any, ...]) -> Answer:
    state = state_rows.state(row, Series(row.claim, row.qualifiers, row.period), camps)
    names = ("unit", "low", "point", "high", "spread", "contested", "observations", "articles")
    more = ("stories", "outlets", "supporters", "doubters", "first_seen_at", "last_seen_at")
    return {
        "claim": row.claim,
        "qualifiers": json.loads(row.qualifiers),
        "period": row.period,
        **{name: plain(getattr(state, name)) for name in (*names, *more)},
        "recorded_at": plain(row.recorded_at),
        "camps": [{name: plain(getattr(camp, name)) for name in camp.__slots__} for camp in camps],
    }
