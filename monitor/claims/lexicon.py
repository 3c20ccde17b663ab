"""Finding thousands of words, phrases and prefixes in one pass over a text."""

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from ahocorasick_rs import AhoCorasick

GAP = " ... "  # "knock* ... off": the parts in this order, within GAP_REACH characters
GAP_REACH = 60  # characters: about ten words, a verb and its particle with the amount between

_PLAIN = {
    "\u2019": "'",
    "\u2018": "'",
    "\u02bc": "'",
    "\u00a0": " ",
    "\u202f": " ",
    "\u2009": " ",
    "\n": " ",
    "\r": " ",
    "\t": " ",
    "\u2010": "-",
    "\u2011": "-",
    "\u2212": "-",
    "\u201c": '"',
    "\u201d": '"',
    "\u201e": '"',
    "\u00ab": '"',
    "\u00bb": '"',
}


class Hit(NamedTuple):
    """A place where a word of ``group`` stands."""

    start: int
    end: int
    group: int


def fold(text: str) -> str:
    """The text in lower case with plain quotes and blanks: every character at its place."""
    lower = text.lower()
    if len(lower) != len(text):
        lower = "".join(one if len(one := c.lower()) == 1 else c for c in text)
    for mark, plain in _PLAIN.items():
        lower = lower.replace(mark, plain)
    return lower


def words_of(text: str) -> frozenset[str]:
    """The set of the blank-separated words."""
    return frozenset(text.split())


Pattern = tuple[tuple[str, ...], ...]  # parts in order, each with its alternatives


class Lexicon:
    """Word groups by number, compiled once.

    A literal is a word or phrase; a star at its end takes any ending. A pattern of several parts
    stands for them in this order with short gaps between. Matched at word boundaries, in lower
    case.
    """

    def __init__(self, groups: Sequence[Sequence[Pattern]]) -> None:
        self._targets: dict[str, list[tuple[int, bool]]] = {}
        self._first_hidden = len(groups)
        self._hidden: dict[tuple[str, ...], int] = {}
        self._chains: dict[int, list[tuple[int, tuple[int, ...]]]] = {}
        for group, patterns in enumerate(groups):
            for pattern in patterns:
                self._add(group, pattern)
        self._found = [tuple(groups) for groups in self._targets.values()]  # by literal
        self._automaton = AhoCorasick(list(self._targets) or ["\0"])

    def _add(self, group: int, pattern: Pattern) -> None:
        if len(pattern) == 1:
            for literal in pattern[0]:
                self._target(group, fold(literal))
            return
        first, *rest = (self._part(part) for part in pattern)
        self._chains.setdefault(first, []).append((group, tuple(rest)))

    def _part(self, literals: tuple[str, ...]) -> int:
        if literals not in self._hidden:
            group = self._hidden[literals] = self._first_hidden + len(self._hidden)
            for literal in literals:
                self._target(group, fold(literal))
        return self._hidden[literals]

    def _target(self, group: int, literal: str) -> None:
        target = (group, literal.endswith("*"))
        targets = self._targets.setdefault(literal.removesuffix("*"), [])
        if target not in targets:
            targets.append(target)

    def find(self, folded: str) -> list[Hit]:
        """All hits in a folded text, by start."""
        hits: list[Hit] = []
        length = len(folded)
        for index, start, end in self._automaton.find_matches_as_indexes(folded, overlapping=True):
            if start and folded[start - 1].isalnum() and folded[start].isalnum():
                continue
            whole = end >= length or not (folded[end].isalnum() and folded[end - 1].isalnum())
            for group, prefix in self._found[index]:
                if whole:
                    hits.append(Hit(start, end, group))
                elif prefix:
                    hits.append(Hit(start, _word_end(folded, end), group))
        hits.sort(key=_order)
        if self._chains:
            hits = self._chained(hits)
        return hits

    def _chained(self, hits: list[Hit]) -> list[Hit]:
        """The hits with those of gapped patterns, without the parts."""
        parts: dict[int, list[Hit]] = {}
        plain = []
        for hit in hits:
            if hit.group >= self._first_hidden:
                parts.setdefault(hit.group, []).append(hit)
            else:
                plain.append(hit)
        count = len(plain)
        for first, places in parts.items():
            for group, rest in self._chains.get(first, ()):
                for hit in places:
                    end = _follow(hit.end, rest, parts)
                    if end:
                        plain.append(Hit(hit.start, end, group))
        if len(plain) > count:
            plain.sort(key=_order)
        return plain


def _order(hit: Hit) -> tuple[int, int]:
    return hit.start, -hit.end


def _place(hit: Hit) -> int:
    return hit.start


def _word_end(folded: str, end: int) -> int:
    while end < len(folded) and folded[end].isalnum():
        end += 1
    return end


def _follow(end: int, rest: tuple[int, ...], parts: Mapping[int, list[Hit]]) -> int:
    """Where the rest of a gapped pattern ends; 0: it does not follow."""
    for part in rest:
        places = parts.get(part, [])
        at = bisect_left(places, end, key=_place)
        if at == len(places) or places[at].start > end + GAP_REACH:
            return 0
        end = places[at].end
    return end
