"""Who stands where: the observations behind each camp of a state, and those against it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from monitor.history.ballots import DISSENT, seen_at
from monitor.history.consensus import assess
from monitor.history.definition import Definition
from monitor.history.scale import Statement, fits
from monitor.history.statements import stated, statements
from monitor.types import Camp, ClaimState, Series, Sighting


@dataclass(frozen=True, slots=True)
class Stand:
    """A state and what it was made from, in the order in which the press said it."""

    state: ClaimState
    behind: tuple[tuple[Sighting, ...], ...]  # one for each camp
    dissent: tuple[Sighting, ...]  # doubted or denied
    apart: tuple[Sighting, ...]  # of no camp: not to be compared, or a bound that says nothing


def stand(series: Series, sightings: Iterable[Sighting], definition: Definition) -> Stand | None:
    """Who stands where among the live sightings of a series; None: there are none.

    An observation that several camps would keep, such as a bound, stands with the heaviest.
    """
    seen = sorted(sightings, key=lambda one: (seen_at(one), one.url, one.observation.start))
    state = assess(series, seen, definition)
    if state is None:
        return None
    centres = [stated(camp.value, definition) for camp in state.camps]
    behind: list[list[Sighting]] = [[] for _ in state.camps]
    dissent: list[Sighting] = []
    apart: list[Sighting] = []
    for one in seen:
        if one.observation.modality in DISSENT:
            dissent.append(one)
            continue
        place = _place(one, state.camps, centres, definition)
        (apart if place is None else behind[place]).append(one)
    return Stand(state, tuple(map(tuple, behind)), tuple(dissent), tuple(apart))


def _place(
    one: Sighting,
    camps: Sequence[Camp],
    centres: Sequence[Statement | None],
    definition: Definition,
) -> int | None:
    said = statements(one, definition)
    is_suspect = "suspect" in one.observation.flags
    for place, (camp, centre) in enumerate(zip(camps, centres, strict=True)):
        if (is_suspect and camp.weight > 0) or centre is None:
            continue
        if any(fits(each, centre, definition) for each in said):
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
