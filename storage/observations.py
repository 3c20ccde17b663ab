"""Observations: what versions say, with the article, outlet and story they stand in."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from monitor.types import Observation, ObservationLink, Quantity, Series, Sighting
from storage import series as series_rows
from storage.columns import number_text
from storage.rows import Row
from storage.schema import (
    article,
    observation,
    observation_link,
    series,
    story_member,
    version,
    version_span,
)

_SIGHTINGS = (
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
        sa.and_(
            story_member.c.article_id == article.c.article_id,
            story_member.c.superseded_at.is_(None),
        ),
    )
    .where(observation.c.superseded_at.is_(None))
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


def _quantity_row(quantity: Quantity) -> Row:
    def text(number: Decimal | None) -> str | None:
        return None if number is None else number_text(number)

    return {
        "value": text(quantity.value),
        "low": text(quantity.low),
        "high": text(quantity.high),
        "bound": quantity.bound,
        "unit": quantity.unit,
        "significant_digits": quantity.significant_digits,
    }


def save(
    connection: Connection,
    version_id: int,
    sightings: Sequence[Sighting],
    extractor_version: str,
    now: datetime,
) -> list[int]:
    """The numbers of the new observations, in the order given."""
    if not sightings:
        return []
    series_ids = series_rows.save(connection, (series_rows.of(item) for item in sightings))
    rows = [
        {
            "version_id": version_id,
            "series_id": series_ids[series_rows.of(item)],
            "published_at": item.published_at,
            "extractor_version": extractor_version,
            "recorded_at": now,
            **_observation_row(item.observation),
        }
        for item in sightings
    ]
    statement = sa.insert(observation).returning(
        observation.c.observation_id, sort_by_parameter_order=True
    )
    return list(connection.execute(statement, rows).scalars())


def _observation_row(item: Observation) -> Row:
    return {
        "claim": item.claim,
        "qualifiers": item.qualifiers,
        "value": item.value,
        "low": item.low,
        "high": item.high,
        "bound": item.bound,
        "unit": item.unit,
        "significant_digits": item.significant_digits,
        "about_start": item.about_start,
        "about_end": item.about_end,
        "modality": item.modality,
        "speaker": item.speaker,
        "quote": item.quote,
        "char_start": item.start,
        "char_end": item.end,
        "alternates": [_quantity_row(quantity) for quantity in item.alternates],
        "flags": item.flags,
        "confidence": item.confidence,
    }


def save_links(
    connection: Connection,
    links: Sequence[ObservationLink],
    new: Sequence[tuple[Sighting, int]],
    now: datetime,
) -> None:
    """Join the observations of the newer version, numbered in ``new``, with those before them."""
    places = {_place(sighting): number for sighting, number in new}

    def number(sighting: Sighting | None) -> int | None:
        if sighting is None:
            return None
        return sighting.observation_id or places.get(_place(sighting))

    rows = [
        {
            "kind": item.kind,
            "before_id": item.before and item.before.observation_id,
            "after_id": number(item.after),
            "recorded_at": now,
        }
        for item in links
    ]
    if rows:
        connection.execute(sa.insert(observation_link), rows)


def _place(sighting: Sighting) -> tuple[object, ...]:
    item = sighting.observation
    return (
        item.claim,
        item.start,
        item.end,
        item.modality,
        item.speaker,
        str(item.value),
        tuple(sorted(item.qualifiers.items())),
    )
