"""The words of boilerplate.toml, compiled once: which marker does a line of text carry?"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from monitor.articles.phrases import Finder, Phrase

if TYPE_CHECKING:
    from monitor.rules.boilerplate import Boilerplate, Marker, Verdict

_QUOTES = str.maketrans("\u2018\u2019\u201a\u2032\u201c\u201d\u201e\u00ab\u00bb", '\'\'\'\'"""""')
_SPACE = re.compile(r"\s+")
_WORD = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]|[^\W_]+")


def plain(text: str) -> str:
    """The text as phrases are compared with it: one line, lower case, plain quotation marks."""
    return _SPACE.sub(" ", text.casefold().translate(_QUOTES)).strip()


def count_words(text: str) -> int:
    """Words of a text; a Chinese, Japanese or Korean character counts as one."""
    return len(_WORD.findall(text))


@dataclass(frozen=True, slots=True)
class Markers:
    """Compiled phrases. ``find`` and ``verdicts`` take text as ``plain`` makes it."""

    lines: Finder
    owners: tuple["Marker", ...]  # of the phrase with that number
    pages: Finder
    judges: tuple["Verdict", ...]
    wires: re.Pattern[str]
    jobs: Finder
    told: Finder
    consent: Finder
    reader: Finder
    buttons: Finder
    by: frozenset[str]
    zones: Mapping[str, str]  # name in a label -> kind
    time: frozenset[str]
    faq: frozenset[str]

    def find(self, line: str, words: int) -> tuple["Marker", ...]:
        """The markers that a line of so many words carries, whatever else they need."""
        owners = (self.owners[number] for number in sorted(self.lines.find(line)))
        return tuple(owner for owner in owners if words <= owner.most_words)

    def is_told(self, line: str) -> bool:
        """Whether a line reports what somebody said."""
        return _has(self.told, line)

    def names_job(self, line: str) -> bool:
        """Whether a line names a job of the press."""
        return _has(self.jobs, line)

    def asks_consent(self, line: str) -> bool:
        """Whether a line speaks to its reader of cookies and consent."""
        return _has(self.consent, line) and _has(self.reader, line) and not self.is_told(line)

    def is_consent_button(self, line: str) -> bool:
        """Whether a line is the label of a button that gives or refuses consent."""
        return _has(self.buttons, line)

    def verdicts(self, text: str) -> tuple["Verdict", ...]:
        """The verdicts whose phrases stand in a title or text."""
        return tuple(self.judges[number] for number in sorted(self.pages.find(text)))


def compiled(rules: "Boilerplate") -> Markers:
    """The markers of ``rules``."""
    lines = [
        (Phrase(tuple(phrase.split("*")), marker.match), marker)
        for marker in rules.markers
        for phrase in _phrases(marker.words)
    ]
    pages = [
        (Phrase(tuple(phrase.split("*")), verdict.match), verdict)
        for verdict in rules.verdicts
        for phrase in _phrases(verdict.words)
    ]
    return Markers(
        Finder([phrase for phrase, _ in lines]),
        tuple(marker for _, marker in lines),
        Finder([phrase for phrase, _ in pages]),
        tuple(verdict for _, verdict in pages),
        wires=_alternatives(rules.agencies),
        jobs=_finder(rules.jobs),
        told=_finder(rules.told),
        consent=_finder(rules.consent.words),
        reader=_finder(rules.consent.reader),
        buttons=_finder(rules.consent.buttons, "whole"),
        zones={name: kind for kind, names in rules.zones.items() for name in names},
        by=frozenset(_phrases(rules.by)),
        time=frozenset(_phrases(rules.time)),
        faq=frozenset(_phrases(rules.faq)),
    )


def _finder(words: dict[str, tuple[str, ...]], match: str = "contains") -> Finder:
    return Finder([Phrase((phrase,), match) for phrase in _phrases(words)])


def _has(finder: Finder, line: str) -> bool:
    return any(True for _ in finder.find(line))


def _phrases(words: dict[str, tuple[str, ...]]) -> Iterable[str]:
    return dict.fromkeys(plain(phrase).strip("* ") for texts in words.values() for phrase in texts)


def _alternatives(phrases: Iterable[str]) -> re.Pattern[str]:
    longest_first = sorted(phrases, key=lambda phrase: (-len(phrase), phrase))
    body = "|".join(re.escape(phrase) for phrase in longest_first)
    return re.compile(rf"(?<!\w)(?:{body})(?!\w)")
