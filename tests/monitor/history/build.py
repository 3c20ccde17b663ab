"""Sightings for tests, in few words: ``see(600e9, bound="near", story="s1")``."""

import hashlib
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

from monitor.history import Definition, assess, exchange, series_of
from monitor.types import ClaimState, Observation, Sighting

START = datetime(2025, 1, 27, 9, tzinfo=UTC)
LOSS = Definition("nvidia.market_cap_loss", unit="USD")
MOVE = Definition("nvidia.share_move_pct", unit="percent", scale="linear")
FOUNDER = Definition("deepseek.founder", kind="text", unit="text")
RELEASE = Definition("deepseek.r1_release_date", kind="date", unit="date", scale="linear")
FOUNDED = Definition("deepseek.founded", unit="year", scale="linear")
RATES = exchange([(date(2025, 1, 22), {"EUR": Decimal("1.04"), "CNY": Decimal("0.137")})])
COST_RATES = Definition("deepseek.training_cost", unit="USD", exchange=RATES)
OPEN = Definition("deepseek.open_source", kind="boolean", unit="boolean")

_OPEN_ENDS = {"gt": (1, None), "ge": (1, None), "lt": (None, 1), "le": (None, 1), "upto": (None, 1)}
_ENDS = {"near": ("0.95", 1), "approx": ("0.9", "1.1"), "eq": (1, 1), **_OPEN_ENDS}


def see(
    value: float | int | str | bool | Decimal | None,
    story: str = "s1",
    *,
    article: str | None = None,
    outlet: str | None = None,
    bound: str = "eq",
    hours: float = 0,
    definition: Definition = LOSS,
    version: str = "v1",
    **fields: Any,
) -> Sighting:
    """A sighting of ``value``; story, article and outlet default to one another's names."""
    article = article or f"https://{story}.example/a"
    number = None
    if isinstance(value, int | float | Decimal) and not isinstance(value, bool):
        number = value if isinstance(value, Decimal) else Decimal(repr(value))
        number = number.to_integral_value() if number == number.to_integral_value() else number
    low, high = (
        None if number is None or end is None else number * Decimal(end)
        for end in _ENDS.get(bound, (1, 1))
    )
    said = Observation(
        claim=definition.claim,
        value=value if number is None else number,
        low=fields.pop("low", low),
        high=fields.pop("high", high),
        bound=bound,
        unit=fields.pop("unit", definition.unit),
        modality=fields.pop("modality", "asserted"),
        speaker=fields.pop("speaker", None),
        quote=fields.pop("quote", f"{bound} {value}"),
        start=fields.pop("start", 10),
        end=fields.pop("end", 30),
        **fields,
    )
    at = START + timedelta(hours=hours)
    return Sighting(
        said,
        url=article,
        story_id=story,
        outlet=outlet or f"outlet of {story}",
        text_sha256=hashlib.sha256(f"{article} {version}".encode()).hexdigest(),
        published_at=at,
        recorded_at=at + timedelta(minutes=5),
    )


def state_of(sightings: Iterable[Sighting], definition: Definition = LOSS) -> ClaimState:
    """The state of sightings that are all of one series."""
    known = list(sightings)
    state = assess(series_of(known[0], definition), known, definition)
    assert state is not None
    return state


def values(state: ClaimState) -> list[object]:
    """The values of the camps that weigh, heaviest first, in billions where they are money."""
    return [plain(camp.value, state) for camp in state.camps if camp.weight > 0]


def plain(value: object, state: ClaimState) -> object:
    if not isinstance(value, Decimal):
        return value
    return float(value / 10**9) if state.unit == "USD" else float(value)
