"""What a change of one article does to the series it speaks of: new states, counts and events."""

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace

from monitor.history.ballots import Ballot, ballot, ballots, series_of
from monitor.history.consensus import state
from monitor.history.definition import Definition
from monitor.history.events import changes, told
from monitor.history.standings import Standings, standings
from monitor.history.stored import dump, load
from monitor.history.tallies import Tally, counts_the_same, recount, tally
from monitor.history.telling import ArticleChange
from monitor.types import ClaimEvent, ClaimState, Count, Series, SeriesPast, Sighting

DefinitionOf = Callable[[str], Definition]


@dataclass(frozen=True, slots=True)
class Moves:
    """What changed, and what was to be known for it: then nothing else is to be taken from here.

    ``uncounted``: series whose count says too little; all sightings are needed. ``unled``: series
    where the accounts of all outlets are needed, to tell who leads a camp.
    """

    states: tuple[ClaimState, ...] = ()
    counts: tuple[Count, ...] = ()
    events: tuple[ClaimEvent, ...] = ()
    uncounted: tuple[Series, ...] = ()
    unled: tuple[Series, ...] = ()


def move(
    change: ArticleChange,
    story_id: str,
    past: Mapping[Series, SeriesPast],
    definition_of: DefinitionOf,
) -> Moves:
    """States, counts and events of every series that a change of an article of a story touches.

    The cost follows the article, its story and the number of different values in a series, not how
    many articles speak of it.
    """
    states: list[ClaimState] = []
    counts: list[Count] = []
    events: list[ClaimEvent] = []
    uncounted: list[Series] = []
    unled: list[Series] = []
    for series, definition in _touched(change, definition_of):
        known = past.get(series, SeriesPast())
        count = _counted(series, known, change, story_id, definition)
        if count is None:
            uncounted.append(series)
            continue
        shown = standings(count, definition)
        if shown is None:
            unled.append(series)
            continue
        after = _next_state(known.state, state(series, count, shown, definition))
        own = replace(change, others=known.others)
        events += changes(known.state, after or known.state, own, definition, told(known.told))
        if after is not None:
            states.append(after)
            counts.append(_kept(after, count, shown, definition))
    return Moves(tuple(states), tuple(counts), tuple(events), tuple(uncounted), tuple(unled))


def assess_again(
    series: Series, known: SeriesPast, definition: Definition
) -> tuple[ClaimState | None, Count | None]:
    """The new state of a series from all its live sightings, None: as before; and its count.

    ``known.others`` has all of them. The count is None where nobody ever spoke of the series.
    """
    count, shown = _again(known.others, definition)
    after = _next_state(known.state, state(series, count, shown, definition))
    last = after or known.state
    return after, None if last is None else _kept(last, count, shown, definition)


def _again(sightings: Sequence[Sighting], definition: Definition) -> tuple[Tally, Standings]:
    count = tally(ballots(sightings, definition))
    shown = standings(count, definition)
    assert shown is not None  # all accounts are at hand
    return count, shown


def recounted(series: Series, known: SeriesPast, definition: Definition) -> Iterator[str]:
    """In words, what of a series differs from counting again its live sightings, all of which
    ``known.others`` has: what is shown of it, and what is counted beside it.
    """
    again, camps = _again(known.others, definition)
    after, shown = state(series, again, camps, definition), known.state
    if shown is not None:
        after = after or _silent(shown)
        names = [f.name for f in fields(shown) if getattr(shown, f.name) != getattr(after, f.name)]
        if names:
            told = (f"{name} {_told(shown, name)}, not {_told(after, name)}" for name in names)
            yield f"its state says {'; '.join(told)}"
    running = _running(known, definition)
    if running is not None and not counts_the_same(running, camps.leaders, again):
        yield "its running count (series_count) is not that of its observations"


def _told(of: ClaimState, name: str) -> object:
    value = getattr(of, name)
    return [str(camp.value) for camp in value] if name == "camps" else value


def _touched(
    change: ArticleChange, definition_of: DefinitionOf
) -> Iterator[tuple[Series, Definition]]:
    seen = set()
    for sighting in (one for pair in change.links for one in (pair.before, pair.after) if one):
        definition = definition_of(sighting.observation.claim)
        series = series_of(sighting, definition)
        if series not in seen:
            seen.add(series)
            yield series, definition


def _counted(
    series: Series,
    known: SeriesPast,
    change: ArticleChange,
    story_id: str,
    definition: Definition,
) -> Tally | None:
    """The count with the change in it: one story's ballot exchanged, else all counted again."""
    after = change.after_of(series, definition)
    running = _running(known, definition)
    if running is not None:
        story = [one for one in known.others if one.story_id == story_id]
        gone = _ballot([*story, *change.before_of(series, definition)], definition)
        counted = recount(running, gone, _ballot([*story, *after], definition))
        if counted is not None:
            return counted
    return tally(ballots((*known.others, *after), definition)) if known.is_whole else None


def _running(known: SeriesPast, definition: Definition) -> Tally | None:
    if known.count is None or known.count.rules != definition.digest:
        return None
    return load(known.count.text, known.count.accounts, is_whole=known.count.is_whole)


def _ballot(sightings: Sequence[Sighting], definition: Definition) -> tuple[Ballot, ...]:
    return (ballot(sightings, definition),) if sightings else ()


def _next_state(before: ClaimState | None, after: ClaimState | None) -> ClaimState | None:
    """The state that follows; None: as before."""
    if after is None and before is not None:
        after = _silent(before)
    if after is None or (before is not None and before.inputs_sha256 == after.inputs_sha256):
        return None
    return after


def _kept(after: ClaimState, count: Tally, shown: Standings, definition: Definition) -> Count:
    text, accounts = dump(replace(count, leaders=shown.leaders))
    is_new = count.numbers is None
    return Count(
        after.series, text, definition.digest, after.inputs_sha256, accounts, is_whole=is_new
    )


def _silent(before: ClaimState) -> ClaimState:
    """The state of a series that nobody speaks of any more."""
    return replace(
        before,
        low=None,
        point=None,
        high=None,
        spread=None,
        contested=False,
        camps=(),
        observations=0,
        articles=0,
        stories=0,
        outlets=0,
        supporters=0,
        doubters=0,
        inputs_sha256=hashlib.sha256(b"").hexdigest(),
    )
