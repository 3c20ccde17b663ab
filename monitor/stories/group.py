"""Grouping a stream of texts in memory, as the store does it in its tables."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from monitor.stories.fingerprint import fingerprint
from monitor.stories.place import place
from monitor.types import Fingerprint, Membership, StoryText

NEWEST = 32  # postings read of one key
COMMON = 4  # stories among them from which a key has no vote
LIMIT = 16  # candidates
RARE = 10  # of them by their votes
WORTH = 0.1  # of the most votes: fewer are chance
NEARLY = 0.8  # of the most votes: as good as the most, so the older text comes first


class Postings:
    """The texts seen so far, found by the keys they share."""

    def __init__(self) -> None:
        self._texts: list[StoryText] = []
        self._by_key: defaultdict[int, list[int]] = defaultdict(list)
        self._by_exact: dict[str, int] = {}

    def add(self, text: StoryText, found_by: Fingerprint) -> None:
        number = len(self._texts)
        self._texts.append(text)
        self._by_exact.setdefault(found_by.exact, number)
        for key in found_by.keys:
            self._by_key[key].append(number)

    def candidates(self, found_by: Fingerprint, limit: int = LIMIT) -> tuple[StoryText, ...]:
        """Texts that share keys, best first; one with equal words comes before all others."""
        votes = vote(
            [(n, self._texts[n].story_id) for n in self._by_key[key][: -NEWEST - 1 : -1]]
            for key in found_by.keys
            if key in self._by_key
        )
        equal = self._by_exact.get(found_by.exact)
        order = [] if equal is None else [equal]
        order += [n for n in votes if n != equal]
        return tuple(self._texts[n] for n in order[:limit])


def vote(postings: Iterable[Sequence[tuple[int, str]]]) -> list[int]:
    """Texts by the number of keys they share with a new one, best first.

    ``postings`` holds for each key of the new text the newest texts with that key, and the story
    of each. A key of many stories is a common passage: it has no vote. A few texts that share
    only such keys follow at the end, for they show which passages are common.
    """
    rare: Counter[int] = Counter()
    common: Counter[int] = Counter()
    story: dict[int, str] = {}
    for texts in postings:
        votes = rare
        if len(texts) >= COMMON:
            story.update(texts)
            votes = common if len({name for _, name in texts}) >= COMMON else rare
        for number, _ in texts:
            votes[number] += 1
    most = max(rare.values(), default=0)
    order = sorted(
        (number for number, votes in rare.items() if votes >= WORTH * most),
        key=lambda n: (0, n) if rare[n] >= NEARLY * most else (1, -rare[n], n),
    )[:RARE]
    seen = set()
    for number in sorted(common.keys() - rare.keys(), key=lambda n: (-common[n], -n)):
        if story[number] not in seen:
            seen.add(story[number])
            order.append(number)
    return order


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


def group(documents: Iterable[Mapping[str, object]]) -> Iterator[dict[str, object]]:
    """One record a document, in order: id, story, relation, of, evidence."""
    grouper = Grouper()
    ids: dict[str, object] = {}  # ids may be numbers, and come back as they were given
    for document in documents:
        key = str(document["id"])
        ids[key] = document["id"]
        url = document.get("url")
        found = grouper.place(key, str(document["text"]), None, str(url) if url else None)
        yield {
            "id": document["id"],
            "story": found.story_id,
            "relation": found.relation,
            "of": None if found.of is None else ids[found.of],
            "evidence": dict(found.evidence),
        }
