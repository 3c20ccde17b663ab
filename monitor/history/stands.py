"""Who stands where: the observations behind each camp of a state, and those against it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from monitor.history.ballots import DISSENT, seen_at
from monitor.history.definition import Definition
from monitor.history.scale import Statement, fits
from monitor.history.statements import stated, statements
from monitor.types import Camp, ClaimState, Sighting


@dataclass(frozen=True, slots=True)
class Stand:
    """A state and what it was made from, in the order in which the press said it."""

    state: ClaimState
    behind: tuple[tuple[Sighting, ...], ...]  # one for each camp
    dissent: tuple[Sighting, ...]  # doubted or denied
    apart: tuple[Sighting, ...]  # of no camp: not to be compared, or a bound that says nothing


def stand(state: ClaimState, sightings: Iterable[Sighting], definition: Definition) -> Stand:
    """Who stands where among the live sightings of a series, by the state that they make.

    An observation that several camps would keep, such as a bound, stands with the heaviest.
    """
    places = _Places(state.camps, definition)
    behind: list[list[Sighting]] = [[] for _ in state.camps]
    dissent: list[Sighting] = []
    apart: list[Sighting] = []
    for one in sorted(sightings, key=lambda one: (seen_at(one), one.url, one.observation.start)):
        if one.observation.modality in DISSENT:
            dissent.append(one)
            continue
        place = places.of(one)
        (apart if place is None else behind[place]).append(one)
    return Stand(state, tuple(map(tuple, behind)), tuple(dissent), tuple(apart))


class _Places:
    """The camp that each statement stands with, looked up once for all who say the same."""

    def __init__(self, camps: Sequence[Camp], definition: Definition) -> None:
        self.definition = definition
        self.camps = [(camp.weight > 0, stated(camp.value, definition)) for camp in camps]
        self.known: dict[tuple[bool, tuple[Statement, ...]], int | None] = {}

    def of(self, one: Sighting) -> int | None:
        key = ("suspect" in one.observation.flags, statements(one, self.definition))
        if key not in self.known:
            self.known[key] = self._found(*key)
        return self.known[key]

    def _found(self, is_suspect: bool, said: Sequence[Statement]) -> int | None:
        for place, (is_weighty, centre) in enumerate(self.camps):
            if (is_suspect and is_weighty) or centre is None:
                continue
            if any(fits(each, centre, self.definition) for each in said):
                return place
        return None


def fewest(stories: Iterable[str], linked: Iterable[tuple[str, str]]) -> int:
    """How many stories are left when those that may be rewrites of another count with it."""
    root = {story: story for story in stories}

    def find(story: str) -> str:
        while root[story] != story:
            story = root[story]
        return story

    for one, other in linked:
        if one in root and other in root:
            root[find(one)] = find(other)
    return sum(root[story] == story for story in root)
