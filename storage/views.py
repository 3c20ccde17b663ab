"""The v1_* views: what other tools read. Columns are added, never changed or removed."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Dialect

from storage import schema as t
from storage.columns import Json, as_number, as_text


@dataclass(frozen=True, slots=True)
class View:
    """A view; ``notes`` describe the columns whose table says it too briefly or not at all."""

    name: str
    comment: str
    query: sa.Select[Any]
    notes: Mapping[str, str] = field(default_factory=dict)

    def columns(self) -> tuple[tuple[str, str], ...]:
        """Name and description of each column."""
        return tuple((item.name, self._note(item)) for item in self.query.selected_columns)

    def sql(self, dialect: Dialect) -> str:
        """The statement that creates it."""
        query = self.query.compile(dialect=dialect, compile_kwargs={"literal_binds": True})
        return f"CREATE VIEW {self.name} AS {query}"

    def _note(self, item: Any) -> str:
        note = self.notes.get(item.name)
        if note is None:
            (origin,) = item.base_columns
            note = origin.comment
        if note is None:
            raise KeyError(f"{self.name}.{item.name} has no description")
        return f"{note}; JSON" if isinstance(item.type, Json) else note


def create(connection: Connection) -> None:
    """Make all views anew."""
    for view in VIEWS:
        connection.exec_driver_sql(view.sql(connection.dialect))


def drop(connection: Connection) -> None:
    """Remove all views, also those of older versions: tables cannot be rebuilt beneath them."""
    for name in sa.inspect(connection).get_view_names():
        if name.startswith("v1_"):
            connection.exec_driver_sql(f"DROP VIEW {name}")


def _valid(table: sa.Table) -> sa.ColumnElement[bool]:
    return table.c.superseded_at.is_(None)


_v, _a, _o, _m = t.version.c, t.article.c, t.observation.c, t.story_member.c
_s, _cs, _e = t.series.c, t.claim_state.c, t.claim_event.c
_counted, _latest = t.version.alias("counted"), t.version.alias("latest")
_of_article = sa.and_(_m.article_id == _a.article_id, _valid(t.story_member))

_ARTICLES = View(
    "v1_articles",
    "One row an article, as it was seen last.",
    sa.select(
        *(_a.article_id, _a.url, _a.source, _a.outlet, _a.headline, _a.authors),
        *(_a.date_published, _a.date_modified, _a.in_language, _m.story_id),
        sa.select(_latest.c.version_id)
        .where(_latest.c.article_id == _a.article_id, _latest.c.superseded_at.is_(None))
        .order_by(_latest.c.seq.desc())
        .limit(1)
        .scalar_subquery()
        .label("current_version_id"),
        sa.select(sa.func.count())
        .where(_counted.c.article_id == _a.article_id, _counted.c.superseded_at.is_(None))
        .scalar_subquery()
        .label("versions"),
        *(_a.state, _a.first_seen_at, _a.last_seen_at),
    ).select_from(t.article.outerjoin(t.story_member, _of_article)),
    {"current_version_id": "its newest version", "versions": "how many there are"},
)
_VERSIONS = View(
    "v1_versions",
    "One row for each distinct text of an article.",
    sa.select(
        *(_v.version_id, _v.article_id, _v.seq, _v.headline, _v.text, _v.body_start),
        *(_v.text_sha256, _v.fetched_at, _v.recorded_at),
    ).where(_valid(t.version)),
)
_before, _after = t.version.alias("older"), t.version.alias("newer")
_EDITS = View(
    "v1_edits",
    "One row for each time an article's text changed.",
    sa.select(
        _after.c.article_id,
        _before.c.version_id.label("from_version_id"),
        _after.c.version_id.label("to_version_id"),
        *(_after.c.notice, _after.c.recorded_at),
    )
    .select_from(
        _after.join(
            _before,
            sa.and_(_before.c.article_id == _after.c.article_id, _before.c.seq == _after.c.seq - 1),
        )
    )
    .where(_after.c.superseded_at.is_(None), _before.c.superseded_at.is_(None)),
    {
        "from_version_id": "the older version",
        "to_version_id": "the newer version",
        "notice": "its correction or update notice; NULL: edited in silence",
    },
)
_STORIES = View(
    "v1_stories",
    "One row an article: the story it belongs to, and why.",
    sa.select(
        _m.story_id, _m.article_id, _m.relation, _m.of_article_id, _m.evidence, _m.decided_at
    ).where(_valid(t.story_member)),
)
_CLAIMS = View(
    "v1_claims",
    "The tracked claims.",
    sa.select(
        t.claim_definition.c.claim,
        t.claim_definition.c.kind,
        t.claim_definition.c.unit,
        t.claim_definition.c.title,
    ).where(_valid(t.claim_definition)),
)
_OBSERVATIONS = View(
    "v1_observations",
    "What each version says about each claim, word for word.",
    sa.select(
        *(_o.observation_id, _o.claim, _o.qualifiers, _v.article_id, _o.version_id, _m.story_id),
        as_number(_o.value).label("value"),
        as_number(_o.low).label("low"),
        as_number(_o.high).label("high"),
        *(_o.bound, _o.unit, _o.about_start, _o.about_end, _o.modality, _o.speaker, _o.quote),
        *(_o.char_start, _o.char_end, _o.flags, _o.recorded_at),
        as_text(_o.value).label("text_value"),
        *(_s.period, _o.outlet, _o.published_at),
    )
    .select_from(
        t.observation.join(t.version)
        .join(t.series)
        .outerjoin(
            t.story_member,
            sa.and_(_m.article_id == _v.article_id, _valid(t.story_member)),
        )
    )
    .where(_valid(t.observation)),
    {
        "value": "the figure stated; 1 or 0 for true or false; NULL: a range, a date or a text",
        "text_value": "the text or ISO date stated, or true or false; NULL: a figure or a range",
        "low": "lower end; NULL: open, or no number",
        "high": "upper end; NULL: open, or no number",
    },
)
_STATE_NOTES = {
    "low": "lower end of the consensus",
    "point": "consensus; 1 or 0 for true or false; NULL: none, or a date or a text (see camps)",
    "high": "upper end of the consensus",
    "spread": "high less low over the camps",
    "text_point": "consensus of a claim of texts, dates or true and false; NULL: none, or a figure",
}


def _states() -> sa.Select[Any]:
    return sa.select(
        *(_s.claim, _s.qualifiers, _s.period, as_number(_cs.low).label("low")),
        as_number(_cs.point).label("point"),
        as_number(_cs.high).label("high"),
        _cs.unit,
        as_number(_cs.spread).label("spread"),
        *(_cs.contested, _cs.observations, _cs.articles, _cs.stories, _cs.outlets),
        *(_cs.supporters, _cs.doubters, _cs.first_seen_at, _cs.last_seen_at, _cs.recorded_at),
        as_text(_cs.point).label("text_point"),
    ).select_from(t.claim_state.join(t.series))


_CURRENT = View(
    "v1_claim_current",
    "What the press says about each claim now.",
    _states().where(_valid(t.claim_state)),
    _STATE_NOTES,
)
_HISTORY = View(
    "v1_claim_history",
    "What the press said about each claim, one row for each change.",
    _states().where(_cs.revoked_at.is_(None)),
    _STATE_NOTES,
)
_c = t.claim_camp.c
_CAMPS = View(
    "v1_claim_camps",
    "The values on which the press is divided now.",
    sa.select(
        *(_s.claim, _s.qualifiers, _s.period, _cs.recorded_at, _c.camp),
        as_number(_c.value).label("value"),
        as_number(_c.low).label("low"),
        as_number(_c.high).label("high"),
        *(_c.weight, _c.articles, _c.stories, _c.outlets),
        *(_c.first_seen_at, _c.last_seen_at, _c.first_outlet, _c.first_url),
    )
    .select_from(t.claim_camp.join(t.claim_state).join(t.series))
    .where(_valid(t.claim_state)),
    {
        "value": "its value; 1 or 0 for true or false; NULL: a date or a text, see camp",
        "low": "lower end",
        "high": "upper end",
    },
)
_EVENT_NOTES = {"cursor": "rises with every event: ask for those above the last one you had"}


def _events() -> sa.Select[Any]:
    return sa.select(
        *(_e.event_id, _e.kind, _s.claim, _s.qualifiers, _s.period, _e.before, _e.after),
        *(_e.article_id, _e.url, _e.quote, _e.recorded_at),
        *(_e.evidence, _e.seq.label("cursor")),
    ).select_from(t.claim_event.join(t.series))


_EVENTS = View(
    "v1_events",
    "What changed, and the words that show it.",
    _events().where(_valid(t.claim_event)),
    _EVENT_NOTES,
)
_EVENTS_HISTORY = View(
    "v1_events_history",
    "The events, with those that reading the pages again took back or told in other words.",
    _events().add_columns(_e.superseded_at),
    {**_EVENT_NOTES, "superseded_at": "when it was taken back; NULL: it stands"},
)
_SOURCES = View(
    "v1_sources",
    "The configured sources and when they are polled.",
    sa.select(
        t.source.c.name.label("source"),
        t.source.c.outlet,
        t.source.c.url,
        t.source.c.last_poll_at,
        t.source.c.next_poll_at,
        t.source.c.reason,
        t.source.c.failures,
    ).where(t.source.c.removed_at.is_(None)),
)
_ALERTS = View(
    "v1_alerts",
    "What an operator should know of sources and sites: silent, empty, failing, lying.",
    sa.select(*(column for column in t.alert.c)),
)
_RUNS = View(
    "v1_runs",
    "Crawls and scheduled jobs.",
    sa.select(
        *(t.run.c.run_id, t.run.c.kind, t.run.c.started_at, t.run.c.ended_at),
        *(t.run.c.outcome, t.run.c.counts),
    ),
)
VIEWS: tuple[View, ...] = (
    *(_ARTICLES, _VERSIONS, _EDITS, _STORIES, _CLAIMS, _OBSERVATIONS, _CURRENT, _HISTORY),
    *(_CAMPS, _EVENTS, _EVENTS_HISTORY, _SOURCES, _ALERTS, _RUNS),
)
