"""Sightings: observations with the article, outlet and story they stand in, now or at a time."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from monitor.types import Observation, Quantity, Series, Sighting
from storage.rows import chunks
from storage.schema import article, observation, series, story_member, version, version_span


def _sightings(in_story: sa.ColumnElement[bool]) -> sa.Select[Any]:
    """Observations in their place; ``in_story`` says which decisions on stories count."""
    return (
        sa.select(
            observation,
            series.c.qualifiers.label("series_qualifiers"),
            series.c.period,
            version.c.text_sha256,
            article.c.url,
            story_member.c.story_id,
        )
        .join(series, series.c.series_id == observation.c.series_id)
        .join(version, version.c.version_id == observation.c.version_id)
        .join(article, article.c.article_id == version.c.article_id)
        .outerjoin(
            story_member,
            sa.and_(story_member.c.article_id == article.c.article_id, in_story),
        )
    )


# Observations of one outlet that are looked at to know what it said last: its last article, or the
# last few where those only repeat a copy or doubt.
LAST_WORDS = 30

_LIVE = (version_span.c.live_to.is_(None), version_span.c.superseded_at.is_(None))
_SIGHTINGS = _sightings(story_member.c.superseded_at.is_(None)).where(
    observation.c.superseded_at.is_(None)
)


def of_version(connection: Connection, version_id: int) -> tuple[Sighting, ...]:
    """The observations of one version, in the order of the text."""
    query = _SIGHTINGS.where(observation.c.version_id == version_id).order_by(
        observation.c.char_start, observation.c.observation_id
    )
    return tuple(_sighting(row) for row in connection.execute(query))


def live(
    connection: Connection, series_ids: Mapping[int, Series], itself: int | None
) -> Mapping[Series, tuple[Sighting, ...]]:
    """What all other articles say now, by series, in the order in which it became known."""
    query = (
        _SIGHTINGS.join(version_span, version_span.c.version_id == version.c.version_id)
        .where(
            observation.c.series_id.in_(series_ids),
            *_LIVE,
            article.c.article_id != (-1 if itself is None else itself),
        )
        .order_by(observation.c.observation_id)
    )
    found: dict[Series, list[Sighting]] = {item: [] for item in series_ids.values()}
    for row in connection.execute(query) if series_ids else ():
        found[series_ids[row.series_id]].append(_sighting(row))
    return {item: tuple(sightings) for item, sightings in found.items()}


@dataclass(frozen=True, slots=True)
class Neighbours:
    """Whose words count with those of one article: its story's and its own outlet's."""

    itself: int | None = None  # the article; None: not stored yet
    stories: frozenset[str] = frozenset()  # that it is in or may be put into
    outlet: str = ""
    before: datetime | None = None  # the outlet's last words up to then; None: ever


def near(
    connection: Connection, series_ids: Mapping[int, Series], near_by: Neighbours
) -> Mapping[Series, tuple[Sighting, ...]]:
    """What the neighbours say now, by series: all of the stories, the last words of the outlet."""
    found: dict[Series, dict[int, Sighting]] = {item: {} for item in series_ids.values()}
    if not series_ids:
        return {}
    versions = _live_versions(connection, near_by)
    numbers = [
        number
        for series_id in series_ids
        for number in connection.execute(_last_words(series_id, near_by)).scalars()
    ]
    for column, chunk in (
        *((observation.c.version_id, chunk) for chunk in chunks(versions)),
        *((observation.c.observation_id, chunk) for chunk in chunks(numbers)),
    ):
        for row in connection.execute(_SIGHTINGS.where(column.in_(chunk))):
            if row.series_id in series_ids:
                found[series_ids[row.series_id]][row.observation_id] = _sighting(row)
    return {item: tuple(said[number] for number in sorted(said)) for item, said in found.items()}


def _live_versions(connection: Connection, near_by: Neighbours) -> list[int]:
    query = (
        sa.select(version.c.version_id)
        .join(story_member, story_member.c.article_id == version.c.article_id)
        .join(version_span, version_span.c.version_id == version.c.version_id)
        .where(
            story_member.c.story_id.in_(near_by.stories),
            story_member.c.superseded_at.is_(None),
            version.c.article_id != (-1 if near_by.itself is None else near_by.itself),
            *_LIVE,
        )
    )
    return list(connection.execute(query).scalars()) if near_by.stories else []


def _last_words(series_id: int, near_by: Neighbours) -> sa.Select[Any]:
    said = observation.c
    query = (
        sa.select(said.observation_id)
        .join(version, version.c.version_id == said.version_id)
        .join(version_span, version_span.c.version_id == version.c.version_id)
        .where(
            said.series_id == series_id,
            said.outlet == near_by.outlet,
            said.superseded_at.is_(None),
            version.c.article_id != (-1 if near_by.itself is None else near_by.itself),
            *_LIVE,
        )
        .order_by(said.published_at.desc())
        .limit(LAST_WORDS)
    )
    return query if near_by.before is None else query.where(said.published_at <= near_by.before)


def at(
    connection: Connection, claim: str, on: datetime | None, known_at: datetime | None
) -> Mapping[Series, tuple[Sighting, ...]]:
    """What the press said at ``on`` as it was known at ``known_at``, by series; None: now."""
    spans = version_span.c
    query = (
        _sightings(_known_at(story_member.c.decided_at, story_member.c.superseded_at, known_at))
        .join(version_span, spans.version_id == version.c.version_id)
        .where(
            observation.c.claim == claim,
            _known_at(observation.c.recorded_at, observation.c.superseded_at, known_at),
            _known_at(spans.recorded_at, spans.superseded_at, known_at),
            _live_at(on, known_at),
        )
        .order_by(observation.c.observation_id)
    )
    found = defaultdict[Series, list[Sighting]](list)
    for row in connection.execute(query):
        sighting = _sighting(row)
        assert sighting.series is not None
        found[sighting.series].append(sighting)
    return {item: tuple(sightings) for item, sightings in found.items()}


def _known_at(
    recorded: sa.Column[Any], superseded: sa.Column[Any], at: datetime | None
) -> sa.ColumnElement[bool]:
    if at is None:
        return superseded.is_(None)
    return sa.and_(recorded <= at, sa.or_(superseded.is_(None), superseded > at))


def _live_at(on: datetime | None, known_at: datetime | None) -> sa.ColumnElement[bool]:
    """A version was live then; an end that was not known yet does not count."""
    spans = version_span.c
    is_open: sa.ColumnElement[bool] = spans.live_to.is_(None)
    if known_at is not None:
        is_open = sa.or_(is_open, spans.end_recorded_at > known_at)
    if on is None:
        return is_open
    return sa.and_(spans.live_from <= on, sa.or_(is_open, spans.live_to > on))


def _sighting(row: sa.Row[Any]) -> Sighting:
    return Sighting(
        observation=Observation(
            claim=row.claim,
            value=row.value,
            low=row.low,
            high=row.high,
            bound=row.bound,
            unit=row.unit,
            modality=row.modality,
            speaker=row.speaker,
            quote=row.quote,
            start=row.char_start,
            end=row.char_end,
            qualifiers=row.qualifiers,
            about_start=row.about_start,
            about_end=row.about_end,
            significant_digits=row.significant_digits,
            alternates=tuple(_quantity(item) for item in row.alternates),
            flags=tuple(row.flags),
            confidence=row.confidence,
        ),
        url=row.url,
        story_id=row.story_id or "",
        outlet=row.outlet,
        text_sha256=row.text_sha256,
        published_at=row.published_at,
        recorded_at=row.recorded_at,
        observation_id=row.observation_id,
        series=Series(row.claim, row.series_qualifiers, row.period),
    )


def _quantity(item: Mapping[str, Any]) -> Quantity:
    def number(name: str) -> Decimal | None:
        return None if item[name] is None else Decimal(item[name])

    return Quantity(
        number("value"),
        number("low"),
        number("high"),
        item["bound"],
        item["unit"],
        item["significant_digits"],
    )
