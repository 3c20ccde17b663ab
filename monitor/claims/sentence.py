"""One sentence taken apart: words, numbers, named parties, and how far apart they stand."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

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


@dataclass(slots=True)
class Sentence:
    """A sentence with everything found in it. Word positions are indexes into ``words``."""

    index: int
    start: int
    end: int
    words: list[str]
    starts: list[int]
    ends: list[int]
    reach: list[int]  # running cost: the distance of two words is a difference
    hits: Mapping[int, Sequence[tuple[int, int]]]  # group -> (first word, last word)
    figures: tuple[Figure, ...] = ()
    actors: tuple[Actor, ...] = ()
    dates: tuple[tuple[tuple[int, int], DateSpan], ...] = ()  # word indexes, days
    opening: int = -1  # last word of a number that opens the sentence alone; -1: none does
    spots: dict[int, tuple[int, int]] = field(default_factory=dict)  # figure start -> word indexes

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


def take_apart(
    index: int,
    span: tuple[int, int, int],
    folded: str,
    hits: Sequence[Hit],
    figures: tuple[Figure, ...],
) -> Sentence:
    """The sentence at ``span`` of a folded text, its actors still to be found.

    The third part of ``span`` is the end of a number that stands before it alone; 0: none does.
    """
    start, end, opened = span
    words, starts, ends = [], [], []
    for token in _TOKEN.finditer(folded, start, end):
        words.append(token.group())
        starts.append(token.start())
        ends.append(token.end())
    sentence = Sentence(index, start, end, words, starts, ends, [], {}, figures)
    inside = _figure_words(sentence)
    if opened:
        sentence.opening = sentence.word_at(opened - 1)
        inside.update(dict.fromkeys(range(sentence.opening + 1), 0))
    reach = [0]
    for position, word in enumerate(words):
        cost = inside.get(position)
        reach.append(reach[-1] + (_COST.get(word, 1) if cost is None else cost))
    sentence.reach = reach
    found: dict[int, list[tuple[int, int]]] = {}
    for hit in hits:
        found.setdefault(hit.group, []).append(sentence.words_of(hit.start, hit.end))
    sentence.hits = found
    return sentence


_FIGURE_COST = 3  # another number between two words parts them like three words


def _figure_words(sentence: Sentence) -> dict[int, int]:
    """Costs of the words inside numbers: the number as a whole counts once."""
    inside: dict[int, int] = {}
    for figure in sentence.figures:
        first, last = sentence.words_of(figure.start, figure.end)
        sentence.spots[figure.start] = (first, last)
        for position in range(first, last + 1):
            inside[position] = 0
        inside[first] = _FIGURE_COST
    return inside
