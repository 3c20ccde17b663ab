"""Ballots of stories in, the state of a claim out."""

import hashlib
from collections.abc import Iterable, Sequence
from decimal import Context, Decimal

from monitor.history.ballots import Ballot, ballots
from monitor.history.definition import Definition
from monitor.history.standings import standings
from monitor.types import Camp, ClaimState, Series, Sighting

_EXACT = Context(prec=60, traps=[])


def assess(
    series: Series, sightings: Iterable[Sighting], definition: Definition
) -> ClaimState | None:
    """What the live sightings of one series say together; None: there is none.

    The same in whatever order they come, and whenever they were recorded. See ``tally``.
    """
    return tally(series, ballots(sightings, definition), definition)


def tally(series: Series, votes: Sequence[Ballot], definition: Definition) -> ClaimState | None:
    """The state that the ballots of independent stories give; None: there are no ballots.

    One vote a story; where several outlets speak, the stories of one outlet share one vote, so
    that nobody wins by publishing thirty articles. ``point`` is the weighted interval median of
    the leading camp: conflict between camps is shown, not averaged. Values are in the claim's unit.
    """
    if not votes:
        return None
    votes = sorted(votes, key=lambda one: one.digest)
    camps = standings(votes, definition)
    weighty = [camp for camp in camps if camp.weight > 0]
    leader = weighty[0] if weighty else None
    return ClaimState(
        series=series,
        unit=definition.unit,
        low=None if leader is None else leader.low,
        point=None if leader is None else leader.value,
        high=None if leader is None else leader.high,
        spread=_spread(weighty),
        contested=_is_contested(weighty, definition),
        camps=camps,
        observations=sum(one.observations for one in votes),
        articles=sum(len(one.outlets) for one in votes),
        stories=len(votes),
        outlets=len({outlet for one in votes for outlet in one.outlets}),
        supporters=sum(any(not entry.suspect for entry in one.entries) for one in votes),
        doubters=sum(one.dissents for one in votes),
        first_seen_at=min(one.first_seen_at for one in votes),
        last_seen_at=max(one.last_seen_at for one in votes),
        inputs_sha256=_inputs(votes, definition),
    )


def _spread(camps: Sequence[Camp]) -> Decimal | None:
    values = [camp.value for camp in camps if isinstance(camp.value, Decimal)]
    return _EXACT.subtract(max(values), min(values)) if values else None


def _is_contested(camps: Sequence[Camp], definition: Definition) -> bool:
    return len(camps) > 1 and camps[1].weight >= definition.contested_share * camps[0].weight


def _inputs(votes: Sequence[Ballot], definition: Definition) -> str:
    """A digest of everything the state was made from, but for the time we recorded it."""
    rules = (
        definition.kind,
        definition.unit,
        definition.scale,
        str(definition.one_camp),
        definition.contested_share,
    )
    lines = (str(rules), *(one.digest for one in votes))
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()
