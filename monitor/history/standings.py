"""The camps of a series with their size: who stands where, and how many of them."""

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from monitor.history.accounts import NONE
from monitor.history.ballots import VOTE
from monitor.history.camps import Group, group
from monitor.history.definition import Definition
from monitor.history.leaders import Camps, Leaders, followed, led
from monitor.history.scale import Statement, Value
from monitor.history.tallies import Said, Tally
from monitor.types import Camp

# All bounds that a camp keeps add at most this share of what its value has outright: "more than
# half a trillion" may lift nearly 600 over 100 billion, five bounds cannot turn a majority
# (test_attacks.py).
BOUNDS_ADD = 0.2


@dataclass(frozen=True, slots=True)
class Standings:
    """All camps, and who leads each: more outlets than a camp names."""

    camps: tuple[Camp, ...]
    leaders: Camps


@dataclass(frozen=True, slots=True)
class _Made:
    """A camp in the making."""

    firm: bool  # somebody names its value; False: only bounds
    keys: tuple[str, ...]  # of all that it keeps
    own: Mapping[str, Said]  # what names its value: says what it is, and when it was said
    votes: Mapping[Statement, int]  # for what names its value
    bounds: int  # votes of all else that it keeps

    @property
    def outright(self) -> int:
        """Votes for its value."""
        return sum(self.votes.values())


def standings(tally: Tally, definition: Definition) -> Standings | None:
    """All camps: those that somebody states outright, then mere bounds, then suspect values.

    Heaviest first, so a camp of mere bounds is never shown heavier than one that is stated.
    Suspect values are shown and weigh nothing. None: who leads a camp is not kept, and not all
    accounts are at hand.
    """
    made = [_made(tally, suspect, definition) for suspect in (False, True)]
    leaders = _leaders(tally, [frozenset(one.own) for some in made for one in some])
    if leaders is None:
        return None
    counts = _Counts(tally, [one.keys for some in made for one in some])
    camps: list[Camp] = []
    for some in made:
        for camp in _ranked(some, counts, leaders):
            most = camps[-1].weight if camps else math.inf
            camps.append(replace(camp, weight=min(camp.weight, most)))
    return Standings(tuple(camps), leaders)


def _leaders(tally: Tally, camps: Sequence[frozenset[str]]) -> Camps | None:
    changed = {outlet: tally.accounts.get(outlet, NONE) for outlet in tally.changed}
    found = followed(tally.leaders, tally.fresh, camps, changed, tally.is_shared)
    rest = [keys for keys in camps if keys not in found]
    if rest and tally.at_hand is not None:
        return None
    return {**found, **led(rest, tally.accounts, tally.is_shared)}


def _made(tally: Tally, suspect: bool, definition: Definition) -> list[_Made]:
    """The camps of the trusted or of the suspect values."""
    keys = {said.statement: key for key, said in tally.said.items() if said.suspect is suspect}
    votes = {statement: _votes(tally, key) for statement, key in keys.items()}
    return [_camp_of(one, tally, keys, votes) for one in group(votes, definition)]


def _votes(tally: Tally, key: str) -> int:
    said = tally.said[key]
    return said.shared if tally.is_shared else said.votes


def _camp_of(
    one: Group, tally: Tally, keys: Mapping[Statement, str], votes: Mapping[Statement, int]
) -> _Made:
    own = [statement for statement in one.parts if statement.firm or not one.firm]
    kept = [statement for statement in one.parts if one.firm and not statement.firm]
    return _Made(
        firm=one.firm,
        keys=tuple(keys[statement] for statement in one.parts),
        own={(key := keys[statement]): tally.said[key] for statement in own},
        votes={statement: votes[statement] for statement in own},
        bounds=sum(round(votes[statement] * one.parts[statement]) for statement in kept),
    )


class _Counts:
    """How much is behind statements together."""

    def __init__(self, tally: Tally, camps: Iterable[Sequence[str]]) -> None:
        self.tally = tally
        self.holding: dict[str, list[frozenset[str]]] = {
            key: [] for keys in camps if len(keys) > 1 for key in keys
        }
        for things in tally.together:
            for key in things:
                if key in self.holding:
                    self.holding[key].append(things)

    def behind(self, keys: Iterable[str]) -> tuple[int, int]:
        """How many articles and how many stories say one of these."""
        articles = stories = 0
        met: set[frozenset[str]] = set()
        for key in keys:
            articles += self.tally.said[key].articles
            stories += self.tally.said[key].stories
            for things in self.holding.get(key, ()):
                if things in met:  # counted already, for what else it says
                    articles -= self.tally.together[things][0]
                    stories -= self.tally.together[things][1]
                met.add(things)
        return articles, stories


def _ranked(made: Iterable[_Made], counts: _Counts, leaders: Camps) -> Iterable[Camp]:
    ranked = []
    for one in made:
        camp = _camp(one, counts, leaders[frozenset(one.own)])
        # at a tie the camp that was there first leads, so that the lead does not change hands
        place = (-camp.weight, -one.outright, -counts.behind(one.own)[1], camp.first_seen_at)
        ranked.append(((not one.firm, *place, _value_order(camp.value)), camp))
    return (camp for _, camp in sorted(ranked, key=lambda item: item[0]))


def _value_order(value: Value) -> tuple[Decimal, str]:
    return (value, "") if isinstance(value, Decimal) else (Decimal(0), str(value))


def _camp(one: _Made, counts: _Counts, leaders: Leaders) -> Camp:
    """Bounds that a camp keeps count as articles and stories behind it."""
    bounds = min(one.bounds, BOUNDS_ADD * one.outright)
    articles, stories = counts.behind(one.keys)
    low, high = _hull(one.votes)
    first_seen_at, first_url, first_outlet = min(said.first for said in one.own.values())
    return Camp(
        value=median(one.votes),
        low=low,
        high=high,
        weight=round((one.outright + bounds) / VOTE, 6),
        articles=articles,
        stories=stories,
        outlets=leaders.shown,
        first_seen_at=first_seen_at,
        last_seen_at=max(said.last_seen_at for said in one.own.values()),
        first_url=first_url,
        first_outlet=first_outlet,
    )


def _hull(own: Iterable[Statement]) -> tuple[Decimal | None, Decimal | None]:
    """From the lowest to the highest number that the statements allow; None: open, or words."""
    lows, highs = zip(*((one.low, one.high) for one in own), strict=True)
    low = None if None in lows else min(lows)
    return low, None if None in highs else max(highs)


def median(own: Mapping[Statement, int]) -> Value:
    """The stated value nearest to the weighted median of the intervals; needs at least one.

    Half of a vote lies on the figure itself and a quarter on each end of its hedge, so "nearly
    $600bn" leaves room for a precise figure to settle the value, yet a single low one does not.
    """
    weights = own if any(own.values()) else dict.fromkeys(own, 1)
    masses: dict[float, int] = defaultdict(int)
    for statement, weight in weights.items():
        for end in statement.ends:
            masses[end if math.isfinite(end) else statement.at] += weight
        masses[statement.at] += 2 * weight
    half, below, middle = 2 * sum(weights.values()), 0, 0.0
    for middle in sorted(masses):
        below += masses[middle]
        if below >= half:
            break
    nearest = min(
        weights,
        key=lambda s: (round(abs(s.at - middle), 9), -weights[s], s.at, str(s.value)),
    )
    return nearest.value
