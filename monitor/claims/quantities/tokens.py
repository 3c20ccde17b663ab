"""Texts as tokens: digits, words and signs with their offsets."""

import re
from typing import NamedTuple

# Every alternative takes what it takes without going back further than a few groups, so the scan
# is linear on any input. First figures whose thousands are parted by blanks; then words of units
# that lost the blank behind them ("a millionOperating"), as in texts whose full stops were deleted.
_TOKEN = re.compile(
    r"(?P<n>\d{1,3}(?:[ \u00a0\u2009\u202f]\d{3}){1,9}(?:\.\d++)?+(?![ .,\-]?\d)"
    r"|\d++(?:[.,]\d++)*+)"
    r"|(?P<w>(?:hundred|thousand|[mb]illion|trillion|crore|percent|cent|dollar|euro|yuan|year|month"
    r"|week|day|hour|time)s?(?=[A-Z])"
    r"|(?:[A-Za-z]\.){2,6}|[^\W\d_]\w*+)"
    r"|(?P<p>[^\s\w]|_|[\n\r\v\f\x85\u2028\u2029])"
)


class Token(NamedTuple):
    """``kind``: n digits, w word, p sign or line break. ``low`` is the text in lower case."""

    kind: str
    low: str
    start: int
    end: int


END = Token("p", "\n", -1, -1)


def tokenise(text: str) -> list[Token]:
    """The tokens of ``text`` in order; between two of them is only blank."""
    found = []
    for match in _TOKEN.finditer(text):
        start, end = match.span()
        found.append(Token(match.lastgroup or "p", match.group().lower(), start, end))
    return found


class Tokens:
    """A text and its tokens; any index may be asked for, outside are line breaks."""

    __slots__ = ("all", "text")

    def __init__(self, text: str) -> None:
        self.text = text
        self.all = tokenise(text)

    def at(self, index: int) -> Token:
        """The token at ``index``, a line break outside the text."""
        return self.all[index] if 0 <= index < len(self.all) else END

    def low(self, index: int) -> str:
        """The token at ``index`` in lower case."""
        return self.all[index].low if 0 <= index < len(self.all) else "\n"

    def raw(self, index: int) -> str:
        """The token at ``index`` as printed."""
        token = self.at(index)
        return self.text[token.start : token.end] if token.start >= 0 else "\n"

    def touch(self, index: int) -> bool:
        """Whether nothing is between the tokens ``index`` and ``index + 1``."""
        if index < 0 or index + 1 >= len(self.all):
            return False
        return self.all[index].end == self.all[index + 1].start

    def match(self, index: int, *words: str) -> bool:
        """Whether the tokens from ``index`` on are these words."""
        return all(self.low(index + offset) == word for offset, word in enumerate(words))
