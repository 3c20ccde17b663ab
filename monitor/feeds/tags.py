"""Tags so large that parsers take time with the square of their attributes."""

import re

# feedparser needs 13 s for a tag of 10,000 attributes, libxml2 0.7 s for one of 16,000; a hundred
# cost 1.3 ms. Tags of real pages have some thirty.
MAX_ATTRIBUTES = 100
# Bytes; shorter tags cannot hold that many.
SHORTEST = 200

_VALUE = re.compile(rb"""=\s*(?:"[^"]*"|'[^']*'|[^\s"'>]+)""")


def has_monster(markup: bytes) -> bool:
    """True where some tag has more than MAX_ATTRIBUTES attributes."""
    return any(map(_ends_in_monster, markup.split(b">")))


def _ends_in_monster(piece: bytes) -> bool:
    """``piece`` ends where a ">" was: its last "<" began the tag, unless it is text."""
    start = piece.rfind(b"<")
    if start < 0 or len(piece) - start < SHORTEST or not piece[start + 1 : start + 2].isalpha():
        return False
    return len(_VALUE.sub(b" ", piece[start:]).split()) > MAX_ATTRIBUTES + 1
