"""The words of boilerplate.toml, compiled once: which marker does a line of text carry?"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import re2

if TYPE_CHECKING:
    from monitor.rules.boilerplate import Boilerplate, Marker, Verdict

_QUOTES = str.maketrans("\u2018\u2019\u201a\u2032\u201c\u201d\u201e\u00ab\u00bb", '\'\'\'\'"""""')
_SPACE = re.compile(r"\s+")
_WORD = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]|[^\W_]+")
# Scripts without spaces between words: a phrase may stand amid other characters.
_UNSPACED = re.compile(r"[\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
# Spaces and punctuation, as few ranges: with \\pL the phrases do not fit in re2's memory.
_MARKS = r"\x00-/:-@\[-`{-\x{bf}\x{2000}-\x{27bf}\x{3000}-\x{303f}\x{ff00}-\x{ff0f}\x{ff1a}"
_EDGE = f"[{_MARKS}]"
_NO_LETTER = f"[0-9{_MARKS}]"
_GAP = r".{0,40}?"


def plain(text: str) -> str:
    """The text as phrases are compared with it: one line, lower case, plain quotation marks."""
    return _SPACE.sub(" ", text.casefold().translate(_QUOTES)).strip()


def count_words(text: str) -> int:
    """Words of a text; a Chinese, Japanese or Korean character counts as one."""
    return len(_WORD.findall(text))


@dataclass(frozen=True, slots=True)
class Markers:
    """Compiled phrases. ``find`` and ``verdict`` take text as ``plain`` makes it."""

    lines: re2.Set
    owners: tuple["Marker", ...]  # of the pattern with that number
    pages: re2.Set
    judges: tuple["Verdict", ...]
    wires: re.Pattern[str]
    jobs: re.Pattern[str]
    by: frozenset[str]
    zones: Mapping[str, str]  # name in a label -> kind
    time: frozenset[str]
    faq: frozenset[str]

    def find(self, line: str, words: int) -> tuple["Marker", ...]:
        """The markers that a line of so many words carries, whatever else they need."""
        found = self.lines.Match(line) or ()
        return tuple(o for o in (self.owners[i] for i in sorted(found)) if words <= o.most_words)

    def verdicts(self, text: str) -> tuple["Verdict", ...]:
        """The verdicts whose phrases stand in a title or text."""
        return tuple(self.judges[i] for i in sorted(self.pages.Match(text) or ()))


def compiled(rules: "Boilerplate") -> Markers:
    """The markers of ``rules``."""
    owners: list[Marker] = []
    lines = re2.Set.SearchSet(_options())
    for marker in rules.markers:
        for phrase in _phrases(marker.words):
            lines.Add(_pattern(phrase, marker.match))
            owners.append(marker)
    lines.Compile()
    judges: list[Verdict] = []
    pages = re2.Set.SearchSet(_options())
    for verdict in rules.verdicts:
        for phrase in _phrases(verdict.words):
            pages.Add(_pattern(phrase, "contains"))
            judges.append(verdict)
    pages.Compile()
    return Markers(
        lines,
        tuple(owners),
        pages,
        tuple(judges),
        wires=_alternatives(rules.agencies, flags=0),
        jobs=_alternatives(_phrases(rules.jobs), flags=re.IGNORECASE),
        zones={name: kind for kind, names in rules.zones.items() for name in names},
        by=frozenset(_phrases(rules.by)),
        time=frozenset(_phrases(rules.time)),
        faq=frozenset(_phrases(rules.faq)),
    )


def _options() -> re2.Options:
    options = re2.Options()
    options.max_mem = 64 << 20  # the default of 8 MB is too little for thousands of phrases
    options.log_errors = False
    return options


def _phrases(words: dict[str, tuple[str, ...]]) -> Iterable[str]:
    return dict.fromkeys(plain(phrase) for phrases in words.values() for phrase in phrases)


def _pattern(phrase: str, match: str) -> str:
    body = _GAP.join(re2.escape(part) for part in phrase.split("*"))
    before = "" if _is_open(phrase[0]) else f"(?:^|{_EDGE})"
    after = "" if _is_open(phrase[-1]) else f"(?:{_EDGE}|$)"
    if match == "whole":
        return f"^{_NO_LETTER}*{body}{_NO_LETTER}*$"
    if match == "starts":
        return rf"^{_EDGE}*{body}{after}" if phrase[0].isalnum() else rf"^\s*{body}{after}"
    if match == "ends":
        return rf"{before}{body}{_EDGE}*$"
    return f"{before}{body}{after}"


def _is_open(char: str) -> bool:
    """Whether the phrase may touch other letters at this edge."""
    return not char.isalnum() or bool(_UNSPACED.match(char))


def _alternatives(phrases: Iterable[str], flags: int) -> re.Pattern[str]:
    longest_first = sorted(phrases, key=lambda phrase: (-len(phrase), phrase))
    body = "|".join(re.escape(phrase) for phrase in longest_first)
    return re.compile(rf"(?<!\w)(?:{body})(?!\w)", flags)
