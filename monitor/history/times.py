"""First and last of many times, kept so that most of them can be taken away again."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TypeVar

from monitor.history.ballots import First

# Times kept at each end. An edit takes away one; only after so many at one end, with nothing new
# there, must all be counted again (test_properties.py).
KEPT = 8

_Item = TypeVar("_Item", First, datetime)
Seen = tuple[First, datetime]  # of one ballot or entry: its first and its last


@dataclass(frozen=True, slots=True)
class Times:
    """The ends of a number of times; never empty."""

    first: tuple[First, ...]  # the earliest, in order
    last: tuple[datetime, ...]  # the latest, the very last one first


def dump(times: Times) -> str:
    """The times as JSON."""
    first = [(ticks(at), *who) for at, *who in times.first]
    return json.dumps([first, [ticks(at) for at in times.last]], separators=(",", ":"))


def load(text: str) -> Times:
    """The times of a text that ``dump`` gave."""
    first, last = json.loads(text)
    return Times(
        tuple((moment(at), url, outlet) for at, url, outlet in first),
        tuple(moment(at) for at in last),
    )


_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_TICK = timedelta(microseconds=1)


def ticks(at: datetime) -> int:
    """Microseconds since 1970."""
    return (at - _EPOCH) // _TICK


def moment(ticks: int) -> datetime:
    """The time so many microseconds after 1970."""
    return _EPOCH + ticks * _TICK


def moved(
    known: Times | None, many: int, gone: Iterable[Seen], new: Iterable[Seen]
) -> Times | None:
    """The times with some taken away and others added; ``many`` is how many there were before.

    None: nothing is left at one end, or what was taken away was never there: count all again.
    """
    gone, new = list(gone), list(new)
    first = _nearest(
        known.first if known else (), many, [one[0] for one in gone], [one[0] for one in new]
    )
    # datetimes in falling order; a sort key would have to be undone for the other end
    last = _farthest(
        known.last if known else (), many, [one[1] for one in gone], [one[1] for one in new]
    )
    return Times(first, last) if first and last else None


def _nearest(
    known: tuple[First, ...], many: int, gone: list[First], new: list[First]
) -> tuple[First, ...]:
    left = _left(known, many, gone)
    if left is None:
        return ()
    if len(known) < many:  # what lies beyond the last one kept is not known
        new = [one for one in new if one <= known[-1]]
    return tuple(sorted([*left, *new])[:KEPT])


def _farthest(
    known: tuple[datetime, ...], many: int, gone: list[datetime], new: list[datetime]
) -> tuple[datetime, ...]:
    left = _left(known, many, gone)
    if left is None:
        return ()
    if len(known) < many:
        new = [one for one in new if one >= known[-1]]
    return tuple(sorted([*left, *new], reverse=True)[:KEPT])


def _left(known: tuple[_Item, ...], many: int, gone: list[_Item]) -> list[_Item] | None:
    """What is left of the kept ones; None: one is missing that should be there."""
    left = list(known)
    for one in gone:
        if one in left:
            left.remove(one)
        elif len(known) >= many:
            return None
    return left
