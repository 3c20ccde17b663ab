"""Ballots of stories in, the state of a claim out."""

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Context, Decimal
from math import fsum

from monitor.history.ballots import Ballot, Entry, ballots
from monitor.history.camps import Group, group
from monitor.history.definition import Definition
from monitor.history.statements import Statement, Value
from monitor.types import Camp, ClaimState, Series, Sighting

LEADING_OUTLETS = 5  # outlets named with a camp
_EXACT = Context(prec=60, traps=[])
_ROUND = 6  # decimals of weights in states: finer ones are noise of adding up


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
    counts = _count(votes, definition)
    camps = _camps(counts, definition)
    leader = next((camp for camp in camps if camp.weight > 0), None)
    shown = [camp for camp in camps if camp.weight > 0]
    outlets = {outlet for one in votes for outlet in one.outlets}
    return ClaimState(
        series=series,
        unit=definition.unit,
        low=None if leader is None else leader.low,
        point=None if leader is None else leader.value,
        high=None if leader is None else leader.high,
        spread=_spread(shown),
        contested=_contested(shown, definition),
        camps=camps,
        observations=sum(one.observations for one in votes),
        articles=sum(len(one.outlets) for one in votes),
        stories=len(votes),
        outlets=len(outlets),
        supporters=sum(any(not entry.suspect for entry in one.entries) for one in votes),
        doubters=sum(one.dissents for one in votes),
        first_seen_at=min(one.first_seen_at for one in votes),
        last_seen_at=max(one.last_seen_at for one in votes),
        inputs_sha256=_inputs(votes, definition),
    )


@dataclass(slots=True)
class _Count:
    """What all stories together say of one statement."""

    votes: list[float] = field(default_factory=list)
    entries: list[tuple[int, Ballot, Entry, float]] = field(default_factory=list)


def _count(votes: Sequence[Ballot], definition: Definition) -> dict[tuple[Statement, bool], _Count]:
    voices = Counter(one.voice for one in votes if any(entry.share for entry in one.entries))
    counts: dict[tuple[Statement, bool], _Count] = {}
    for index, one in enumerate(votes):
        factor = 1 / voices[one.voice] if len(voices) > 1 and voices[one.voice] else 1.0
        for entry in one.entries:
            count = counts.setdefault((entry.statement, entry.suspect), _Count())
            count.votes.append(entry.share * factor)
            count.entries.append((index, one, entry, entry.share * factor))
    return counts


def _camps(
    counts: dict[tuple[Statement, bool], _Count], definition: Definition
) -> tuple[Camp, ...]:
    """Camps that somebody states outright first, then mere bounds, then suspect values."""
    ranked = []
    for suspect in (False, True):
        weights = {
            statement: fsum(count.votes)
            for (statement, flagged), count in counts.items()
            if flagged is suspect
        }
        for one in group(weights, definition):
            camp = _camp(one, weights, {s: counts[s, suspect] for s in one.parts})
            ranked.append((suspect, not one.firm, camp))
    ranked.sort(key=lambda item: (*item[:2], *_rank(item[2])))
    return tuple(camp for *_, camp in ranked)


def _camp(one: Group, weights: dict[Statement, float], counts: dict[Statement, _Count]) -> Camp:
    outlets: dict[str, float] = defaultdict(float)
    articles: set[tuple[int, int]] = set()
    seen: list[datetime] = []
    parts = sorted(one.parts.items(), key=lambda item: str(item[0]))
    for statement, part in parts:
        for index, ballot, entry, vote in counts[statement].entries:
            articles.update((index, article) for article in entry.articles)
            seen += (entry.first_seen_at, entry.last_seen_at)
            for article in entry.articles:
                outlets[ballot.outlets[article]] += part * vote / len(entry.articles)
    named = {s: weights[s] * part for s, part in parts if s.firm or not one.firm}
    lows, highs = [s.low for s in named], [s.high for s in named]
    return Camp(
        value=_median(named),
        low=None if None in lows else min(n for n in lows if n is not None),
        high=None if None in highs else max(n for n in highs if n is not None),
        weight=round(fsum(weights[s] * part for s, part in parts), _ROUND),
        articles=len(articles),
        stories=len({story for story, _ in articles}),
        outlets=tuple(
            sorted(outlets, key=lambda name: (-round(outlets[name], _ROUND), name))[
                :LEADING_OUTLETS
            ]
        ),
        first_seen_at=min(seen),
        last_seen_at=max(seen),
    )


def _median(named: dict[Statement, float]) -> Value:
    """The stated value nearest to the weighted median of the intervals.

    Half of a vote lies on the figure itself and a quarter on each end of its hedge, so "nearly
    $600bn" leaves room for a precise figure to settle the value, yet a single low one does not.
    """
    total = fsum(named.values())
    weights = named if total > 0 else dict.fromkeys(named, 1.0)
    masses: dict[float, list[float]] = {}
    for statement, weight in weights.items():
        low, high = (end if abs(end) < float("inf") else statement.at for end in statement.ends)
        for at, share in ((low, 0.25), (statement.at, 0.5), (high, 0.25)):
            masses.setdefault(at, []).append(share * weight)
    half = fsum(weights.values()) / 2
    below: list[float] = []
    middle = 0.0
    for middle in sorted(masses):
        below += masses[middle]
        if fsum(below) >= half - 1e-9:
            break
    at_middle = min(
        weights,
        key=lambda s: (round(abs(s.at - middle), 9), -round(weights[s], 9), s.at, str(s.value)),
    )
    return at_middle.value


def _spread(camps: Sequence[Camp]) -> Decimal | None:
    values = [camp.value for camp in camps if isinstance(camp.value, Decimal)]
    return _EXACT.subtract(max(values), min(values)) if values else None


def _contested(camps: Sequence[Camp], definition: Definition) -> bool:
    if len(camps) < 2:
        return False
    return camps[1].weight >= definition.contested_share * camps[0].weight


def _rank(camp: Camp) -> tuple[float, int, datetime, Decimal, str]:
    """Heaviest first; at a tie the camp that was there first, so that it does not change hands."""
    value = camp.value if isinstance(camp.value, Decimal) else Decimal(0)
    return (-camp.weight, -camp.stories, camp.first_seen_at, value, str(camp.value))


def _inputs(votes: Sequence[Ballot], definition: Definition) -> str:
    """A digest of everything the state was made from, but for the time we recorded it."""
    stated = sorted(str(entry.statement) for one in votes for entry in one.entries)
    rules = (
        definition.kind,
        definition.unit,
        definition.scale,
        str(definition.one_camp),
        definition.contested_share,
    )
    lines = [str(rules), *(one.digest for one in votes), *stated]
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()
