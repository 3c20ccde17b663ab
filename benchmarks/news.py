"""Synthetic news in any quantity, seeded: what the benchmarks of the stories read.

Articles of 120 to 480 words in sentences: word frequencies of English (Zipf), names, figures.
A running story has its own names, words and quotations, which its independent reports share. Three
articles in twenty are edited copies of one of the last two thousand, one in ten ends with the
boilerplate of its site.
"""

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

VOCABULARY, NAMES, SITES, TOPICS = 40_000, 20_000, 300, 60
COPIES, BOILERPLATE, QUOTED = 0.15, 0.1, 0.3
RECENT = 2_000  # articles that may still be copied
TOPIC_LIFE = 400  # articles after which a running story gives way to another, on average
PER_TOPIC = 12  # names of a running story
_LETTERS = "etaoinshrdlcumwfgypb"


@dataclass(frozen=True, slots=True)
class Piece:
    """One article; ``copy_of`` None: it was written on its own."""

    number: int
    text: str
    site: int
    copy_of: int | None


class News:
    """A stream of articles."""

    def __init__(self, seed: int = 7) -> None:
        self._dice = np.random.default_rng(seed)
        self._words = [_word(rank) for rank in range(VOCABULARY)]
        self._weights = np.cumsum(1 / (np.arange(VOCABULARY) + 2.7))
        self._weights /= self._weights[-1]
        self._footers = [" ".join(self._sentence(40, ())) + "." for _ in range(SITES)]
        self._topics = [self._topic() for _ in range(TOPICS)]
        self._recent: deque[tuple[int, list[str]]] = deque(maxlen=RECENT)

    def __iter__(self) -> Iterator[Piece]:
        number = 0
        while True:
            yield self._piece(number)
            number += 1

    def _piece(self, number: int) -> Piece:
        dice = self._dice
        if dice.random() < 1 / TOPIC_LIFE * TOPICS / 10:
            self._topics[dice.integers(TOPICS)] = self._topic()
        copy_of = None
        if self._recent and dice.random() < COPIES:
            copy_of, sentences = self._recent[dice.integers(len(self._recent))]
            sentences = self._edited(sentences)
        else:
            sentences = self._written()
            self._recent.append((number, sentences))
        site = int(dice.integers(SITES))
        footer = [self._footers[site]] if dice.random() < BOILERPLATE else []
        return Piece(number, " ".join([*sentences, *footer]), site, copy_of)

    def _topic(self) -> tuple[list[str], list[str]]:
        names = [_name(int(rank)) for rank in self._dice.integers(NAMES, size=PER_TOPIC)]
        quotes = [f'"{" ".join(self._sentence(18, names))}," {names[0]} said.' for _ in range(4)]
        return names, quotes

    def _written(self) -> list[str]:
        dice = self._dice
        names, quotes = self._topics[dice.integers(TOPICS)]
        count = int(dice.integers(8, 28))
        sentences = [
            " ".join(self._sentence(int(dice.integers(8, 25)), names)) + "." for _ in range(count)
        ]
        if dice.random() < QUOTED:
            sentences.insert(count // 2, quotes[dice.integers(len(quotes))])
        return sentences

    def _sentence(self, length: int, names: list[str] | tuple[str, ...]) -> list[str]:
        dice = self._dice
        ranks = np.searchsorted(self._weights, dice.random(length))
        words = [self._words[rank] for rank in ranks.tolist()]
        kind = dice.random()
        if names and kind < 0.6:
            words[length // 2] = names[dice.integers(len(names))]
        if kind > 0.4:
            words[-2] = f"{dice.integers(1, 10_000) / (1, 10, 100)[dice.integers(3)]:,}"
        words[0] = words[0].capitalize()
        return words

    def _edited(self, sentences: list[str]) -> list[str]:
        """A tenth of the words replaced, or the end cut off, or a sentence put in."""
        dice = self._dice
        how = dice.random()
        if how < 0.3:
            return list(sentences)
        if how < 0.5:
            return sentences[: max(4, int(len(sentences) * 0.6))]
        if how < 0.7:
            own = " ".join(self._sentence(20, ())) + "."
            return [*sentences[:2], own, *sentences[2:]]
        words = " ".join(sentences).split(" ")
        for place in np.flatnonzero(dice.random(len(words)) < 0.1).tolist():
            words[place] = self._words[int(np.searchsorted(self._weights, dice.random()))]
        return [" ".join(words)]


def _word(rank: int) -> str:
    """A pronounceable stand-in of two letters and more: frequent words are short."""
    letters = ""
    rank += len(_LETTERS)
    while rank:
        rank, place = divmod(rank, len(_LETTERS))
        letters += _LETTERS[place] + ("a", "e", "i", "o", "")[(rank + place) % 5]
    return letters


def _name(rank: int) -> str:
    return f"{_word(rank).capitalize()} {_word(rank * 7919 % 100_003).capitalize()}"
