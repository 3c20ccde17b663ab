"""A text taken apart: repaired, in sentences, each with its numbers and parties."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from monitor.claims.actors import Cast, find_actors
from monitor.claims.figures import Figure, figures
from monitor.claims.lexicon import Hit, fold, words_of
from monitor.claims.quantities import DateSpan, resolve_date
from monitor.claims.sentence import Actor, Place, Sentence
from monitor.claims.tables import read_rows
from monitor.claims.vocabulary import Vocabulary
from monitor.text.glue import Repaired, repair
from monitor.text.sentences import sentences

LONGEST = 800  # characters of a sentence that is read as one; no labelled one has 700
# Characters of the pieces that a longer one is read in: what costs the square of a piece's numbers
# takes 8 s of 100 kB in pieces of 800.
PIECE = 200
BARE_WORDS = (
    3  # words beside a number up to which a sentence only names it: "A measly $279 billion."
)
# JSON can carry half of a character; it has no UTF-8 form, which the automaton needs.
_LONE_SURROGATE = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Document:
    """A text as it is read. Offsets count in ``repaired.text``."""

    repaired: Repaired
    folded: str
    sentences: tuple[Sentence, ...]
    published_at: datetime | None = None

    @property
    def text(self) -> str:
        """The text that is read."""
        return self.repaired.text


class _Source:
    """Finds the parties and days of the sentences of one text."""

    def __init__(
        self, text: str, folded: str, vocabulary: Vocabulary, cast: Cast, now: datetime | None
    ) -> None:
        self.folded = folded
        self._text = text
        self._parties = vocabulary.parties
        self._cast = cast
        self._verbs = vocabulary.verbs
        self._now = now

    def actors(self, sentence: Sentence) -> tuple[Actor, ...]:
        """The parties of a sentence, in order."""
        return find_actors(sentence, self._text, self._cast, self._parties, self._verbs)

    def dates(self, sentence: Sentence) -> tuple[tuple[Place, DateSpan], ...]:
        """The days of a sentence; without a day of publication only those printed in full."""
        found = []
        for figure in sentence.figures:
            if figure.family in ("date", "year"):
                days = resolve_date(figure.quote, self._now)
                if days is not None:
                    found.append((sentence.spot(figure), days))
        return tuple(found)


def take_text_apart(
    text: str, vocabulary: Vocabulary, cast: Cast, published_at: datetime | None = None
) -> Document:
    """The document of a text as given. Linear in its length."""
    repaired = repair(_LONE_SURROGATE.sub("\ufffd", text))
    text = repaired.text
    folded = fold(text)
    source = _Source(text, folded, vocabulary, cast, published_at)
    hits = vocabulary.lexicon.find(folded)
    numbers = figures(text)
    found = []
    at_hit = at_number = 0
    for index, span in enumerate(_spans(text, numbers)):
        at_hit, here = _hits_within(hits, at_hit, *span[:2])
        at_number, inside = _figures_within(numbers, at_number, *span[:2])
        found.append(Sentence(index, span, here, inside, source))
    read_rows(found, folded)
    return Document(repaired, folded, tuple(found), published_at)


def _spans(text: str, numbers: Sequence[Figure]) -> list[tuple[int, int, int]]:
    """Sentences as (start, end, end of the number that opens it alone; 0: none does).

    "$589 billion. What Nvidia lost on Monday." is one statement; so is "The old record? A measly
    $279 billion."
    """
    spans: list[tuple[int, int, int]] = []
    at = 0
    opening: tuple[int, int] | None = None  # a bare number waiting for its sentence
    for start, end in _cut(text):
        while at < len(numbers) and numbers[at].end <= start:
            at += 1
        has_number = at < len(numbers) and numbers[at].start < end
        bare = end - start < 60 and _bare(text[start:end], has_number)
        if opening is not None and "\n" in text[opening[1] : start]:
            spans.append((*opening, 0))
            opening = None
        if bare and has_number and _answers(text, spans, start) and opening is None:
            spans[-1] = (spans[-1][0], end, spans[-1][2])
        elif bare:
            opening = (opening[0] if opening else start, end)
        else:
            first = opening[0] if opening else start
            spans.append((first, end, opening[1] if opening else 0))
            opening = None
    if opening is not None:
        spans.append((*opening, 0))
    return spans


def _cut(text: str) -> Iterator[tuple[int, int]]:
    """The sentences; endless ones in pieces that end at a blank, so that time stays linear."""
    for start, end in sentences(text):
        endless = end - start > LONGEST
        while endless and end - start > PIECE:
            stop = text.rfind(" ", start + PIECE // 2, start + PIECE)
            stop = stop if stop > 0 else start + PIECE
            yield start, stop
            start = stop
        yield start, end


def _answers(text: str, spans: Sequence[tuple[int, int, int]], start: int) -> bool:
    return bool(spans) and text[spans[-1][1] - 1] == "?" and "\n" not in text[spans[-1][1] : start]


def _bare(sentence: str, has_number: bool) -> bool:
    """Whether a sentence holds only a number, or the mark of a list item."""
    stripped = sentence.strip(" .)(*-#\u2022")
    if not has_number:
        return stripped.isdigit() and len(stripped) <= 3
    words = [w for w in stripped.split() if w[:1].isalpha()]
    others = [w for w in words if w.lower().strip(".,") not in _NUMBER_WORDS]
    if any(w[0].isupper() for w in others if w.lower() not in _HEDGES):
        return False
    return len(others) <= BARE_WORDS and not any(w.lower().strip(".,") in _VERBS for w in words)


_NUMBER_WORDS = words_of("""
    million billion trillion percent per cent dollars euros yuan one two three four five six seven
    eight nine ten hundred thousand number no usd rmb a an
""")
_HEDGES = words_of("about nearly almost some over under roughly around more less up at just only")
_VERBS = words_of("""
    is was are were said says fell rose lost gained closed ended dropped down up lower higher
""")


def _hits_within(hits: Sequence[Hit], at: int, start: int, end: int) -> tuple[int, list[Hit]]:
    while at < len(hits) and hits[at].start < start:
        at += 1
    first = at
    while at < len(hits) and hits[at].start < end:
        at += 1
    return at, [hit for hit in hits[first:at] if hit.end <= end]


def _figures_within(
    numbers: Sequence[Figure], at: int, start: int, end: int
) -> tuple[int, tuple[Figure, ...]]:
    while at < len(numbers) and numbers[at].start < start:
        at += 1
    first = at
    while at < len(numbers) and numbers[at].start < end:
        at += 1
    return at, tuple(one for one in numbers[first:at] if one.end <= end)
