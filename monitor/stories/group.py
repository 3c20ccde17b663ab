"""Grouping a stream of texts in memory, as the store does it in its tables."""

from collections import Counter, defaultdict
from collections.abc import Callable, Container, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace
from datetime import datetime
from itertools import chain

from monitor.stories.fingerprint import fingerprint, is_of_passage
from monitor.stories.place import place
from monitor.types import Fingerprint, Membership, StoryText

NEWEST = 32  # postings read of one key
COMMON = 4  # stories among them from which a key has no vote
NAMED = 8  # texts from which two names that stand together are of a running story
RARE = 10  # candidates by their votes
SHOWN = 6  # more of them for their common passages, as many stories as make a form (place.py)
LONE = 2  # of them where none shares more than one key
WORTH = 0.1
FEW = 3  # common keys of a text that can show a common passage
FORM = 0.5  # of the most common keys that a text shares: as much of the form
NEARLY = 0.8  # of the most votes: as good as the most, so the older text comes first


Stories = Callable[[AbstractSet[int]], Mapping[int, str]]


class Postings:
    """The texts seen so far, found by the keys they share."""

    def __init__(self) -> None:
        self._texts: list[StoryText] = []
        self._by_key: defaultdict[int, list[int]] = defaultdict(list)
        self._by_exact: dict[int, int] = {}

    def add(self, text: StoryText, found_by: Fingerprint) -> None:
        number = len(self._texts)
        self._texts.append(text)
        self._by_exact.setdefault(found_by.exact, number)
        for key in found_by.keys:
            self._by_key[key].append(number)

    def candidates(self, found_by: Fingerprint) -> tuple[StoryText, ...]:
        """Texts that share keys, best first; where one has equal words, that one alone."""
        equal = self._by_exact.get(found_by.exact)
        if equal is not None:
            return (self._texts[equal],)
        known = {key: self._by_key[key][-NEWEST:] for key in found_by.keys if key in self._by_key}
        return tuple(self._texts[number] for number in vote(known, self._stories))

    def _stories(self, numbers: AbstractSet[int]) -> Mapping[int, str]:
        return {number: self._texts[number].story_id for number in numbers}


def vote(postings: Mapping[int, Sequence[int]], stories: Stories) -> list[int]:
    """Texts by the number of keys they share with a new one, best first.

    ``postings`` holds for each key of the new text the newest texts with that key; ``stories``
    tells the story of each text that still stands. A key of many stories has no vote: it is a
    common passage, or the names of a running story. A few texts that share many such passages
    follow at the end, one of each story, for they show which ones are common.
    """
    postings = {
        key: texts for key, texts in postings.items() if len(texts) < NAMED or is_of_passage(key)
    }
    story = stories(set(chain.from_iterable(postings.values())))
    rare, common, lone = list[int](), list[int](), set[int]()
    for key, texts in postings.items():
        standing = [number for number in texts if number in story]
        if len(standing) < COMMON or len({story[n] for n in standing}) < COMMON:
            rare += standing
            if is_of_passage(key):
                lone.update(standing)
        elif is_of_passage(key):
            common += standing
    votes = Counter(rare)
    return _by_votes(votes, lone) + _newest_of_each(Counter(common), story, votes)


def _by_votes(votes: Mapping[int, int], lone: AbstractSet[int]) -> list[int]:
    """The texts with most votes; among nearly equal ones the older first, as the likely origin.

    A single vote is mostly chance: few are followed, and none of two names that stand together.
    """
    most = max(votes.values(), default=0)
    if most == 1:
        return sorted(lone, reverse=True)[:LONE]
    worth = [number for number, count in votes.items() if count >= max(2, WORTH * most)]
    worth.sort(key=lambda n: (0, n) if votes[n] >= NEARLY * most else (1, -votes[n], n))
    return worth[:RARE]


def _newest_of_each(
    votes: Mapping[int, int], story: Mapping[int, str], others: Container[int]
) -> list[int]:
    least = max(FEW, FORM * max(votes.values(), default=0))
    worth = [number for number, count in votes.items() if count >= least and number not in others]
    newest = {story[number]: number for number in sorted(worth)}
    return sorted(newest.values(), reverse=True)[:SHOWN]


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
