"""One sentence taken apart: words, numbers, named parties, and how far apart they stand."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Any, Protocol

from monitor.claims.figures import Figure
from monitor.claims.lexicon import Hit
from monitor.claims.quantities import DateSpan

_TOKEN = re.compile(r"\d[\d,.]*\d|\d|[^\W\d_]+(?:['&.\-][^\W_]+)*|[^\w\s]")

# How many words a mark or word is worth as a distance. A comma separates less than a semicolon,
# a "while" begins another statement; from tables of who owned the number in labelled articles.
_COST: Mapping[str, int] = {
    ",": 4,
    ";": 10,
    ":": 4,
    "\u2014": 7,
    "\u2013": 7,
    "-": 3,
    "(": 3,
    ")": 3,
    "|": 3,
    "/": 3,
    "and": 2,
    "or": 2,
    "but": 9,
    "while": 9,
    "whereas": 10,
    "although": 9,
    "though": 9,
    "whilst": 9,
    "because": 6,
    "after": 4,
    "before": 4,
    "which": 5,
    "who": 5,
    "whose": 5,
    "than": 4,
    "versus": 5,
    "against": 4,
    "compared": 5,
    "unlike": 6,
    "behind": 3,
    ".": 8,
    "?": 8,
    "!": 8,
    "\u2026": 4,
}


_FIGURE_COST = 3  # another number between two words parts them like three words

Place = tuple[int, int]  # first and last word


@dataclass(frozen=True, slots=True)
class Actor:
    """A party or thing that a sentence names or points at."""

    first: int  # index of its first word
    last: int  # index of its last word
    start: int  # characters of the text
    end: int
    kind: str  # "name", "nominal", "pronoun", "unknown"
    name: str
    entity: str | None  # key; None: unknown, or a pronoun not yet resolved
    roles: frozenset[str]
    possessive: bool = False
    speaks: bool = False  # a stranger who says something: a person or a firm that is quoted
    negated: bool = False  # "not Nvidia"


class Source(Protocol):
    """Where a sentence comes from: what finds its parties and days when they are asked for."""

    @property
    def folded(self) -> str:
        """The whole text, folded."""

    def actors(self, sentence: "Sentence") -> tuple[Actor, ...]:
        """The parties of a sentence."""

    def dates(self, sentence: "Sentence") -> tuple[tuple[Place, DateSpan], ...]:
        """The days that a sentence names, with their words."""


class Sentence:
    """A sentence and what was found in it. Word positions are indexes into ``words``.

    Words, parties and days are looked for when first asked for: most sentences say nothing of a
    claim, and are never taken apart.
    """

    __slots__ = (
        "_raw", "_source", "_span", "actors", "dates", "end", "ends", "figures", "groups", "hits",
        "index", "opening", "reach", "spots", "start", "starts", "words",
    )  # fmt: skip
    words: list[str]
    starts: list[int]
    ends: list[int]
    reach: list[int]  # running cost: the distance of two words is a difference
    hits: dict[int, list[Place]]  # group -> (first word, last word)
    spots: dict[int, Place]  # start of a number -> its words
    opening: int  # last word of a number that opens the sentence alone; -1: none does
    actors: tuple[Actor, ...]
    dates: tuple[tuple[Place, DateSpan], ...]

    def __init__(
        self,
        index: int,
        span: tuple[int, int, int],
        raw: Sequence[Hit],
        figures: tuple[Figure, ...],
        source: Source,
    ) -> None:
        """``span``: start, end, and the end of a number that stands before it alone, or 0."""
        self.index = index
        self.start, self.end, _ = self._span = span
        self.figures = figures
        self.groups = frozenset(hit.group for hit in raw)
        self._raw = raw
        self._source = source

    def __getattr__(self, name: str) -> Any:
        """A part that was not asked for before."""
        if name == "actors":
            self.actors = self._source.actors(self)
        elif name == "dates":
            self.dates = self._source.dates(self)
        elif name in ("words", "starts", "ends", "reach", "hits", "spots", "opening"):
            self._take_apart()
        else:
            raise AttributeError(name)
        return object.__getattribute__(self, name)

    def _take_apart(self) -> None:
        start, end, opened = self._span
        folded = self._source.folded
        spans = [token.span() for token in _TOKEN.finditer(folded, start, end)]
        words = [folded[first:last] for first, last in spans]
        self.words, self.starts, self.ends = words, [a for a, _ in spans], [b for _, b in spans]
        self.spots = {one.start: self.words_of(one.start, one.end) for one in self.figures}
        self.opening = self.word_at(opened - 1) if opened else -1
        inside: dict[int, int] = {}
        for first, last in self.spots.values():
            inside.update(dict.fromkeys(range(first, last + 1), 0))
            inside[first] = _FIGURE_COST
        inside.update(dict.fromkeys(range(self.opening + 1), 0))
        costs = [_COST.get(word, 1) for word in words]
        for at in inside.keys() & range(len(words)):
            costs[at] = inside[at]
        self.reach = list(accumulate(costs, initial=0))
        self.hits = {}
        for hit in self._raw:
            self.hits.setdefault(hit.group, []).append(self.words_of(hit.start, hit.end))

    def spot(self, figure: Figure) -> tuple[int, int]:
        """The indexes of the first and last word of a number."""
        found = self.spots.get(figure.start)
        return found if found is not None else self.words_of(figure.start, figure.end)

    def word_at(self, position: int) -> int:
        """The index of the word that holds the character, or the one before it."""
        return max(0, bisect_right(self.starts, position) - 1)

    def words_of(self, start: int, end: int) -> tuple[int, int]:
        """The indexes of the first and last word of a span of characters."""
        first = self.word_at(start)
        last = max(first, bisect_left(self.starts, end) - 1)
        return first, last

    def distance(self, one: tuple[int, int], other: tuple[int, int]) -> int:
        """How far two stretches of words stand apart: 0 where they overlap, 1 side by side."""
        if one[1] < other[0]:
            return self.reach[other[0]] - self.reach[one[1] + 1] + 1
        if other[1] < one[0]:
            return self.reach[one[0]] - self.reach[other[1] + 1] + 1
        return 0

    def nearest(self, group: int, spot: tuple[int, int]) -> int | None:
        """Distance of the nearest hit of a group to ``spot``; None: there is none."""
        places = self.hits.get(group)
        if not places:
            return None
        return min(self.distance(place, spot) for place in places)
