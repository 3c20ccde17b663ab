"""Texts as tokens: digits, words and signs with their offsets."""

import re
from collections.abc import Callable

from monitor.claims.quantities.lexicon import CODES

# Every alternative takes what it takes without going back further than a few groups, so the scan
# is linear on any input. First figures whose thousands are parted by blanks; then words of units
# that lost the blank behind them ("a millionOperating"), as in texts whose full stops were deleted;
# then codes that touch their figure: USD5m, No1.
_TOKEN = re.compile(
    r"\d{1,3}(?:[ \u00a0\u2009\u202f]\d{3}){1,9}(?:\.\d++)?+(?![ .,\-]?\d)"
    r"|\d++(?:[.,]\d++)*+|(?<![\w.])\.\d++(?![.,]?\d)"
    r"|(?:hundred|thousand|[mb]illion|trillion|crore|percent|cent|dollar|euro|yuan|year|month"
    r"|week|day|hour|time)s?(?=[A-Z])"
    rf"|(?=[A-Z])(?:No|Rs|RM|Rp|{'|'.join(CODES).upper()})(?=\d)|(?<=\$)[A-Z]{{1,3}}(?=\d)"
    r"|(?:[A-Za-z]\.){2,6}|[^\W\d_]\w*+"
    r"|[^\s\w]|_|[\n\r\v\f\x85\u2028\u2029]"
)
_PAD = 32  # line breaks behind the last token, so that looking a little further needs no care
_NOWHERE = -9  # where those lie: no token touches them


class Tokens:
    """A piece of a text and its tokens. Outside the piece, also before it, are line breaks.

    ``low(i)`` and ``raw(i)`` give a token in lower case and as printed.
    """

    __slots__ = ("_raws", "_starts", "low", "lows", "raw", "size", "text")

    def __init__(self, text: str, start: int = 0, end: int | None = None) -> None:
        found: list[str] = _TOKEN.findall(text, start, len(text) if end is None else end)
        self.text = text
        self.size = len(found)
        self._starts: list[int] = _places(text, start, found) + [_NOWHERE] * _PAD
        self._raws: list[str] = found + ["\n"] * _PAD
        self.lows: list[str] = [token.lower() for token in self._raws]
        self.low: Callable[[int], str] = self.lows.__getitem__
        self.raw: Callable[[int], str] = self._raws.__getitem__

    def start(self, index: int) -> int:
        """The offset of a token in the text."""
        return self._starts[index]

    def end(self, index: int) -> int:
        """The offset behind a token."""
        return self._starts[index] + len(self._raws[index])

    def is_number(self, index: int) -> bool:
        """Whether a token is digits."""
        token = self._raws[index]
        return token[0].isdecimal() or (token[0] == "." and len(token) > 1)

    def is_word(self, index: int) -> bool:
        """Whether a token is a word."""
        first = self._raws[index][0]
        return first.isalnum() and not first.isdecimal()

    def touch(self, index: int) -> bool:
        """Whether nothing is between the tokens ``index`` and ``index + 1``."""
        return self._starts[index] + len(self._raws[index]) == self._starts[index + 1]

    def match(self, index: int, *words: str) -> bool:
        """Whether the tokens from ``index`` on are these words."""
        return self.lows[index : index + len(words)] == list(words)


def _places(text: str, at: int, found: list[str]) -> list[int]:
    """Where the tokens begin: between two of them is only blank, so the next place is theirs."""
    starts = []
    for token in found:
        at = text.index(token, at)
        starts.append(at)
        at += len(token)
    return starts
