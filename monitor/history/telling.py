"""The form of an event: plain values, citations, and an id that follows from the content."""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from monitor.history.ballots import series_of
from monitor.history.camps import Standing
from monitor.history.definition import Definition
from monitor.types import (
    Camp,
    ClaimEvent,
    ClaimState,
    EventKind,
    ObservationLink,
    Series,
    Sighting,
)

_LARGEST = 300  # decimal exponent up to which a number can be a JSON number everywhere


@dataclass(frozen=True, slots=True)
class ArticleChange:
    """What happened to one article: a first version (all links added), an edit, or its end.

    ``notice`` is a correction notice that the older version did not have. ``others`` are the live
    sightings of other articles; those of the same story and of the same outlet suffice.
    ``occasion`` tells equal changes of one article apart, such as its version numbers or the time
    of the answer that it was gone: an article edited back and forth changes twice.
    """

    url: str
    links: tuple[ObservationLink, ...]
    notice: str | None = None
    gone: bool = False
    others: tuple[Sighting, ...] = ()
    occasion: str = ""

    def before_of(self, series: Series, definition: Definition) -> tuple[Sighting, ...]:
        """What the article said of the series before."""
        old = (link.before for link in self.links)
        return tuple(one for one in old if one and series_of(one, definition) == series)

    def after_of(self, series: Series, definition: Definition) -> tuple[Sighting, ...]:
        """What the article says of the series now."""
        new = (link.after for link in self.links)
        return tuple(one for one in new if one and series_of(one, definition) == series)


def event(
    kind: EventKind,
    series: Series,
    change: ArticleChange,
    sides: tuple[Mapping[str, object] | None, Mapping[str, object] | None],
    cited: tuple[Sequence[Sighting], Sequence[Sighting]],
) -> ClaimEvent:
    """An event with its id, made of kind, series, article, versions and the two values.

    ``first_seen`` is told once a series, so nothing but the series is in its id.
    """
    identity: tuple[object, ...] = (kind, series.claim, series.qualifiers, series.period)
    if kind != "first_seen":
        versions = [sorted({one.text_sha256 for one in side}) for side in _versions(change)]
        identity += (change.url, change.occasion, versions, *(_values(side) for side in sides))
    old, new = cited
    evidence: dict[str, object] = {
        "before": [cite(one) for one in old],
        "after": [cite(one) for one in new],
    }
    if change.notice:
        evidence["notice"] = change.notice
    quoted = (*new, *old)
    return ClaimEvent(
        event_id=hashlib.sha256(json.dumps(identity, sort_keys=True).encode()).hexdigest(),
        kind=kind,
        series=series,
        before=sides[0],
        after=sides[1],
        evidence=evidence,
        url=change.url,
        quote=quoted[0].observation.quote if quoted else None,
    )


def cite(sighting: Sighting) -> dict[str, object]:
    """Where something was said, word for word, as plain values."""
    seen = sighting.observation
    return {
        "url": sighting.url,
        "outlet": sighting.outlet,
        "text_sha256": sighting.text_sha256,
        "quote": seen.quote,
        "start": seen.start,
        "end": seen.end,
    }


def said(sighting: Sighting) -> dict[str, object]:
    """What one observation says, as plain values and in its own words."""
    seen = sighting.observation
    return {
        "quote": seen.quote,
        "value": number(seen.value),
        "low": number(seen.low),
        "high": number(seen.high),
        "bound": seen.bound,
        "unit": seen.unit,
        "modality": seen.modality,
        "speaker": seen.speaker,
    }


def standing(camp: Camp | Standing, unit: str) -> dict[str, object]:
    """What a camp stands for, as plain values; with its size and who said it first, where known."""
    told: dict[str, object] = {
        "value": number(camp.value),
        "low": number(camp.low),
        "high": number(camp.high),
        "unit": unit,
    }
    if isinstance(camp, Camp):
        told |= {"weight": camp.weight, "articles": camp.articles, "stories": camp.stories}
        if camp.first_url:
            told["first"] = {
                "outlet": camp.first_outlet,
                "url": camp.first_url,
                "at": camp.first_seen_at.isoformat(timespec="microseconds").replace("+00:00", "Z"),
            }
    return told


def summary(state: ClaimState) -> dict[str, object]:
    """A state in short, as plain values."""
    return {
        "point": number(state.point),
        "low": number(state.low),
        "high": number(state.high),
        "unit": state.unit,
        "contested": state.contested,
        "camps": [standing(camp, state.unit) for camp in state.camps],
        "articles": state.articles,
        "stories": state.stories,
    }


def number(value: Decimal | str | bool | None) -> int | float | str | bool | None:
    """A value as JSON has it; numbers that no JSON reader holds become text."""
    if not isinstance(value, Decimal):
        return value
    if not value.is_finite() or abs(value.adjusted()) > _LARGEST:
        return str(value)
    return int(value) if value == value.to_integral_value() else float(value)


def _versions(change: ArticleChange) -> Iterable[Iterable[Sighting]]:
    yield (link.before for link in change.links if link.before)
    yield (link.after for link in change.links if link.after)


def _values(side: Mapping[str, object] | None) -> object:
    """The part of a side that identifies an event: weights and counts may differ at a replay."""
    if side is None:
        return None
    return {key: side[key] for key in _IDENTIFYING if key in side}


_IDENTIFYING = ("value", "low", "high", "bound", "unit", "modality", "speaker", "point", "values")
