"""The camps of a series with their size: who stands where, and how many of them."""

import math
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from heapq import nlargest

from monitor.history.ballots import VOTE
from monitor.history.camps import Group, group
from monitor.history.definition import Definition
from monitor.history.scale import Statement, Value
from monitor.history.tallies import Said, Tally
from monitor.history.times import Times
from monitor.types import Camp

LEADING_OUTLETS = 5  # outlets named with a camp
# All bounds that a camp keeps add at most this share of what its value has outright: "more than
# half a trillion" may lift nearly 600 over 100 billion, five bounds cannot turn a majority
# (test_attacks.py).
BOUNDS_ADD = 0.2


@dataclass(frozen=True, slots=True)
class _Votes:
    """What is said of the trusted or of the suspect values, with votes after sharing."""

    tally: Tally
    keys: Mapping[Statement, str]
    shared: Mapping[Statement, dict[str, int]]  # votes by outlet
    weights: Mapping[Statement, int]
    articles: Mapping[str, Mapping[int, int]]  # key -> sets of things with it -> how many say those
    stories: Mapping[str, Mapping[int, int]]

    def behind(self, statements: Iterable[Statement]) -> tuple[int, int]:
        """How many articles and how many stories say one of these."""
        keys = [self.keys[statement] for statement in statements]
        articles = {number: many for key in keys for number, many in self.articles[key].items()}
        stories = {number: many for key in keys for number, many in self.stories[key].items()}
        return sum(articles.values()), sum(stories.values())

    def times(self, statement: Statement) -> Times:
        """When it was said first and last."""
        return self.tally.said[self.keys[statement]].times


def standings(tally: Tally, definition: Definition) -> tuple[Camp, ...]:
    """All camps: those that somebody states outright, then mere bounds, then suspect values.

    Heaviest first, so a camp of mere bounds is never shown heavier than one that is stated.
    Suspect values are shown and weigh nothing.
    """
    camps: list[Camp] = []
    for suspect in sorted({said.suspect for said in tally.said.values()}):
        for camp in _ranked(_votes(tally, suspect), definition):
            most = camps[-1].weight if camps else math.inf
            camps.append(replace(camp, weight=min(camp.weight, most)))
    return tuple(camps)


def _votes(tally: Tally, suspect: bool) -> _Votes:
    own = {key: said for key, said in tally.said.items() if said.suspect is suspect}
    shared = {said.statement: _shared(said, tally.voices) for said in own.values()}
    return _Votes(
        tally,
        keys={said.statement: key for key, said in own.items()},
        shared=shared,
        weights={statement: sum(votes.values()) for statement, votes in shared.items()},
        articles=_holding(tally.articles),
        stories=_holding(tally.stories),
    )


def _holding(sets: Mapping[frozenset[str], int]) -> dict[str, dict[int, int]]:
    holding: dict[str, dict[int, int]] = defaultdict(dict)
    for number, (things, many) in enumerate(sets.items()):
        for key in things:
            holding[key][number] = many
    return holding


def _shared(said: Said, voting: Mapping[str, int]) -> dict[str, int]:
    """Votes by outlet: where several outlets speak, the stories of one share one vote."""
    if len(voting) < 2:
        return {voice: votes for voice, (_, votes) in said.voices.items()}
    return {voice: votes and votes // voting[voice] for voice, (_, votes) in said.voices.items()}


def _ranked(votes: _Votes, definition: Definition) -> Iterable[Camp]:
    ranked = []
    for one in group(votes.weights, definition):
        own = [statement for statement in one.parts if statement.firm or not one.firm]
        camp = _camp(one, own, votes)
        outright = sum(votes.weights[statement] for statement in own)
        # at a tie the camp that was there first leads, so that the lead does not change hands
        place = (-camp.weight, -outright, -votes.behind(own)[1], camp.first_seen_at)
        ranked.append(((not one.firm, *place, _value_order(camp.value)), camp))
    return (camp for _, camp in sorted(ranked, key=lambda item: item[0]))


def _value_order(value: Value) -> tuple[Decimal, str]:
    return (value, "") if isinstance(value, Decimal) else (Decimal(0), str(value))


def _camp(one: Group, own: Collection[Statement], votes: _Votes) -> Camp:
    """``own`` are the statements that name the camp's value: they say what it is, and when it was.

    The rest are bounds that it keeps: they count as articles and stories behind it.
    """
    outright = sum(votes.weights[statement] for statement in own)
    parts = {s: round(votes.weights[s] * part) for s, part in one.parts.items()}
    bounds = sum(part for statement, part in parts.items() if statement not in set(own))
    articles, stories = votes.behind(one.parts)
    low, high = _hull(own)
    times = [votes.times(statement) for statement in own]
    first_seen_at, first_url, first_outlet = min(one.first[0] for one in times)
    return Camp(
        value=median({statement: votes.weights[statement] for statement in own}),
        low=low,
        high=high,
        weight=round((outright + min(bounds, BOUNDS_ADD * outright)) / VOTE, 6),
        articles=articles,
        stories=stories,
        outlets=_leading(votes.shared[statement] for statement in own),
        first_seen_at=first_seen_at,
        last_seen_at=max(one.last[0] for one in times),
        first_url=first_url,
        first_outlet=first_outlet,
    )


def _leading(shared: Iterable[dict[str, int]]) -> tuple[str, ...]:
    """The outlets whose stories vote most for it; copies vote with the outlet that was first."""
    carried, *others = shared
    if others:
        carried = carried.copy()
    for votes in others:
        for voice, vote in votes.items():
            carried[voice] = carried.get(voice, 0) + vote
    least = min(nlargest(LEADING_OUTLETS, carried.values()), default=0)
    leading = [voice for voice, vote in carried.items() if vote >= least]
    return tuple(sorted(leading, key=lambda name: (-carried[name], name))[:LEADING_OUTLETS])


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
