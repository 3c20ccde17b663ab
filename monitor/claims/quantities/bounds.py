"""Hedges before and after a figure, and the interval they make of it."""

from decimal import Decimal

from monitor.claims.quantities.figures import plain
from monitor.claims.quantities.lexicon import (
    AFTER,
    AFTER_FIRST,
    BEFORE,
    BEFORE_LAST,
    LONGEST_HEDGE,
    SYMBOLS,
    TIME,
    words,
)
from monitor.claims.quantities.tokens import Tokens
from monitor.types import Bound

APPROX = Decimal("0.1")  # about: +-10 %, the labelling rules of the claims
NEAR = Decimal("0.05")  # nearly: the 5 % below the figure, same source
# "over four years" is a period unless one of these says that it is a comparison.
_COMPARES = frozenset(
    {"takes", "took", "take", "taken", "taking", "lasted", "lasts", "for", "just", "is", "was"}
)
_ADDING = frozenset({"add", "adds", "added", "adding", "sum", "sums", "summed"})
_COMPARING = frozenset({"<", ">", "< =", "> ="})
_PREVIOUS = frozenset({"the", "this", "its", "their", "these"})
# Behind these "about" names a subject: "asked about 2,048 chips".
_TOPICAL = words("""
    ask asked asks asking know knew knows known talk talks talked talking think thinking worry
    worried worries complain complained lie lied lying concern concerned concerns question questions
    say said says debate heard hear told tell claim claims boast boasted doubts doubt story
""")
# "a staggering $3 trillion": words that may stand between a hedge and its figure.
_SWELLING = words("""
    staggering whopping massive mere record cool huge estimated reported stunning further additional
    total combined full
""")

Interval = tuple[Decimal | None, Decimal | None]


def hedge_before(ts: Tokens, i: int, floor: int, unit_is_time: bool) -> tuple[Bound | None, int]:
    """The bound that the words before token ``i`` give, and the token where they begin.

    ``floor``: tokens before it belong to another quantity.
    """
    last = i
    if ts.low(i - 1) in _SWELLING:
        last -= 2 if ts.low(i - 2) in ("a", "an", "the") else 1
    if ts.low(last - 1) not in BEFORE_LAST:
        return None, i
    for size in range(min(LONGEST_HEDGE, last - floor), 0, -1):
        start = last - size
        key = " ".join(ts.lows[start:last])
        bound = BEFORE.get(key)
        if bound is not None:
            return (bound, start) if _means_it(ts, start, key, unit_is_time) else (None, i)
    return None, i


def _means_it(ts: Tokens, start: int, key: str, unit_is_time: bool) -> bool:
    before = ts.low(start - 1)
    match key:
        case "past":
            return not unit_is_time and before not in _PREVIOUS
        case "some":
            return before not in _PREVIOUS
        case "over" if unit_is_time:
            return before in _COMPARES
        case "up to":
            return before not in _ADDING
        case "about":
            return before not in _TOPICAL
        case "near":
            return before not in ("nowhere", "anywhere")
        case _:
            return not (key in _COMPARING and ts.touch(start - 1))  # the end of a tag


def hedge_after(ts: Tokens, i: int) -> tuple[Bound | None, int]:
    """The bound that the words from token ``i`` on give, and the token after them."""
    if ts.low(i) not in AFTER_FIRST:
        return None, i
    for size in (3, 2, 1):
        key = " ".join(ts.lows[i : i + size])
        bound = AFTER.get(key)
        if bound is not None:
            return (bound, i + size) if _closes(ts, i, key, i + size) else (None, i)
    return None, i


def _closes(ts: Tokens, i: int, key: str, end: int) -> bool:
    """Whether the hedge belongs to the figure before it, not to one behind it."""
    if ts.is_number(end) or ts.low(end) in SYMBOLS:
        return False
    if key == "plus":
        return ts.is_word(end)
    return key[0] not in "+-" or ts.touch(i - 1)


def interval(value: Decimal, bound: Bound) -> Interval:
    """Low and high of a value; None is open. Of a negative one the bound speaks of magnitude."""
    size = abs(value)
    low: Decimal | None = size
    high: Decimal | None = size
    if bound == "approx":
        low, high = plain(size - size * APPROX), plain(size + size * APPROX)
    elif bound == "near":
        low = plain(size - size * NEAR)
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
