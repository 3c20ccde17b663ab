"""Hedges before and after a figure, and the interval they make of it."""

from decimal import Decimal

from monitor.claims.quantities.lexicon import (
    AFTER,
    AFTER_FIRST,
    BEFORE,
    BEFORE_LAST,
    LONGEST_HEDGE,
    TIME,
)
from monitor.claims.quantities.tokens import Tokens
from monitor.types import Bound

APPROX = Decimal("0.1")  # about: +-10 %, the labelling rules of the claims
NEAR = Decimal("0.05")  # nearly: the 5 % below the figure, same source
# "over four years" is a period unless one of these says that it is a comparison.
_COMPARES = frozenset(
    {"takes", "took", "take", "taken", "taking", "lasted", "lasts", "for", "just", "is", "was"}
)
_PERIOD = frozenset({"over", "past", "beyond", "some", "under"})
_PREVIOUS = frozenset({"the", "this", "its", "their", "these"})

Interval = tuple[Decimal | None, Decimal | None]


def hedge_before(ts: Tokens, i: int, floor: int, unit_is_time: bool) -> tuple[Bound | None, int]:
    """The bound that the words before token ``i`` give, and the token where they begin.

    ``floor``: tokens before it belong to another quantity.
    """
    if ts.low(i - 1) not in BEFORE_LAST:
        return None, i
    for size in range(min(LONGEST_HEDGE, i - floor), 0, -1):
        key = tuple(ts.low(at) for at in range(i - size, i))
        bound = BEFORE.get(key)
        if bound is not None:
            return (bound, i - size) if _means_it(ts, i - size, key, unit_is_time) else (None, i)
    return None, i


def _means_it(ts: Tokens, start: int, key: tuple[str, ...], unit_is_time: bool) -> bool:
    before = ts.low(start - 1)
    if key == ("past",) or key == ("some",):
        return not (unit_is_time and key == ("past",)) and before not in _PREVIOUS
    if key == ("over",) and unit_is_time:
        return before in _COMPARES
    if key == ("up", "to"):
        return before not in ("add", "adds", "added", "adding", "sum", "summed")
    return True


def hedge_after(ts: Tokens, i: int) -> tuple[Bound | None, int]:
    """The bound that the words from token ``i`` on give, and the token after them."""
    if ts.low(i) not in AFTER_FIRST:
        return None, i
    for size in (3, 2, 1):
        key = tuple(ts.low(at) for at in range(i, i + size))
        bound = AFTER.get(key)
        if bound is not None:
            touches = key[0] not in ("+", "-") or ts.touch(i - 1)
            spare = key == ("plus",) and ts.at(i + 1).kind != "w"
            return (bound, i + size) if touches and not spare else (None, i)
    return None, i


def interval(value: Decimal, bound: Bound) -> Interval:
    """Low and high of a value; None is open. Of a negative one the bound speaks of magnitude."""
    size = abs(value)
    low: Decimal | None = size
    high: Decimal | None = size
    if bound == "approx":
        low, high = size - size * APPROX, size + size * APPROX
    elif bound == "near":
        low = size - size * NEAR
    elif bound in ("gt", "ge"):
        high = None
    elif bound in ("lt", "le", "upto"):
        low = None
    if value < 0:
        return (None if high is None else -high), (None if low is None else -low)
    return low, high


def is_time(unit: str, noun: str | None) -> bool:
    """Whether an amount is a duration."""
    return unit in ("years", "months") or (noun is not None and noun in TIME)
