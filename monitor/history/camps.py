"""Which values of a series belong together: camps around the values most often stated."""

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import accumulate
from math import inf

from monitor.history.definition import Definition
from monitor.history.scale import Statement, Value, agree, backs, fits, place, reaches, window
from monitor.history.statements import stated
from monitor.types import Camp


@dataclass(frozen=True, slots=True)
class Group:
    """One camp in the making: its statements and the part of each one's votes it gets."""

    centre: Statement
    parts: Mapping[Statement, float]
    firm: bool  # somebody names the value; False: only bounds


def group(votes: Mapping[Statement, int], definition: Definition) -> tuple[Group, ...]:
    """The camps of statements with their votes, in no particular order.

    A camp forms around the value with most votes near it, so a rounded or hedged value never
    chains two others together. A bound or vague range is split over the compatible camps by their
    size: it can tell camps apart but not reorder those it fits. One that fits only camps out of
    its reach says nothing; one that no camp fits forms a camp of its own.
    """
    named = [statement for statement in votes if statement.firm]
    loose = [statement for statement in votes if not statement.firm]
    members = _around_modes(named, votes, definition)
    sizes = [
        (centre, sum(votes[statement] for statement in camp)) for centre, camp in members.items()
    ]
    parts: dict[Statement, dict[Statement, float]] = {
        centre: dict.fromkeys(camp, 1.0) for centre, camp in members.items()
    }
    alone = []
    for bound in loose:
        fitting = [(c, size) for c, size in sizes if _compatible(bound, c, definition)]
        near = [(c, size) for c, size in fitting if reaches(bound, c.at, definition)]
        total = sum(size for _, size in near)
        for centre, size in near:
            parts[centre][bound] = size / total if total else 1 / len(near)
        if not fitting:
            alone.append(bound)
    groups = [Group(centre, camp, firm=True) for centre, camp in parts.items()]
    for centre, camp in _around_modes(alone, votes, definition).items():
        groups.append(Group(centre, dict.fromkeys(camp, 1.0), firm=False))
    return tuple(groups)


def _compatible(bound: Statement, centre: Statement, definition: Definition) -> bool:
    return centre.word is None and backs(bound, centre.at, definition)


def _around_modes(
    named: Sequence[Statement], votes: Mapping[Statement, int], definition: Definition
) -> dict[Statement, list[Statement]]:
    """Centres and the statements around each, every statement at the nearest centre it fits."""
    density = _density(named, votes, definition)
    ranked = sorted(named, key=lambda s: (-density[s], -votes[s], *_order(s)))
    centres = _Centres(definition)
    for statement in ranked:
        if centres.nearest(statement) is None:
            centres.add(statement)
    members: dict[Statement, list[Statement]] = {}
    for statement in ranked:
        centre = centres.nearest(statement)
        assert centre is not None  # at least its own
        members.setdefault(centre, []).append(statement)
    return members


class _Centres:
    """Centres in order of place, so that the nearest fitting one is found among neighbours."""

    def __init__(self, definition: Definition) -> None:
        self.definition = definition
        self.ordered: list[Statement] = []
        self.places: list[float] = []
        self.words: dict[str, Statement] = {}
        self.widest = 0.0  # how far the span of any centre goes from its place

    def add(self, statement: Statement) -> None:
        if statement.word is not None:
            self.words[statement.word] = statement
            return
        place = bisect_left(self.places, statement.at)
        self.places.insert(place, statement.at)
        self.ordered.insert(place, statement)
        self.widest = max(self.widest, _width(statement))

    def nearest(self, statement: Statement) -> Statement | None:
        """The nearest centre that agrees with the statement, the lower one of two as near."""
        if statement.word is not None:
            return self.words.get(statement.word)
        far = max(self.widest, _width(statement), 2 * window(statement.at, self.definition))
        low = high = bisect_left(self.places, statement.at)
        while True:
            below = statement.at - self.places[low - 1] if low else inf
            above = self.places[high] - statement.at if high < len(self.places) else inf
            if min(below, above) > far or min(below, above) == inf:
                return None
            if below <= above:
                low -= 1
                centre = self.ordered[low]
            else:
                centre = self.ordered[high]
                high += 1
            if agree(statement, centre, self.definition):
                return centre


def _width(statement: Statement) -> float:
    return max(statement.at - statement.span[0], statement.span[1] - statement.at)


def _density(
    named: Sequence[Statement], votes: Mapping[Statement, int], definition: Definition
) -> dict[Statement, int]:
    """Votes for values within the one-camp share of each statement's own."""
    ordered = sorted((s for s in named if s.word is None), key=_order)
    places = [statement.at for statement in ordered]
    sums = [0, *accumulate(votes[statement] for statement in ordered)]
    density = {s: votes[s] for s in named}
    for statement in ordered:
        reach = window(statement.at, definition)
        low = bisect_left(places, statement.at - reach)
        high = bisect_right(places, statement.at + reach)
        density[statement] = sums[high] - sums[low]
    return density


def _order(statement: Statement) -> tuple[object, ...]:
    """A total order of statements that depends on nothing but what they say."""
    return (statement.at, statement.ends, statement.span, statement.word or "", str(statement))


@dataclass(frozen=True, slots=True)
class Standing:
    """The value that a camp stands for, as far as it was told."""

    value: Value
    low: Decimal | None = None
    high: Decimal | None = None


def same_camp(one: Camp | Standing, other: Camp | Standing, definition: Definition) -> bool:
    """Whether two camps of different times are the same one, its value perhaps refined."""
    first, second = stated(one.value, definition), stated(other.value, definition)
    if first is None or second is None:
        return one.value == other.value
    if fits(first, second, definition):
        return True
    if first.word is not None or second.word is not None:
        return False
    return _covers(one, second, definition) or _covers(other, first, definition)


def _covers(camp: Camp | Standing, statement: Statement, definition: Definition) -> bool:
    if camp.low is None and camp.high is None:
        return False
    low = camp.low is None or place(camp.low, definition.scale) <= statement.at
    return low and (camp.high is None or statement.at <= place(camp.high, definition.scale))
