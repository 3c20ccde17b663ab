"""The extracted body as typed blocks of plain text."""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from monitor.types import Block

if TYPE_CHECKING:
    from lxml.etree import _Element

KINDS = {
    "p": "paragraph",
    "ab": "paragraph",
    "head": "heading",
    "list": "list",
    "quote": "quote",
    "table": "table",
    "code": "code",
}
_CONTAINERS = frozenset({"body", "div"})
_LINES = frozenset({"lb", "item", "row", "p", "head", "quote", "list", "table"})
_SPACE = re.compile(r"[^\S\n\u00a0\u202f\u2007\u3000]+")
_BREAK = re.compile(r"\s*\n\s*")
# What no database and no reader wants: controls, soft hyphens, invisible marks (but not the joiners
# that Persian and Hindi need), lone surrogates, noncharacters.
_INVALID = re.compile(
    r"[\x00-\x08\x0e-\x1f\x7f-\x9f\xad\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f"
    r"\ud800-\udfff\ufeff\ufff0-\ufff8\ufffe\uffff\U000e0000-\U000e007f]"
)


def blocks(body: "_Element") -> Iterator[Block]:
    """The blocks of an extracted body, in page order, none of them empty.

    Items of a list, rows of a table and line breaks are lines of the block; white space is
    otherwise single, except that no-break and ideographic spaces stay what they are.
    """
    loose: list[str] = [body.text or ""]
    for child in body:
        kind = KINDS.get(child.tag)
        if kind is None and child.tag not in _CONTAINERS:
            loose += [_text(child), child.tail or ""]
            continue
        yield from _paragraph("".join(loose))
        if kind is None:
            yield from blocks(child)
        elif text := tidy(_text(child)):
            yield Block(kind, text)
        loose = [child.tail or ""]
    yield from _paragraph("".join(loose))


def _paragraph(text: str) -> Iterator[Block]:
    if text := tidy(text):
        yield Block("paragraph", text)


def _text(element: "_Element") -> str:
    parts: list[str] = []
    _collect(element, parts)
    return "".join(parts)


def _collect(root: "_Element", parts: list[str]) -> None:
    """Appends the text of ``root`` without its tail; a loop, since nesting may be deep."""
    stack: list[tuple[_Element, bool]] = [(root, True)]
    while stack:
        element, opens = stack.pop()
        if not opens:
            parts.append("\n" if element.tag in _LINES else " " if element.tag == "cell" else "")
            parts.append("" if element is root else element.tail or "")
            continue
        parts.append("\n" if element.tag in _LINES else "")
        parts.append(element.text or "")
        stack.append((element, False))
        stack.extend((child, True) for child in reversed(element))


def tidy(text: str) -> str:
    """The text with single spaces, without invisible and invalid characters, stripped."""
    return _BREAK.sub("\n", _SPACE.sub(" ", _INVALID.sub("", _SPACE.sub(" ", text)))).strip()
