"""What people and other programs ask the database: views, fates, counts, states."""

import json
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from monitor.errors import UsageError
from monitor.types import ClaimState, Series
from storage import schema as t
from storage import states as state_rows
from storage.articles import find
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
    above: object = None,
) -> Iterator[Answer]:
    """Rows of a view as JSON has them: times as text, JSON text read, numbers as numbers.

    ``above`` leaves out rows whose ``order_by`` column does not go beyond it.
    """
    table = _table(view)
    columns = table.c.keys()
    wanted = {*where, *([order_by.removeprefix("-")] if order_by else [])}
    if unknown := sorted(wanted.difference(columns)):
        raise UsageError(f"{view.name} has no column {unknown[0]!r}; it has {', '.join(columns)}")
    query = sa.select(table).where(*(table.c[name] == value for name, value in where.items()))
    if order_by:
        key = table.c[order_by.removeprefix("-")]
        query = query.order_by(key.desc() if order_by.startswith("-") else key)
        query = query if above is None else query.where(key > above)
    yield from _streamed(connection, query.limit(limit))


def _table(view: View) -> sa.TableClause:
    types = {item.name: item.type for item in view.query.selected_columns}
    return sa.table(view.name, *(sa.column(name, kind) for name, kind in types.items()))


def _streamed(connection: Connection, query: sa.Select[Any]) -> Iterator[Answer]:
    plain = {item.name: _reader(item.name) for item in query.selected_columns}
    streaming = connection.execution_options(yield_per=BATCH)
    with streaming.execute(query) as found:  # closed too when nobody reads on
        for row in found.mappings():
            yield {name: plain[name](value) for name, value in row.items()}


_OF_ARTICLE = ("url", "headline", "date_published")


def said(connection: Connection, claim: str) -> Iterator[Answer]:
    """Rows of v1_observations of what live articles say of a claim now, with their article's URL,
    headline and date_published.
    """
    observed, articles = _table(named("v1_observations")), _table(named("v1_articles"))
    is_said = sa.and_(
        articles.c.article_id == observed.c.article_id,
        articles.c.current_version_id == observed.c.version_id,
        articles.c.state == "live",
    )
    query = (
        sa.select(observed, *(articles.c[name] for name in _OF_ARTICLE))
        .join(articles, is_said)
        .where(observed.c.claim == claim)
        .order_by(observed.c.observation_id)
    )
    return _streamed(connection, query)


def kinds(view: View) -> Mapping[str, str]:
    """integer, number, boolean or text for each column."""
    words = (
        (sa.Integer, "integer"),
        ((sa.Numeric, sa.Float), "number"),
        (sa.Boolean, "boolean"),
    )
    return {
        item.name: next((word for kind, word in words if isinstance(item.type, kind)), "text")
        for item in view.query.selected_columns
    }


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


def states(connection: Connection, claim: str) -> list[Answer]:
    """The states of a claim, one a series, each with its camps."""
    query = (
        sa.select(t.claim_state, t.series.c.claim, t.series.c.qualifiers, t.series.c.period)
        .join(t.series)
        .where(t.series.c.claim == claim, t.claim_state.c.superseded_at.is_(None))
        .order_by(t.series.c.qualifiers, t.series.c.period)
    )
    found = connection.execute(query).all()
    camps = state_rows.camps_of(connection, [row.state_id for row in found])
    return [
        {
            **shown(
                state_rows.state(
                    row, Series(row.claim, row.qualifiers, row.period), camps[row.state_id]
                )
            ),
            "recorded_at": plain(row.recorded_at),
        }
        for row in found
    ]


def shown(state: ClaimState) -> Answer:
    """A state with its camps, as JSON has them."""
    names = ("unit", "low", "point", "high", "spread", "contested", "observations", "articles")
    more = ("stories", "outlets", "supporters", "doubters", "first_seen_at", "last_seen_at")
    return {
        "claim": state.series.claim,
        "qualifiers": json.loads(state.series.qualifiers),
        "period": state.series.period,
        **{name: plain(getattr(state, name)) for name in (*names, *more)},
        "camps": [
            {name: plain(getattr(camp, name)) for name in camp.__slots__} for camp in state.camps
        ],
    }


def links(connection: Connection, url: str) -> list[Answer]:
    """The observation links of an article: kind, versions, and what was said before and after."""
    number = find(connection, url)
    old, new = t.observation.alias("old"), t.observation.alias("new")
    before, after = t.version.alias("before"), t.version.alias("after")
    query = (
        sa.select(
            t.observation_link.c.kind,
            sa.func.coalesce(new.c.claim, old.c.claim).label("claim"),
            before.c.seq.label("from_seq"),
            after.c.seq.label("to_seq"),
            *(old.c[name].label(f"old_{name}") for name in _SAID),
            *(new.c[name].label(f"new_{name}") for name in _SAID),
        )
        .select_from(t.observation_link)
        .outerjoin(old, old.c.observation_id == t.observation_link.c.before_id)
        .outerjoin(new, new.c.observation_id == t.observation_link.c.after_id)
        .outerjoin(before, before.c.version_id == old.c.version_id)
        .outerjoin(after, after.c.version_id == new.c.version_id)
        .where(
            t.observation_link.c.superseded_at.is_(None),
            t.observation_link.c.link_id.in_(_links_of(number)),
        )
        .order_by(t.observation_link.c.link_id)
    )
    return [_link(row) for row in connection.execute(query).mappings()]


_SAID = ("value", "low", "high", "bound", "unit", "modality", "speaker", "quote")


def _links_of(article_id: int | None) -> sa.CompoundSelect[int]:
    link, said = t.observation_link, t.observation
    return sa.union(
        *(
            sa.select(link.c.link_id)
            .join(said, said.c.observation_id == end)
            .join(t.version, t.version.c.version_id == said.c.version_id)
            .where(t.version.c.article_id == article_id)
            for end in (link.c.before_id, link.c.after_id)
        )
    )


def _link(row: Mapping[Any, Any]) -> Answer:
    sides = {
        side: {name: plain(row[f"{short}_{name}"]) for name in _SAID}
        if row[f"{short}_quote"] is not None
        else None
        for side, short in (("before", "old"), ("after", "new"))
    }
    names = ("kind", "claim", "from_seq", "to_seq")
    return {**{name: row[name] for name in names}, **sides}
