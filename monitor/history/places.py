"""Observations put in their place: the article, version, story and outlet that say them."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from monitor.history.ballots import series_of
from monitor.history.definition import Definition
from monitor.history.statements import is_converted
from monitor.types import Observation, Sighting


@dataclass(frozen=True, slots=True)
class Place:
    """The text that observations stand in: its article, version, story and outlet."""

    url: str
    story_id: str
    outlet: str
    text_sha256: str
    published_at: datetime


def sighted(
    observations: Iterable[Observation],
    where: Place,
    definition_of: Callable[[str], Definition],
    now: datetime,
) -> tuple[Sighting, ...]:
    """Observations in their place, each with the series it counts for."""
    return tuple(_sighting(one, where, definition_of(one.claim), now) for one in observations)


def _sighting(
    observation: Observation, where: Place, definition: Definition, now: datetime
) -> Sighting:
    if is_converted(observation, definition):  # compared in another currency than it was printed in
        observation = replace(observation, flags=(*observation.flags, "converted"))
    placed = Sighting(
        observation,
        where.url,
        where.story_id,
        where.outlet,
        where.text_sha256,
        where.published_at,
        now,
    )
    return replace(placed, series=series_of(placed, definition))
