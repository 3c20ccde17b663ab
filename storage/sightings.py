"""Sightings: observations with the article, outlet and story they stand in, now or at a time."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from monitor.types import Observation, Quantity, Series, Sighting
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
            article.c.outlet,
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
            version_span.c.live_to.is_(None),
            version_span.c.superseded_at.is_(None),
            article.c.article_id != (-1 if itself is None else itself),
        )
        .order_by(observation.c.observation_id)
    )
    found: dict[Series, list[Sighting]] = {item: [] for item in series_ids.values()}
    for row in connection.execute(query):
        found[series_ids[row.series_id]].append(_sighting(row))
    return {item: tuple(sightings) for item, sightings in found.items()}


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
