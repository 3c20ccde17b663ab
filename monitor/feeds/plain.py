"""Plain text from what feeds put into titles and summaries."""

import re
from html import unescape

# Characters. A headline above 300 is a mistake of the feed; a summary only has to carry the topic.
MAX_TITLE = 500
MAX_SUMMARY = 2_000

# Both take time in proportion to the text: none starts again where another gave up. So a ">" in
# an attribute ends the tag.
_HIDDEN = re.compile(
    r"<!--.*?(?:-->|\Z)|<(script|style)\b.*?(?:</\1\s*>|\Z)", re.DOTALL | re.IGNORECASE
)
_TAG = re.compile(r"</?([a-zA-Z][\w:-]*)[^<>]*(?:>|\Z)|<[!?][^<>]*>")
# Their edges do not part words: "Deep<b>Seek</b>" is one.
_INLINE_NAMES = """
    a abbr acronym b bdi bdo big cite code del dfn em font i ins kbd mark q s samp small span
    strike strong sub sup time tt u var wbr
"""
_INLINE = frozenset(_INLINE_NAMES.split())
# Controls; marks that turn the direction of what follows (a title that reads backwards); what no
# database or XML takes.
_UNPRINTABLE = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u202a-\u202e\ud800-\udfff\ufdd0-\ufdef\ufeff\ufffe\uffff]"
)


def from_text(text: str, limit: int) -> str | None:
    """The text on one line, without control characters, cut at ``limit``; None where empty."""
    line = " ".join(_UNPRINTABLE.sub("", text).split())
    if len(line) > limit:
        line = line[: limit - 1].rstrip() + "…"
    return line or None


def from_html(markup: str, limit: int) -> str | None:
    """As ``from_text``, with tags, comments and scripts taken out and entities resolved."""
    visible = _HIDDEN.sub(" ", markup)
    return from_text(unescape(_TAG.sub(_edge, visible)), limit)


def _edge(match: re.Match[str]) -> str:
    return "" if (match[1] or "").lower() in _INLINE else " "
