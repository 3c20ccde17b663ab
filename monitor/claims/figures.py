"""The numbers of a text as claims look at them."""

import re
from dataclasses import dataclass
from decimal import Decimal

from monitor.claims.quantities import mentions
from monitor.types import Mention, Quantity

MONEY = "money"
COUNT = "count"


@dataclass(frozen=True, slots=True)
class Figure:
    """A number at its place. ``family``: money, or the unit of the quantity."""

    start: int
    end: int
    family: str
    quantity: Quantity
    quote: str
    noun: str | None = None  # what is counted; None: a bare number
    alternates: tuple[Quantity, ...] = ()

    @property
    def magnitude(self) -> Decimal:
        """The number that ranges are checked against."""
        quantity = self.quantity
        for number in (quantity.value, quantity.high, quantity.low):
            if number is not None:
                return abs(number)
        return Decimal(0)

    @property
    def sign(self) -> int:
        """-1 or 1 where a sign is printed, else 0."""
        first = self.quote.lstrip()[:1]
        if first in ("+", "-", "\u2212", "\u2013"):
            return 1 if first == "+" else -1
        word = self.quote[:5].lower()
        return {"minus": -1, "plus ": 1}.get(word, 0)

    @property
    def bare(self) -> bool:
        """Whether the text says neither a unit nor what is counted."""
        return self.family == COUNT and self.noun is None


def figures(text: str) -> tuple[Figure, ...]:
    """Every number of the text, by start. A date with a year in it is a year as well."""
    return tuple(_of(mention) for mention in mentions(text))


_YEAR = re.compile(r"\b(1[89]\d\d|20\d\d)\b")


def _of(mention: Mention) -> Figure:
    quantity, family = mention.quantity, mention.quantity.unit
    if len(family) == 3 and family.isupper():
        family = MONEY
    elif family == "date" and (match := _YEAR.search(mention.quote)):
        year = Decimal(match[1])
        quantity, family = Quantity(year, year, year, "eq", "year", 4), "year"
    return Figure(
        mention.start,
        mention.end,
        family,
        quantity,
        mention.quote,
        mention.noun,
        mention.alternates,
    )
