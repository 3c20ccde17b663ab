"""Ballots of stories in, the state of a claim out."""

import hashlib
from collections.abc import Iterable, Sequence
from decimal import Context, Decimal

from monitor.history.ballots import ballots
from monitor.history.definition import Definition
from monitor.history.standings import Standings, standings
from monitor.history.tallies import Tally, tally
from monitor.types import Camp, ClaimState, Series, Sighting

_EXACT = Context(prec=60, traps=[])


def assess(
    series: Series, sightings: Iterable[Sighting], definition: Definition
) -> ClaimState | None:
    """What the live sightings of one series say together; None: there is none.

    The same in whatever order they come, and whenever they were recorded. See ``state``.
    """
    count = tally(ballots(sightings, definition))
    shown = standings(count, definition)
    assert shown is not None  # all accounts are at hand
    return state(series, count, shown, definition)


def state(
    series: Series, count: Tally, shown: Standings, definition: Definition
) -> ClaimState | None:
    """The state that the ballots of independent stories give; None: there are no ballots.

    One vote a story; where several outlets speak, the stories of one outlet share one vote, so
    that nobody wins by publishing thirty articles. ``point`` is the weighted interval median of
    the leading camp: conflict between camps is shown, not averaged. Values are in the claim's unit.
    """
    if count.times is None:
        return None
    weighty = [camp for camp in shown.camps if camp.weight > 0]
    leader = weighty[0] if weighty else None
    return ClaimState(
        series=series,
        unit=definition.unit,
        low=None if leader is None else leader.low,
        point=None if leader is None else leader.value,
        high=None if leader is None else leader.high,
        spread=_spread(weighty),
        contested=_is_contested(weighty, definition),
        camps=shown.camps,
        observations=count.observations,
        articles=count.articles,
        stories=count.stories,
        outlets=count.outlets,
        supporters=count.supporters,
        doubters=count.doubters,
        first_seen_at=count.times.first[0][0],
        last_seen_at=count.times.last[0],
        inputs_sha256=_inputs(count, definition),
    )


def _spread(camps: Sequence[Camp]) -> Decimal | None:
    values = [camp.value for camp in camps if isinstance(camp.value, Decimal)]
    return _EXACT.subtract(max(values), min(values)) if values else None


def _is_contested(camps: Sequence[Camp], definition: Definition) -> bool:
    return len(camps) > 1 and camps[1].weight >= definition.contested_share * camps[0].weight


def _inputs(count: Tally, definition: Definition) -> str:
    """A digest of everything the state was made from, but for the time we recorded it."""
    rules = (
        definition.kind,
        definition.unit,
        definition.scale,
        str(definition.one_camp),
        definition.contested_share,
        count.stories,
        count.digest,
    )
    return hashlib.sha256(str(rules).encode()).hexdigest()
