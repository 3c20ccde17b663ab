"""Grouping a stream of texts in memory, as the store does it in its tables."""

from collections import Counter, defaultdict
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from itertools import chain
from operator import itemgetter

from monitor.stories.fingerprint import fingerprint
from monitor.stories.place import place
from monitor.types import Fingerprint, Membership, StoryText

NEWEST = 32  # postings read of one key
COMMON = 4  # stories among them from which a key has no vote
LIMIT = 16  # candidates
RARE = 10  # of them by their votes
LONE = 3  # of them where none shares more than one key
WORTH = 0.1  # of the most votes: fewer are chance
FEW = 3  # common keys of a text that can show a common passage
FORM = 0.5  # of the most common keys that a text shares: as much of the form
NEARLY = 0.8  # of the most votes: as good as the most, so the older text comes first


_NUMBER, _STORY = itemgetter(0), itemgetter(1)


class Postings:
    """The texts seen so far, found by the keys they share."""

    def __init__(self) -> None:
        self._texts: list[StoryText] = []
        self._by_key: defaultdict[int, list[tuple[int, str]]] = defaultdict(list)
        self._by_exact: dict[str, int] = {}

    def add(self, text: StoryText, found_by: Fingerprint) -> None:
        posting = (len(self._texts), text.story_id)
        self._texts.append(text)
        self._by_exact.setdefault(found_by.exact, posting[0])
        for key in found_by.keys:
            self._by_key[key].append(posting)

    def candidates(self, found_by: Fingerprint, limit: int = LIMIT) -> tuple[StoryText, ...]:
        """Texts that share keys, best first; one with equal words comes before all others."""
        known = [self._by_key[key][-NEWEST:] for key in found_by.keys if key in self._by_key]
        equal = self._by_exact.get(found_by.exact)
        order = [] if equal is None else [equal]
        order += [number for number in vote(known) if number != equal]
        return tuple(self._texts[number] for number in order[:limit])


def vote(postings: Iterable[Sequence[tuple[int, str]]]) -> list[int]:
    """Texts by the number of keys they share with a new one, best first.

    ``postings`` holds for each key of the new text the newest texts with that key, and the story
    of each. A key of many stories is a common passage: it has no vote. A few texts that share
    many of those follow at the end, one of each story, for they show which passages are common.
    """
    rare: list[Sequence[tuple[int, str]]] = []
    common: list[Sequence[tuple[int, str]]] = []
    for texts in postings:
        is_common = len(texts) >= COMMON and len(set(map(_STORY, texts))) >= COMMON
        (common if is_common else rare).append(texts)
    story = dict(chain.from_iterable(common))
    votes = Counter(map(_NUMBER, chain.from_iterable(rare)))
    return _by_votes(votes) + _newest_of_each(
        Counter(map(_NUMBER, chain.from_iterable(common))), story, votes
    )


def _by_votes(votes: Mapping[int, int]) -> list[int]:
    """The texts with most votes; among nearly equal ones the older first, as the likely origin.

    A single vote is mostly chance, such as two names that often stand together: few are followed.
    """
    most = max(votes.values(), default=0)
    if most == 1:
        return sorted(votes, reverse=True)[:LONE]
    worth = [number for number, count in votes.items() if count >= max(2, WORTH * most)]
    worth.sort(key=lambda n: (0, n) if votes[n] >= NEARLY * most else (1, -votes[n], n))
    return worth[:RARE]


def _newest_of_each(
    votes: Mapping[int, int], story: Mapping[int, str], others: Container[int]
) -> list[int]:
    least = max(FEW, FORM * max(votes.values(), default=0))
    worth = [number for number, count in votes.items() if count >= least and number not in others]
    newest = {story[number]: number for number in sorted(worth)}
    return sorted(newest.values(), reverse=True)


class Grouper:
    """Places texts one by one, each among those before it."""

    def __init__(self) -> None:
        self._postings = Postings()
        self._keys: dict[str, str] = {}

    def place(
        self,
        key: str,
        text: str,
        published_at: datetime | None = None,
        url: str | None = None,
    ) -> Membership:
        """Where the text belongs; ``story_id`` is never None: a new story has the text's key."""
        address = f"{url}#{key}" if url else key  # one for each text, of the same site as the URL
        self._keys[address] = key
        found_by = fingerprint(text)
        found = place(text, self._postings.candidates(found_by), published_at, url)
        story = found.story_id or key
        self._postings.add(StoryText(address, story, text, published_at), found_by)
        return replace(found, story_id=story, of=found.of and self._keys[found.of])
