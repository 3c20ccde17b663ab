"""One story's vote about one series: all that consensus needs of its articles."""

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from monitor.history.definition import Definition
from monitor.history.scale import Statement
from monitor.history.statements import statements, weight
from monitor.types import Series, Sighting

DISSENT = frozenset({"doubted", "denied"})
# Votes are whole numbers of this part of a story's vote: adding floats up in another order would
# give another state.
VOTE = 10**9
# Who said something first: when, where, and which outlet. In order of time.
First = tuple[datetime, str, str]


@dataclass(frozen=True, slots=True)
class Entry:
    """One statement of a story and its part of the story's vote."""

    statement: Statement
    key: str  # names the statement in a tally; suspect ones stand apart
    vote: int  # in parts of VOTE; 0: a suspect value, shown without weight
    suspect: bool
    articles: tuple[int, ...]  # which of the ballot's articles say it
    first: First
    last_seen_at: datetime


@dataclass(frozen=True, slots=True)
class Ballot:
    """What the articles of one story say about one series, copies counted once."""

    voice: str  # outlet of the article seen first: whose vote this is
    entries: tuple[Entry, ...]
    outlets: tuple[str, ...]  # one an article
    observations: int
    dissents: bool  # it doubts or denies a value
    first: First
    last_seen_at: datetime
    digest: str  # SHA-256 of the sightings; neither database ids nor our clock in it

    @property
    def supports(self) -> bool:
        """Whether it states a value that is not suspect."""
        return any(not entry.suspect for entry in self.entries)

    @property
    def votes(self) -> bool:
        """Whether it has any weight."""
        return any(entry.vote for entry in self.entries)


def seen_at(sighting: Sighting) -> datetime:
    """When the press said it: the printed date, never later than we read it."""
    if sighting.published_at is None:
        return sighting.recorded_at
    return min(sighting.published_at, sighting.recorded_at)


def series_of(sighting: Sighting, definition: Definition) -> Series:
    """The series that a sighting belongs to; its period is the day of the fact.

    Where a claim by day has no day in the text, the day of publication stands for it; None: neither
    is known.
    """
    seen = sighting.observation
    qualifiers = json.dumps(dict(seen.qualifiers), sort_keys=True, ensure_ascii=False)
    period = None
    if definition.period == "day":
        period = seen.about_start
        if period is None and sighting.published_at is not None:
            period = sighting.published_at.date().isoformat()
    return Series(seen.claim, qualifiers, period)


def ballots(sightings: Iterable[Sighting], definition: Definition) -> tuple[Ballot, ...]:
    """The ballots of all stories among the sightings of one series, in any order."""
    stories: dict[str, list[Sighting]] = {}
    for sighting in sightings:
        stories.setdefault(sighting.story_id, []).append(sighting)
    return tuple(ballot(group, definition) for _, group in sorted(stories.items()))


def ballot(sightings: Sequence[Sighting], definition: Definition) -> Ballot:
    """The vote of one story: the parts of its statements add up to the weight of the surest one.

    The same statement counts once however many copies repeat it. Needs at least one sighting.
    """
    known = {_content(text := _input(one), one): (text, one) for one in sightings}
    ordered = [known[key][1] for key in sorted(known)]
    urls = sorted({sighting.url for sighting in ordered})
    outlet = {sighting.url: sighting.outlet for sighting in reversed(ordered)}
    first = min(map(_first, ordered))
    entries = _entries(ordered, {url: index for index, url in enumerate(urls)}, definition)
    inputs = sorted(text for text, _ in known.values())
    lines = (*inputs, *(f"{entry.key} {entry.vote}" for entry in entries))
    return Ballot(
        voice=first[2],
        entries=entries,
        outlets=tuple(outlet[url] for url in urls),
        observations=len(ordered),
        dissents=any(sighting.observation.modality in DISSENT for sighting in ordered),
        first=first,
        last_seen_at=max(seen_at(sighting) for sighting in ordered),
        digest=hashlib.sha256("\n".join(lines).encode()).hexdigest(),
    )


def _first(sighting: Sighting) -> First:
    return seen_at(sighting), sighting.url, sighting.outlet


def content(sighting: Sighting) -> str:
    """What identifies a sighting: all it says, and its place, as one line of text."""
    return _content(_input(sighting), sighting)


def _content(said: str, sighting: Sighting) -> str:
    seen = sighting.observation
    return json.dumps((said, (sighting.text_sha256, seen.start, seen.end, seen.quote)))


def _input(sighting: Sighting) -> str:
    """What of a sighting may change a state: an edit elsewhere in the article does not."""
    seen = sighting.observation
    published = sighting.published_at
    parts = (
        sighting.url,
        sighting.outlet,
        None if published is None else published.isoformat(),
        *meaning(sighting),
        seen.about_start,
        seen.about_end,
        sorted(seen.flags),
    )
    return json.dumps(parts)


def meaning(sighting: Sighting) -> tuple[object, ...]:
    """What an observation says, wherever and in whatever words: equal ones say the same."""
    seen = sighting.observation
    qualifiers = json.dumps(dict(seen.qualifiers), sort_keys=True) if seen.qualifiers else "{}"
    return (
        seen.claim,
        qualifiers,
        *figures(sighting),
        seen.bound,
        seen.unit,
        seen.modality,
        seen.speaker,
    )


def figures(sighting: Sighting) -> tuple[str | bool | None, ...]:
    """Value, low and high, comparable and in one spelling."""
    seen = sighting.observation
    return tuple(_text(value) for value in (seen.value, seen.low, seen.high))


def _text(value: Decimal | str | bool | None) -> str | bool | None:
    if isinstance(value, Decimal) and value.is_finite():
        return str(value.normalize()) if value else "0"
    return str(value) if isinstance(value, Decimal) else value


def _entries(
    ordered: Sequence[Sighting], number: dict[str, int], definition: Definition
) -> tuple[Entry, ...]:
    said: dict[tuple[Statement, bool], list[tuple[float, Sighting]]] = {}
    for sighting in ordered:
        if sighting.observation.modality in DISSENT:
            continue
        suspect = "suspect" in sighting.observation.flags
        stated = statements(sighting, definition)
        for statement in stated:
            vote = weight(sighting.observation) / len(stated)
            said.setdefault((statement, suspect), []).append((vote, sighting))
    votes = [max(vote for vote, _ in group) for group in said.values()]
    whole, surest = sum(sorted(votes)), max(votes, default=0.0)
    return tuple(
        Entry(
            statement=statement,
            key=("?" if suspect else "") + statement.key,
            vote=round(VOTE * surest * vote / whole) if whole else 0,
            suspect=suspect,
            articles=tuple(sorted({number[sighting.url] for _, sighting in group})),
            first=min(_first(sighting) for _, sighting in group),
            last_seen_at=max(seen_at(sighting) for _, sighting in group),
        )
        for vote, ((statement, suspect), group) in zip(votes, said.items(), strict=True)
    )
