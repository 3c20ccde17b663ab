"""All ballots of a series added up, so that one more story costs no more than its own size."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from itertools import chain

from monitor.history.accounts import NONE, Accounts, difference, entered
from monitor.history.ballots import Ballot, Entry, First
from monitor.history.leaders import Camps
from monitor.history.scale import Statement
from monitor.history.times import Seen, Times, dump, load, moved

_DIGESTS = 2**256  # digests add up modulo this: in any order, and ballots can be taken away again


@dataclass(frozen=True, slots=True)
class Said:
    """What all stories together say of one statement."""

    statement: Statement
    suspect: bool
    articles: int
    stories: int
    votes: int  # before outlets share one
    shared: int  # where the stories of each outlet share one vote
    first: First
    last_seen_at: datetime
    times: str  # text of its Times: those of most statements are stored again as they were read


@dataclass(frozen=True, slots=True)
class Tally:
    """Counts of a series; ``said`` has what is said by the key of its statement.

    An article or story that says several things of one camp counts there once: for that
    ``together`` tells how many articles and stories say which two or more things.
    """

    said: Mapping[str, Said] = field(default_factory=dict)
    together: Mapping[frozenset[str], tuple[int, int]] = field(default_factory=dict)
    articles: int = 0
    stories: int = 0
    outlets: int = 0
    voting: int = 0  # outlets whose stories have any weight
    observations: int = 0
    supporters: int = 0
    doubters: int = 0
    digest: int = 0
    times: Times | None = None  # None: no ballots
    accounts: Accounts = field(default_factory=Accounts)
    at_hand: frozenset[str] | None = None  # the outlets whose accounts are known; None: all are
    # of the camps of the last state, by those of their keys that are still said
    leaders: Camps = field(default_factory=dict, compare=False)
    changed: frozenset[str] = field(default=frozenset(), compare=False)  # outlets, since then
    fresh: frozenset[str] = field(default=frozenset(), compare=False)  # keys first said since then
    # numbers that stored texts have for keys of ``said``, and for more; None: it was never stored
    numbers: Mapping[str, int] | None = field(default=None, compare=False, repr=False)

    @property
    def is_shared(self) -> bool:
        """Whether the stories of an outlet share one vote: they do where several outlets speak."""
        return self.voting > 1


def tally(ballots: Iterable[Ballot]) -> Tally:
    """The sum of ballots, the same in any order."""
    added = recount(Tally(), (), tuple(ballots))
    assert added is not None  # nothing is taken away
    return added


def recount(known: Tally, gone: Sequence[Ballot], new: Sequence[Ballot]) -> Tally | None:
    """The tally with some ballots exchanged for others; the same as counting all again.

    None: too many of the first or last to say something are gone, so that only counting all again
    can tell who that is now; or a ballot was taken away that was never counted; or the account of
    an outlet is not at hand.
    """
    after = entered(known.accounts, gone, new)
    stories = known.stories + len(new) - len(gone)
    times = moved(known.times, known.stories, map(_seen, gone), map(_seen, new))
    if after is None or stories < 0 or (stories and times is None) or _is_far(known, after):
        return None
    pairs = [(known.accounts.get(outlet, NONE), account) for outlet, account in after.items()]
    said = _recount_said(known.said, difference(pairs), gone, new)
    if said is None:
        return None
    counted = replace(
        known,
        said=said,
        together=_recount_together(known.together, gone, new),
        stories=stories,
        articles=known.articles + sum(b.articles - a.articles for a, b in pairs),
        outlets=known.outlets + sum((b.articles > 0) - (a.articles > 0) for a, b in pairs),
        voting=known.voting + sum((b.voting > 0) - (a.voting > 0) for a, b in pairs),
        times=times if stories else None,
        accounts=known.accounts.with_(after),
        changed=known.changed.union(after),
    )
    for sign, ballots in ((-1, gone), (1, new)):
        counted = _summed(counted, sign, ballots)
    if known.stories and counted.is_shared is not known.is_shared:  # all votes count otherwise
        return replace(counted, leaders={}, fresh=frozenset())
    return replace(
        counted,
        leaders={keys.intersection(said): one for keys, one in known.leaders.items()},
        fresh=known.fresh.intersection(said).union(said.keys() - known.said.keys()),
    )


def _is_far(known: Tally, touched: Iterable[str]) -> bool:
    return known.at_hand is not None and not known.at_hand.issuperset(touched)


def _summed(known: Tally, sign: int, ballots: Sequence[Ballot]) -> Tally:
    return replace(
        known,
        observations=known.observations + sign * sum(one.observations for one in ballots),
        supporters=known.supporters + sign * sum(one.supports for one in ballots),
        doubters=known.doubters + sign * sum(one.dissents for one in ballots),
        digest=(known.digest + sign * sum(int(one.digest, 16) for one in ballots)) % _DIGESTS,
    )


def counts_the_same(kept: Tally, leaders: Camps, again: Tally) -> bool:
    """Whether what was kept is what all ballots add up to, with these leaders of its camps.

    Of first and last times, and of outlets that lead, it may have kept fewer.
    """
    ahead = {
        keys: one.outlets[: len(kept.leaders[keys].outlets)]
        for keys, one in leaders.items()
        if keys in kept.leaders
    }
    return _untimed(kept) == _untimed(again) and ahead == {
        keys: one.outlets for keys, one in kept.leaders.items()
    }


def _untimed(known: Tally) -> Tally:
    said = {key: replace(one, times="") for key, one in known.said.items()}
    return replace(known, said=said, times=None)


def _recount_said(
    known: Mapping[str, Said],
    more: Mapping[str, tuple[int, int, int]],
    gone: Sequence[Ballot],
    new: Sequence[Ballot],
) -> dict[str, Said] | None:
    """``more``: stories, votes and shared votes that statements gain."""
    old, fresh = _by_key(gone), _by_key(new)
    articles = Counter(chain.from_iterable(_each_article(new)))
    articles.subtract(Counter(chain.from_iterable(_each_article(gone))))
    said = dict(known)
    for key in {**more, **old, **fresh}:
        before = said.pop(key, None) or _unsaid((fresh.get(key) or old[key])[0])
        stories, votes, shared = more.get(key, (0, 0, 0))
        after = replace(
            before,
            articles=before.articles + articles[key],
            stories=before.stories + stories,
            votes=before.votes + votes,
            shared=before.shared + shared,
        )
        if not after.stories:
            continue
        timed = _timed(after, before.stories, old.get(key, ()), fresh.get(key, ()))
        if timed is None:
            return None
        said[key] = timed
    return said


_NEVER = datetime.min.replace(tzinfo=UTC)


def _unsaid(entry: Entry) -> Said:
    return Said(entry.statement, entry.suspect, 0, 0, 0, 0, (_NEVER, "", ""), _NEVER, "")


def _timed(said: Said, many: int, gone: Sequence[Entry], new: Sequence[Entry]) -> Said | None:
    """With its first and last times after entries were exchanged; ``many`` were there before."""
    if not gone and not new:
        return said
    known = load(said.times) if said.times else None
    times = moved(known, many, map(_seen, gone), map(_seen, new))
    if times is None:
        return None
    return replace(said, first=times.first[0], last_seen_at=times.last[0], times=dump(times))


def _by_key(ballots: Iterable[Ballot]) -> dict[str, list[Entry]]:
    found: dict[str, list[Entry]] = defaultdict(list)
    for one in ballots:
        for entry in one.entries:
            found[entry.key].append(entry)
    return found


def _seen(one: Ballot | Entry) -> Seen:
    return one.first, one.last_seen_at


def _recount_together(
    known: Mapping[frozenset[str], tuple[int, int]], gone: Sequence[Ballot], new: Sequence[Ballot]
) -> dict[frozenset[str], tuple[int, int]]:
    counts = dict(known)
    for sign, ballots in ((-1, gone), (1, new)):
        for is_story, sets in ((False, _each_article(ballots)), (True, map(_things, ballots))):
            for things in sets:
                if len(things) < 2:
                    continue
                articles, stories = counts.pop(things, (0, 0))
                now = (articles + sign * (not is_story), stories + sign * is_story)
                if any(now):
                    counts[things] = now
    return counts


def _things(one: Ballot) -> frozenset[str]:
    return frozenset(entry.key for entry in one.entries)


def _each_article(ballots: Iterable[Ballot]) -> Iterator[frozenset[str]]:
    for one in ballots:
        says: list[set[str]] = [set() for _ in one.outlets]
        for entry in one.entries:
            for article in entry.articles:
                says[article].add(entry.key)
        yield from map(frozenset, says)
