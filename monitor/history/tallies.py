"""All ballots of a series added up, so that one more story costs no more than its own size."""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from monitor.history.ballots import Ballot, Entry
from monitor.history.scale import Statement
from monitor.history.times import Seen, Times, moved

_DIGESTS = 2**256  # digests add up modulo this: in any order, and ballots can be taken away again
_Key = TypeVar("_Key", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Said:
    """What all stories together say of one statement."""

    statement: Statement
    suspect: bool
    voices: Mapping[str, tuple[int, int]]  # outlet -> stories, votes before outlets share one
    times: Times
    # ``voices`` as they were stored, to be stored again as they are; empty: not stored like that
    text: str = field(default="", compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Tally:
    """Counts of a series; ``said`` has what is said by the key of its statement.

    An article or story that says several things of one camp counts there once: for that
    ``articles`` and ``stories`` tell how many say which set of things.
    """

    said: Mapping[str, Said] = field(default_factory=dict)
    articles: Mapping[frozenset[str], int] = field(default_factory=dict)
    stories: Mapping[frozenset[str], int] = field(default_factory=dict)
    outlets: Mapping[str, int] = field(default_factory=dict)  # outlet -> articles
    voices: Mapping[str, int] = field(default_factory=dict)  # outlet -> stories that vote
    observations: int = 0
    supporters: int = 0
    doubters: int = 0
    digest: int = 0
    times: Times | None = None  # None: no ballots
    # outlets by the numbers they have in texts of ``said``; more than there still are, or fewer
    numbered: tuple[str, ...] = field(default=(), compare=False, repr=False)


def tally(ballots: Iterable[Ballot]) -> Tally:
    """The sum of ballots, the same in any order."""
    added = recount(Tally(), (), tuple(ballots))
    assert added is not None  # nothing is taken away
    return added


def recount(known: Tally, gone: Sequence[Ballot], new: Sequence[Ballot]) -> Tally | None:
    """The tally with some ballots exchanged for others; the same as counting all again.

    None: too many of the first or last to say something are gone, so that only counting all again
    can tell who that is now; or a ballot was taken away that was never counted.
    """
    said = _recount_said(known.said, gone, new)
    stories = _count(known.stories, map(_things, gone), map(_things, new))
    many = sum(known.stories.values())
    times = moved(known.times, many, map(_seen, gone), map(_seen, new)) if stories else None
    if said is None or (stories and times is None) or min(stories.values(), default=1) < 0:
        return None
    return Tally(
        said=said,
        articles=_count(known.articles, _each_article(gone), _each_article(new)),
        stories=stories,
        outlets=_count(known.outlets, _outlets(gone), _outlets(new)),
        voices=_count(known.voices, _voices(gone), _voices(new)),
        observations=known.observations
        + sum(one.observations for one in new)
        - sum(one.observations for one in gone),
        supporters=known.supporters
        + sum(one.supports for one in new)
        - sum(one.supports for one in gone),
        doubters=known.doubters
        + sum(one.dissents for one in new)
        - sum(one.dissents for one in gone),
        digest=(
            known.digest
            + sum(int(one.digest, 16) for one in new)
            - sum(int(one.digest, 16) for one in gone)
        )
        % _DIGESTS,
        times=times,
        numbered=known.numbered,
    )


def counts_the_same(one: Tally, other: Tally) -> bool:
    """Whether two tallies count the same; of first and last times one may have kept fewer."""
    return _untimed(one) == _untimed(other)


def _untimed(known: Tally) -> tuple[object, ...]:
    said = {key: (one.suspect, dict(one.voices)) for key, one in known.said.items()}
    counts = (known.observations, known.supporters, known.doubters, known.digest)
    sets = (dict(known.articles), dict(known.stories), dict(known.outlets), dict(known.voices))
    return said, counts, sets


def _recount_said(
    known: Mapping[str, Said], gone: Sequence[Ballot], new: Sequence[Ballot]
) -> dict[str, Said] | None:
    old, fresh = _by_key(gone), _by_key(new)
    said = dict(known)
    for key in {**old, **fresh}:
        before = said.pop(key, None)
        voices = dict(before.voices) if before else {}
        many = sum(stories for stories, _ in voices.values())
        for sign, entries in ((-1, old.get(key, ())), (1, fresh.get(key, ()))):
            for voice, entry in entries:
                stories, votes = voices.pop(voice, (0, 0))
                if stories + sign:
                    voices[voice] = (stories + sign, votes + sign * entry.vote)
        if not voices:
            continue
        times = moved(
            before.times if before else None,
            many,
            (_seen(entry) for _, entry in old.get(key, ())),
            (_seen(entry) for _, entry in fresh.get(key, ())),
        )
        if times is None or min(stories for stories, _ in voices.values()) < 0:
            return None
        entry = (fresh.get(key) or old[key])[0][1]
        said[key] = Said(entry.statement, entry.suspect, voices, times)
    return said


def _by_key(ballots: Iterable[Ballot]) -> dict[str, list[tuple[str, Entry]]]:
    found: dict[str, list[tuple[str, Entry]]] = defaultdict(list)
    for one in ballots:
        for entry in one.entries:
            found[entry.key].append((one.voice, entry))
    return found


def _seen(one: Ballot | Entry) -> Seen:
    return one.first, one.last_seen_at


def _things(one: Ballot) -> frozenset[str]:
    return frozenset(entry.key for entry in one.entries)


def _each_article(ballots: Iterable[Ballot]) -> Iterator[frozenset[str]]:
    for one in ballots:
        says: list[set[str]] = [set() for _ in one.outlets]
        for entry in one.entries:
            for article in entry.articles:
                says[article].add(entry.key)
        yield from map(frozenset, says)


def _outlets(ballots: Iterable[Ballot]) -> Iterator[str]:
    return (outlet for one in ballots for outlet in one.outlets)


def _voices(ballots: Iterable[Ballot]) -> Iterator[str]:
    return (one.voice for one in ballots if one.votes)


def _count(known: Mapping[_Key, int], gone: Iterable[_Key], new: Iterable[_Key]) -> dict[_Key, int]:
    counts = dict(known)
    for sign, keys in ((-1, gone), (1, new)):
        for key in keys:
            counts[key] = counts.get(key, 0) + sign
            if not counts[key]:
                del counts[key]
    return counts
