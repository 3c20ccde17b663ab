"""Quantities, and what a text says about a claim."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal

Bound = Literal["eq", "approx", "near", "gt", "ge", "lt", "le", "upto", "range"]
Modality = Literal["asserted", "attributed", "hedged", "predicted", "doubted", "denied"]
# ISO 4217 codes for money, else one of these.
UNITS: frozenset[str] = frozenset(
    {"percent", "count", "ratio", "rank", "year", "years", "months", "date", "text", "boolean"}
)


@dataclass(frozen=True, slots=True)
class Quantity:
    """A figure as an interval. ``low`` or ``high`` None: open; ``value`` None: a range."""

    value: Decimal | None
    low: Decimal | None
    high: Decimal | None
    bound: Bound
    unit: str
    significant_digits: int | None = None


@dataclass(frozen=True, slots=True)
class Mention:
    """A quantity at its place: ``quote == text[start:end]``, its hedge included."""

    quantity: Quantity
    start: int
    end: int
    quote: str
    alternates: tuple[Quantity, ...] = ()  # the same amount in brackets, in another currency
    noun: str | None = None  # words behind a count that may name what it counts; days, weeks, ...


@dataclass(frozen=True, slots=True)
class Observation:
    """What one text says about one claim at one place: ``quote == text[start:end]``."""

    claim: str
    value: Decimal | str | bool | None  # None: a range, see low and high
    low: Decimal | None  # None: open, or not a number
    high: Decimal | None
    bound: Bound
    unit: str
    modality: Modality
    speaker: str | None  # canonical name; None: the outlet's own voice
    quote: str
    start: int
    end: int
    qualifiers: Mapping[str, str] = field(default_factory=dict)
    about_start: str | None = None  # ISO date of the fact's time; None: not stated
    about_end: str | None = None
    significant_digits: int | None = None
    alternates: tuple[Quantity, ...] = ()
    flags: tuple[str, ...] = ()  # suspect, repaired, converted, ...
    confidence: float = 1.0  # 0..1
