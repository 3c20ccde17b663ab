"""Observations: writing what a version says, and how it lives on in the next version."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from monitor.types import Observation, ObservationLink, Quantity, Sighting
from storage import series as series_rows
from storage.columns import dump, number_text
from storage.rows import Cause, Row, chunks, revive
from storage.schema import observation, observation_link, version


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
    cause: Cause,
) -> list[int]:
    """The numbers of the version's observations, in the order given.

    What the last reading of the version said too keeps its number and the time when it became
    known; what it said otherwise is superseded. What only an earlier one said is known anew.
    """
    series_ids = series_rows.save(connection, (series_rows.of(item) for item in sightings))
    rows = [
        {
            "series_id": series_ids[series_rows.of(item)],
            "published_at": item.published_at,
            "outlet": item.outlet,
            **_observation_row(item.observation),
        }
        for item in sightings
    ]
    known = _known(connection, version_id, cause.stepped_back_at)
    numbers = [known[content].pop() if known[content := _content(row)] else None for row in rows]
    new = [
        {
            "version_id": version_id,
            "extractor_version": extractor_version,
            "recorded_at": cause.now,
            **row,
        }
        for row, number in zip(rows, numbers, strict=True)
        if number is None
    ]
    _mark(connection, [number for number in numbers if number is not None], None)
    _mark(connection, [number for left in known.values() for number in left], cause.now)
    connection.execute(
        sa.update(version)
        .where(version.c.version_id == version_id)
        .values(extractor_version=extractor_version)
    )
    added = iter(_insert(connection, new))
    return [next(added) if number is None else number for number in numbers]


def _known(
    connection: Connection, version_id: int, stepped_back_at: datetime | None
) -> defaultdict[str, list[int]]:
    """What was read in the version last; of equal ones valid and newer ones come last."""
    known = defaultdict[str, list[int]](list)
    superseded_at = observation.c.superseded_at
    rows = connection.execute(
        sa.select(observation)
        .where(
            observation.c.version_id == version_id,
            sa.or_(superseded_at.is_(None), superseded_at == stepped_back_at),
        )
        .order_by(observation.c.superseded_at.is_(None), observation.c.observation_id)
    ).mappings()
    for row in rows:
        known[_content({str(name): row[name] for name in row})].append(row["observation_id"])
    return known


_OTHER = frozenset(
    {"observation_id", "version_id", "extractor_version", "recorded_at", "superseded_at"}
)


def _content(row: Row) -> str:
    """What an observation says, in a form that can be compared."""
    return repr(
        [
            (name, number_text(row[name]) if isinstance(row[name], Decimal) else dump(row[name]))
            for name in sorted(row.keys() - _OTHER)
        ]
    )


def _mark(connection: Connection, numbers: Sequence[int], superseded_at: datetime | None) -> None:
    """Supersede those that are valid, or make those valid that are superseded."""
    column = observation.c.superseded_at
    for chunk in chunks(numbers):
        connection.execute(
            sa.update(observation)
            .where(
                observation.c.observation_id.in_(chunk),
                column.is_not(None) if superseded_at is None else column.is_(None),
            )
            .values(superseded_at=superseded_at)
        )


def _insert(connection: Connection, rows: Sequence[Row]) -> list[int]:
    if not rows:
        return []
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
    cause: Cause,
) -> None:
    """Join the observations of the newer version, numbered in ``new``, with those before them."""
    places = {_place(sighting): number for sighting, number in new}

    def number(sighting: Sighting | None) -> int | None:
        if sighting is None:
            return None
        return sighting.observation_id or places.get(_place(sighting))

    for item in links:
        row = {
            "kind": item.kind,
            "before_id": item.before and item.before.observation_id,
            "after_id": number(item.after),
        }
        if revive(connection, observation_link, row, cause) is None:
            new_row = {**row, "page_id": cause.page_id, "recorded_at": cause.now}
            connection.execute(sa.insert(observation_link).values(new_row))


def _place(sighting: Sighting) -> tuple[object, ...]:
    item = sighting.observation
    return item.claim, item.start, item.end, item.modality, item.speaker, dump(item.value)
