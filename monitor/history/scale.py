"""Values as places on a claim's scale, and when two of them differ."""

import math
from dataclasses import dataclass
from decimal import Decimal

from monitor.history.definition import Definition, Scale

# "More than half a trillion" speaks of 600 billion, hardly of 5,000: a bound backs camps up to
# this factor away (test_consensus.py).
REACH = 2.0
# Keeps the logarithm defined at 0 and odd-symmetric; far below any amount the press prints.
_LOG_FLOOR = 1e-6
_FAR = 1e300  # stands for numbers beyond floats
_EPSILON = 1e-9  # intervals that only touch do not overlap: 550 is neither 500 nor 600

Value = Decimal | str | bool


@dataclass(frozen=True, slots=True)
class Statement:
    """One value as said. Places are on the claim's scale; equal statements are one."""

    value: Value  # in the unit of the claim, plain
    at: float  # place of the value; 0.0 for words
    ends: tuple[float, float]  # what the hedge leaves open, infinite where the bound is open
    span: tuple[float, float]  # ``ends`` widened by rounding: other values in it do not differ
    low: Decimal | None = None  # the ends as numbers; None: open, or no number
    high: Decimal | None = None
    firm: bool = True  # names a value; False: a bound or a vague range, which can only back one
    word: str | None = None  # text and boolean values compare by this

    @property
    def key(self) -> str:
        """A short text that two statements share only if they are equal."""
        places = "" if self.word is not None else f"{self.at!r} {self.ends!r} {self.span!r}"
        kind = type(self.value).__name__
        return f"{kind} {self.low} {self.high} {places} {self.firm} {self.value}"


def place(number: Decimal, scale: Scale) -> float:
    """Where a finite number lies on a scale."""
    if scale == "linear":
        return max(-_FAR, min(_FAR, float(number)))
    if number == 0:
        return 0.0
    sign, digits, exponent = number.as_tuple()
    assert isinstance(exponent, int)
    head = digits[:17]
    log = math.log(int("".join(map(str, head))) or 1)
    log += (exponent + len(digits) - len(head)) * math.log(10)
    log = math.log1p(math.exp(log) / _LOG_FLOOR) if log < 10 else log - math.log(_LOG_FLOOR)
    return -log if sign else log


def agree(one: Statement, other: Statement, definition: Definition) -> bool:
    """Whether two values do not differ: close together, or one within the span of the other.

    "nearly $600bn", $593bn and $589bn agree; $300bn does not (issue 8).
    """
    if one.word is not None or other.word is not None:
        return one.word == other.word
    return close(one.at, other.at, definition) or (
        _within(one.at, other.span) or _within(other.at, one.span)
    )


def _within(at: float, span: tuple[float, float]) -> bool:
    return span[0] + _EPSILON < at < span[1] - _EPSILON


def close(one: float, other: float, definition: Definition) -> bool:
    """Whether two places are within the claim's one-camp share of each other."""
    return abs(one - other) <= window(max(one, other, key=abs), definition) + _EPSILON


def window(at: float, definition: Definition) -> float:
    """How far from ``at`` a value still agrees, on the claim's scale."""
    if definition.kind == "date" or definition.unit in ("rank", "year"):
        return 0.0
    share = float(definition.one_camp)
    return math.log1p(share) if definition.scale == "log" else share * abs(at)


def backs(bound: Statement, at: float, definition: Definition) -> bool:
    """Whether a bound or vague range is compatible with a value at ``at``."""
    low, high = bound.span
    slack = window(at, definition) + _EPSILON
    return low - slack <= at <= high + slack


def reaches(bound: Statement, at: float, definition: Definition) -> bool:
    """Whether a compatible value is near enough for a bound to speak of it."""
    if math.isfinite(bound.ends[0]) and math.isfinite(bound.ends[1]):
        return True
    if definition.kind == "date" or definition.unit in ("rank", "year"):
        return True
    if definition.scale == "log":
        return abs(at - bound.at) <= math.log(REACH) + _EPSILON
    small, large = sorted((abs(at), abs(bound.at)))
    return large <= small * REACH + _EPSILON and at * bound.at >= 0


def fits(one: Statement, other: Statement, definition: Definition) -> bool:
    """Whether both can be true: they agree, or one is a bound that the other keeps."""
    if agree(one, other, definition):
        return True
    if one.word is not None or other.word is not None:
        return False
    bounds = [(a, b) for a, b in ((one, other), (other, one)) if not a.firm]
    return any(backs(bound, value.at, definition) for bound, value in bounds)
