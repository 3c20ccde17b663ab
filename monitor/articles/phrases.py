"""Phrases found in a line in one pass, each with the place in which it counts."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ahocorasick_rs import AhoCorasick, MatchKind

# Characters that "*" in a phrase may stand for.
GAP = 40
# Scripts without spaces between words: a phrase may stand amid other characters.
_UNSPACED = (("\u0e00", "\u0e7f"), ("\u3040", "\u30ff"), ("\u3400", "\u9fff"), ("\uac00", "\ud7af"))


@dataclass(frozen=True, slots=True)
class Phrase:
    """``parts``: what stands between the gaps; ``match``: whole, starts, ends or contains."""

    parts: tuple[str, ...]
    match: str

    def stands(self, text: str, start: int) -> bool:
        """Whether the phrase, whose first part is at ``start``, counts there."""
        end = start + len(self.parts[0])
        for part in self.parts[1:]:
            at = text.find(part, end, end + GAP + len(part))
            if at < 0:
                return False
            end = at + len(part)
        if self.match == "whole":
            return not _has_letter(text[:start]) and not _has_letter(text[end:])
        if not _is_edge(text, start - 1, self.parts[0][0]):
            return False
        if not _is_edge(text, end, self.parts[-1][-1]):
            return False
        if self.match == "starts":
            return not _has_sign(text[:start])
        return self.match != "ends" or not _has_sign(text[end:])


class Finder:
    """Many phrases compiled into one automaton, whatever their number (Aho and Corasick, 1975)."""

    __slots__ = ("automaton", "phrases")

    def __init__(self, phrases: Sequence[Phrase]) -> None:
        groups: dict[str, list[tuple[int, Phrase]]] = {}
        for number, phrase in enumerate(phrases):
            groups.setdefault(phrase.parts[0], []).append((number, phrase))
        self.phrases = tuple(tuple(group) for group in groups.values())
        self.automaton = AhoCorasick(list(groups), matchkind=MatchKind.Standard)

    def find(self, text: str) -> Iterator[int]:
        """The numbers of the phrases that count in ``text``, each once, in no order."""
        seen = set()
        for group, start, _ in self.automaton.find_matches_as_indexes(text, overlapping=True):
            for number, phrase in self.phrases[group]:
                if number not in seen and phrase.stands(text, start):
                    seen.add(number)
                    yield number


def _has_letter(text: str) -> bool:
    return any(char.isalpha() for char in text)


def _has_sign(text: str) -> bool:
    return any(char.isalnum() for char in text)


def _is_edge(text: str, at: int, char: str) -> bool:
    """Whether a phrase may end at ``char`` beside the character at ``at``."""
    if not 0 <= at < len(text) or not text[at].isalnum() or not char.isalnum():
        return True
    return any(low <= char <= high for low, high in _UNSPACED)
