"""Further readings of a number: a million or a currency left unsaid, weeks as months."""

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from monitor.claims.figures import COUNT, MONEY, Figure
from monitor.types import Quantity

MONTHS = {"weeks": Decimal(12) / 52, "days": Decimal(1) / 30}  # as they are mostly reckoned
SCALES = tuple(Decimal(1000) ** power for power in (1, 2, 3, 4))
ALIKE = Decimal("0.05")  # share by which the same sum is told differently: 593 for 589 billion
LEAST = 10  # whole numbers below are too many things
LATELY = 40  # numbers back to the one that is said again


_UNITS = {"m": 6, "million": 6, "bn": 9, "billion": 9, "tn": 12, "trillion": 12}
_CURRENCIES = {"dollars": "USD", "euros": "EUR", "yuan": "CNY", "$": "USD", "\u20ac": "EUR"}
# "Losses in billions of dollars.", "(US$ bn)": what the numbers behind it on the line are of.
_HEADER = re.compile(
    r"\b(?P<scale>million|billion|trillion)s of (?:U\.?S\.? )?(?P<unit>dollars|euros|yuan)(?=[.:)])"
    r"|(?P<sign>[$\u20ac]) ?(?P<short>m|million|bn|billion|tn|trillion)(?=[.:)])"
)
_LINE = re.compile("\n")


class Headers:
    """The units that the lines of a text name once for all their numbers."""

    def __init__(self, text: str) -> None:
        self._found = list(_HEADER.finditer(text)) if "of " in text or "$" in text else []
        self._lines = [one.start() for one in _LINE.finditer(text)] if self._found else []
        self._starts = [one.end() for one in self._found]

    def of(self, figure: Figure) -> tuple[Decimal, str] | None:
        """The size and currency for a number; None: its line names none before it."""
        at = bisect_right(self._starts, figure.start) - 1
        if at < 0 or self._line(self._starts[at]) != self._line(figure.start):
            return None
        found = self._found[at]
        size = _UNITS[(found["scale"] or found["short"]).lower()]
        return Decimal(10) ** size, _CURRENCIES[found["unit"] or found["sign"]]

    def _line(self, at: int) -> int:
        return bisect_right(self._lines, at)


def readings(figure: Figure, before: Sequence[Figure], headers: Headers) -> tuple[Figure, ...]:
    """What a number can mean, as printed first. ``before``: the numbers of the text so far.

    "$589 billion; others have 593" reads as 593 as well as as $593 billion; "eight weeks" as eight
    and as 1.85 months.
    """
    if figure.family != COUNT:
        return (figure,)
    if figure.noun in MONTHS:
        return (figure, _in_months(figure, MONTHS[figure.noun]))
    header = headers.of(figure) if figure.bare and not figure.large else None
    if header is not None:
        return (figure, _scaled(figure, header[0], MONEY, header[1]))
    if figure.bare and not figure.large and _telling(figure.magnitude):
        for other in reversed(before[-LATELY:]):
            scale = _same(figure, other)
            if scale is not None:
                unit = other.quantity.unit
                again = _scaled(figure, scale, other.family, unit)
                return (figure, replace(again, noun=other.noun))
    return (figure,)


def _in_months(figure: Figure, by: Decimal) -> Figure:
    scaled = _scaled(figure, by, "months", "months")
    told = scaled.quantity
    value, low, high = (
        None if one is None else round(one, 2) for one in (told.value, told.low, told.high)
    )
    return replace(scaled, quantity=replace(told, value=value, low=low, high=high))


def _telling(number: Decimal) -> bool:
    """Whether a number is exact enough to be known again: 5.6 and 593, not 6."""
    return number < SCALES[0] and (number >= LEAST or number % 1 != 0)


def _same(figure: Figure, other: Figure) -> Decimal | None:
    """The thousand or million that makes a number the other one; None: it is not that one."""
    if other.family not in (MONEY, COUNT) or other.magnitude < SCALES[0]:
        return None
    ratio = other.magnitude / figure.magnitude
    return next((one for one in SCALES if abs(ratio / one - 1) <= ALIKE), None)


def _scaled(figure: Figure, by: Decimal, family: str, unit: str) -> Figure:
    told = figure.quantity
    value, low, high = (
        None if one is None else one * by for one in (told.value, told.low, told.high)
    )
    quantity = Quantity(value, low, high, told.bound, unit, told.significant_digits)
    return replace(figure, family=family, quantity=quantity, noun=None)
