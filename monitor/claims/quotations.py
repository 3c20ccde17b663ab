"""Which parts of a text are quoted speech; marks that never close end with their paragraph."""

import re
from bisect import bisect_right
from collections.abc import Sequence

_OPENING = frozenset("\u201c\u00ab\u201e")
_CLOSING = frozenset("\u201d\u00bb")
_EITHER = '"'
_PARAGRAPH_END = "\n"
_MARK = re.compile(f"[{_EITHER}{_PARAGRAPH_END}{''.join(sorted(_OPENING | _CLOSING))}]")


def quoted(text: str) -> tuple[tuple[int, int], ...]:
    """The spans of quoted speech in order, marks included."""
    spans: list[tuple[int, int]] = []
    opened: int | None = None
    for mark in _MARK.finditer(text):
        position, character = mark.start(), mark.group()
        if character == _PARAGRAPH_END:
            if opened is not None:
                spans.append((opened, position))
                opened = None
        elif character in _OPENING or (character == _EITHER and opened is None):
            if opened is None and not (character == _EITHER and _closes_nothing(text, position)):
                opened = position
        elif opened is not None and (character in _CLOSING or character == _EITHER):
            spans.append((opened, position + 1))
            opened = None
    if opened is not None:
        spans.append((opened, len(text)))
    return tuple(spans)


def quotation_at(spans: Sequence[tuple[int, int]], position: int) -> tuple[int, int] | None:
    """The span that a place lies in; None: in none."""
    at = bisect_right(spans, (position, 10**12)) - 1
    return spans[at] if at >= 0 and spans[at][0] <= position < spans[at][1] else None


def _closes_nothing(text: str, position: int) -> bool:
    """Whether a straight mark that opens nothing stands where a closing one would."""
    before = text[position - 1] if position else " "
    after = text[position + 1] if position + 1 < len(text) else " "
    return (
        not before.isspace()
        and before not in "([\u2014\u2013-"
        and (after.isspace() or after in ".,;)")
    )
