"""The camps of a series with their size: who stands where, and how many of them."""

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal

from monitor.history.ballots import Ballot, Entry
from monitor.history.camps import Group, group
from monitor.history.definition import Definition
from monitor.history.statements import Statement, Value
from monitor.types import Camp

LEADING_OUTLETS = 5  # outlets named with a camp
# All bounds that a camp keeps add at most this share of what its value has outright: "more than
# half a trillion" may lift nearly 600 over 100 billion, five bounds cannot turn a majority
# (test_attacks.py).
BOUNDS_ADD = 0.2
# Votes are whole numbers of this part of a story's vote: adding floats up in another order would
# give another state.
VOTE = 10**9


@dataclass(frozen=True, slots=True)
class _Voice:
    """What one story says of one statement, with its vote."""

    story: int
    ballot: Ballot
    entry: Entry
    vote: int


def standings(votes: Sequence[Ballot], definition: Definition) -> tuple[Camp, ...]:
    """All camps: those that somebody states outright, then mere bounds, then suspect values.

    Heaviest first, so a camp of mere bounds is never shown heavier than one that is stated.
    Suspect values are shown and weigh nothing.
    """
    voices = _voices(votes)
    trusted = _ranked({s: v for (s, suspect), v in voices.items() if not suspect}, definition)
    suspect = _ranked({s: v for (s, suspect), v in voices.items() if suspect}, definition)
    capped: list[Camp] = []
    for camp in (*trusted, *suspect):
        most = capped[-1].weight if capped else math.inf
        capped.append(replace(camp, weight=min(camp.weight, most)))
    return tuple(capped)


def _voices(votes: Sequence[Ballot]) -> dict[tuple[Statement, bool], list[_Voice]]:
    stories = Counter(one.voice for one in votes if any(entry.share for entry in one.entries))
    voices: dict[tuple[Statement, bool], list[_Voice]] = defaultdict(list)
    for index, one in enumerate(votes):
        sharing = stories[one.voice] if len(stories) > 1 else 1
        for entry in one.entries:
            vote = round(VOTE * entry.share / max(sharing, 1))
            voices[entry.statement, entry.suspect].append(_Voice(index, one, entry, vote))
    return voices


def _ranked(voices: Mapping[Statement, Sequence[_Voice]], definition: Definition) -> Iterable[Camp]:
    weights = {statement: sum(one.vote for one in said) for statement, said in voices.items()}
    ranked = []
    for one in group(weights, definition):
        own = {s: weights[s] for s in one.parts if s.firm or not one.firm}
        camp = _camp(one, own, weights, voices)
        stories = len({voice.story for statement in own for voice in voices[statement]})
        # at a tie the camp that was there first leads, so that the lead does not change hands
        place = (not one.firm, -camp.weight, -sum(own.values()), -stories, camp.first_seen_at)
        ranked.append(((*place, _value_order(camp.value)), camp))
    return (camp for _, camp in sorted(ranked, key=lambda item: item[0]))


def _value_order(value: Value) -> tuple[Decimal, str]:
    return (value, "") if isinstance(value, Decimal) else (Decimal(0), str(value))


def _camp(
    one: Group,
    own: Mapping[Statement, int],
    weights: Mapping[Statement, int],
    voices: Mapping[Statement, Sequence[_Voice]],
) -> Camp:
    """``own`` are the statements that name the camp's value: they say when it was seen, and what.

    The rest are bounds that it keeps: they count as articles and stories behind it.
    """
    behind = [(voice, part) for s, part in one.parts.items() for voice in voices[s]]
    articles = {(voice.story, article) for voice, _ in behind for article in voice.entry.articles}
    seen = [time for s in own for voice in voices[s] for time in _times(voice.entry)]
    low, high = _hull(own)
    outright = sum(own.values())
    bounds = sum(round(weights[s] * part) for s, part in one.parts.items() if s not in own)
    return Camp(
        value=median(own),
        low=low,
        high=high,
        weight=round((outright + min(bounds, BOUNDS_ADD * outright)) / VOTE, 6),
        articles=len(articles),
        stories=len({story for story, _ in articles}),
        outlets=_leading(behind),
        first_seen_at=min(seen),
        last_seen_at=max(seen),
    )


def _times(entry: Entry) -> tuple[datetime, datetime]:
    return entry.first_seen_at, entry.last_seen_at


def _leading(behind: Iterable[tuple[_Voice, float]]) -> tuple[str, ...]:
    """The outlets that carry most of the votes; articles of one story share its vote."""
    carried: dict[str, int] = defaultdict(int)
    for voice, part in behind:
        articles = voice.entry.articles
        for article in articles:
            carried[voice.ballot.outlets[article]] += round(voice.vote * part / len(articles))
    return tuple(sorted(carried, key=lambda name: (-carried[name], name))[:LEADING_OUTLETS])


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
