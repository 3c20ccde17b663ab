"""Numbers as they are spoken: "five point six million dollars"."""

import re
from collections.abc import Iterator
from decimal import Decimal

from monitor.types import Quantity

_ONES = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
]
_TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
_SCALES = {"thousand": 3, "million": 6, "billion": 9, "trillion": 12}
_UNITS = {
    "dollars": "USD",
    "euros": "EUR",
    "yuan": "CNY",
    "percent": "percent",
    "per cent": "percent",
}
_WORD = "|".join((*_ONES, *_TENS, "oh"))
_SPOKEN = re.compile(
    rf"\b(?P<whole>(?:(?:{_WORD})[ -]){{1,3}})point (?P<part>(?:{_WORD})(?:[ -](?:{_WORD})){{0,2}})"
    r"(?: (?P<scale>thousand|million|billion|trillion))?"
    r"(?: (?P<unit>dollars|euros|yuan|percent|per cent))?\b",
    re.IGNORECASE,
)


def spoken(text: str) -> list[tuple[int, int, Quantity]]:
    """The numbers with a spoken decimal point: start, end, quantity."""
    found = []
    for match in _places(text):
        digits = "".join(str(_value(word)) for word in re.split("[ -]", match["part"].lower()))
        whole = sum(_value(word) for word in re.split("[ -]", match["whole"].strip(" -").lower()))
        scale = _SCALES.get((match["scale"] or "").lower(), 0)
        value = Decimal(f"{whole}.{digits}").scaleb(scale)
        unit = _UNITS.get((match["unit"] or "").lower(), "count")
        quantity = Quantity(value, value, value, "eq", unit, len(digits) + len(str(whole)))
        found.append((*match.span(), quantity))
    return found


def _places(text: str) -> Iterator[re.Match[str]]:
    at = text.find(" point ")
    while at >= 0:  # only in lines that have the word
        start, end = text.rfind("\n", 0, at) + 1, text.find("\n", at)
        end = len(text) if end < 0 else end
        yield from _SPOKEN.finditer(text, start, end)
        at = text.find(" point ", end)


def _value(word: str) -> int:
    if word in _ONES:
        return _ONES.index(word)
    return 10 * (_TENS.index(word) + 2) if word in _TENS else 0
