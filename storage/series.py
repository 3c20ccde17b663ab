"""Series: what a claim state is about, as one number."""

from collections.abc import Iterable, Mapping

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from monitor.types import Observation, Series, Sighting
from storage.columns import digest, dump
from storage.rows import add, chunks
from storage.schema import series


def of(sighting: Sighting) -> Series:
    """The series a sighting counts for; where nobody decided, its qualifiers as stated."""
    return sighting.series or _plain(sighting.observation)


def _plain(observation: Observation) -> Series:
    return Series(observation.claim, dump(observation.qualifiers))


def key(of: Series) -> bytes:
    return digest(dump([of.claim, of.qualifiers, of.period]))


def numbers(connection: Connection, wanted: Iterable[Series]) -> Mapping[Series, int]:
    """The number of each series that is known."""
    keys = {key(item): item for item in wanted}
    found: dict[Series, int] = {}
    for chunk in chunks(keys):
        query = sa.select(series.c.series_sha256, series.c.series_id).where(
            series.c.series_sha256.in_(chunk)
        )
        found |= {
            keys[bytes(row.series_sha256)]: row.series_id for row in connection.execute(query)
        }
    return found


def save(connection: Connection, wanted: Iterable[Series]) -> Mapping[Series, int]:
    """The number of each series, new ones included."""
    wanted = set(wanted)
    found = numbers(connection, wanted)
    new = sorted(wanted - found.keys(), key=key)
    if not new:
        return found
    add(
        connection,
        series,
        [
            {
                "claim": item.claim,
                "qualifiers": item.qualifiers,
                "period": item.period,
                "series_sha256": key(item),
            }
            for item in new
        ],
    )
    return {**found, **numbers(connection, new)}
