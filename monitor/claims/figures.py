"""The numbers of a text as claims look at them."""

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
    def bare(self) -> bool:
        """Whether the text says neither a unit nor what is counted."""
        return self.family == COUNT and self.noun is None


def figures(text: str) -> tuple[Figure, ...]:
    """Every number of the text, by start."""
    return tuple(_of(mention) for mention in mentions(text))


def _of(mention: Mention) -> Figure:
    unit = mention.quantity.unit
    family = MONEY if len(unit) == 3 and unit.isupper() else unit
    return Figure(
        mention.start, mention.end, family, mention.quantity, mention.noun, mention.alternates
    )
