"""Amounts: a number with the currency, percent sign or other unit that belongs to it."""

from decimal import Decimal
from typing import NamedTuple

from monitor.claims.quantities.figures import Figure, and_a_half, figure, joined
from monitor.claims.quantities.lexicon import (
    CODES,
    CURRENCY_WORDS,
    DIRECT_TIME,
    DOLLARS,
    HUNDREDTHS,
    LEADING,
    NATION_CURRENCY,
    NATIONS,
    PERCENT,
    PLAIN_MULTIPLES,
    SIGN_PREFIXES,
    SYMBOLS,
    TIME,
    TIMES_COUNTED,
    WEAK_CURRENCIES,
    words,
)
from monitor.claims.quantities.tokens import Tokens
from monitor.types import Bound

MINUS = frozenset({"-", "−", "–", "minus"})
PLUS = frozenset({"+", "plus"})
_MULTIPLIED = words("the that its what their")  # "double the price", not "a double blow"
_FREE_BEFORE_SIGN = frozenset("([|\"“'‘")
_LONGEST_TICKER = 5
_POINTS = words("per basis pp ppt ppts bp bps")
_INNER: dict[str, Bound] = {"<": "lt", ">": "gt", "~": "approx", "≈": "approx"}


class Amount(NamedTuple):
    """A number with its unit; ``start`` and ``end`` are tokens."""

    figure: Figure
    start: int
    end: int
    unit: str
    factor: Decimal = Decimal(1)  # of the unit: a cent is 0.01 USD
    noun: str | None = None  # what a unit of UNITS does not say: days, percentage points
    bare: bool = False  # no unit is printed
    leads: bool = False  # the currency stands before the number
    negative: bool = False
    bound: Bound | None = None  # a sign between currency and number: $<0.01


class _Unit(NamedTuple):
    unit: str
    end: int
    factor: Decimal = Decimal(1)
    noun: str | None = None


def amount(ts: Tokens, i: int) -> Amount | None:
    """The amount that begins at token ``i``: sign, currency, number, unit."""
    at, negative = _sign(ts, i)
    multiple = PLAIN_MULTIPLES.get(ts.low(at))
    if multiple is not None:
        return _multiple(ts, i, at, multiple)
    currency, after = _currency_before(ts, at)
    bound = None
    if currency and ts.low(after) in _INNER and ts.touch(after):
        bound, after = _INNER[ts.low(after)], after + 1
    found = figure(ts, after, money=currency is not None)
    if found is None:
        return None
    if currency:
        end = _currency_again(ts, found.end, currency)
        return Amount(found, i, end, currency, leads=True, negative=negative, bound=bound)
    unit = _unit(ts, found)
    if unit is None:
        return Amount(found, i, found.end, "count", bare=True, negative=negative)
    if unit.unit in DIRECT_TIME:  # a year and a half
        longer = and_a_half(ts, found._replace(end=unit.end))
        found, unit = longer, unit._replace(end=longer.end)
    return Amount(found, i, unit.end, unit.unit, unit.factor, unit.noun, negative=negative)


def _multiple(ts: Tokens, i: int, at: int, multiple: int) -> Amount | None:
    word = ts.low(at)
    if word in ("double", "triple", "quadruple") and ts.low(at + 1) not in _MULTIPLIED:
        return None
    found = Figure(Decimal(multiple), 1, at + 1, "words")
    if word in ("twice", "thrice") and ts.low(at + 1) in TIMES_COUNTED | {"daily", "weekly"}:
        return None
    return Amount(found, i, at + 1, "ratio")


def _sign(ts: Tokens, i: int) -> tuple[int, bool]:
    """Where the amount goes on behind a sign, and whether the sign is a minus."""
    low = ts.low(i)
    if low in MINUS or low in PLUS:
        free = not ts.touch(i - 1) or ts.low(i - 1) in _FREE_BEFORE_SIGN or _ticker(ts, i)
        if low.isalpha() or (ts.touch(i) and free):
            return i + 1, low in MINUS
    return i, False


def _ticker(ts: Tokens, i: int) -> bool:
    """Whether the sign at ``i`` parts a ticker from its move: (AMZN-4.02%)."""
    name = ts.raw(i - 1)
    return (
        name.isupper() and name.isalpha() and len(name) <= _LONGEST_TICKER and ts.low(i + 2) == "%"
    )


def _currency_before(ts: Tokens, i: int) -> tuple[str | None, int]:
    """The currency that stands before a number, and the token after it."""
    low = ts.low(i)
    if low == "$" and ts.low(i + 1) in SIGN_PREFIXES and ts.touch(i) and ts.is_number(i + 2):
        return SIGN_PREFIXES[ts.low(i + 1)], i + 2  # $US589 billion
    if low in SYMBOLS:
        return SYMBOLS[low], i + 1
    if ts.low(i + 1) in ("$", "¥", "￥") and ts.touch(i) and low in SIGN_PREFIXES:
        return SIGN_PREFIXES[low], i + 2
    code = LEADING.get(low) if low in ("rs", "rmb") else LEADING.get(ts.raw(i))
    if code is None and low in CODES and ts.raw(i).isupper():
        code = CODES[low]
    if code is None:
        return None, i
    after = i + 1
    if ts.low(after) == "." and ts.touch(i):
        after += 1
    if ts.low(after) in SYMBOLS:  # USD $5
        after += 1
    return (code, after) if ts.is_number(after) else (None, i)


def _currency_again(ts: Tokens, end: int, currency: str) -> int:
    """The end of an amount that names its currency twice: $3.31M USD, $5 million dollars."""
    again = _currency_word(ts, end, strong=True)
    return again.end if again and (again.unit == currency or again.unit == "USD") else end


def _unit(ts: Tokens, found: Figure) -> _Unit | None:
    at = joined(ts, found.end)
    low = ts.low(at)
    if low in PERCENT or low in _POINTS:
        return _percent(ts, at)
    if low in TIME:
        return _time(ts, at)
    if found.form == "fraction":
        return _Unit("ratio", found.end)
    if low in ("times", "x", "×", "fold", "time"):
        return _times(ts, at, found)
    if low in SYMBOLS and not ts.is_number(at + 1):  # 600 million €
        return _Unit(SYMBOLS[low], at + 1)
    if low in HUNDREDTHS:
        return _Unit(HUNDREDTHS[low], at + 1, Decimal("0.01"), low)
    strong = found.scale >= 1000
    if low == "of" and strong:
        return _currency_word(ts, at + 1, strong=True)
    return _currency_word(ts, at, strong)


def _percent(ts: Tokens, at: int) -> _Unit | None:
    low = ts.low(at)
    after = ts.low(at + 1)
    if low == "per":
        at = joined(ts, at + 1)
        return _Unit("percent", at + 1) if ts.low(at) == "cent" else None
    if low == "percentage":
        points = after in ("point", "points")
        return _Unit("percent", at + 2, noun="percentage points") if points else None
    if low in ("pc", "bp") and not ts.touch(at - 1):
        return None
    if low in ("pp", "ppt", "ppts"):
        return _Unit("percent", at + 1, noun="percentage points")
    if low in ("bp", "bps"):
        return _Unit("percent", at + 1, Decimal("0.01"), "basis points")
    if low == "basis":
        point = joined(ts, at + 1)
        points = ts.low(point) in ("point", "points")
        return _Unit("percent", point + 1, Decimal("0.01"), "basis points") if points else None
    if after in ("points", "pts"):
        return _Unit("percent", at + 2, noun="percentage points")
    return _Unit("percent", at + 1)


def _time(ts: Tokens, at: int) -> _Unit | None:
    name, factor = TIME[ts.low(at)]
    old = joined(ts, at + 1)
    if ts.low(old) in ("old", "olds"):
        unit = name if name in DIRECT_TIME else "count"
        return _Unit(unit, old + 1, Decimal(factor), "old" if unit == name else f"{name} old")
    if ts.low(at) == "hour" and at > 0 and ts.low(at - 1) == "-" and ts.low(at - 2) == "24":
        return None  # round the clock
    if name in DIRECT_TIME:
        return _Unit(name, at + 1, Decimal(factor))
    return _Unit("count", at + 1, Decimal(factor), name)


def _times(ts: Tokens, at: int, found: Figure) -> _Unit | None:
    low = ts.low(at)
    if low == "time":
        return None
    if low == "x" and (not ts.touch(at - 1) or (ts.touch(at) and ts.is_number(at + 1))):
        return None
    if low == "×" and ts.is_number(at + 1):
        return None
    if low == "times" and (found.scale >= 10**6 or ts.low(at + 1) in TIMES_COUNTED):
        return _Unit("count", at + 1, noun="times")
    return _Unit("ratio", at + 1)


def _currency_word(ts: Tokens, at: int, strong: bool) -> _Unit | None:
    """dollars, US dollars, Swiss francs, RMB; ``strong``: a magnitude makes it surely money."""
    start = at
    while ts.low(at) in NATIONS and at < start + 3:
        at += 1
    low = ts.low(at)
    code = CURRENCY_WORDS.get(low)
    if code is None:
        if low in CODES and ts.raw(at).isupper():
            return _Unit(CODES[low], at + 1)
        return None
    if low in WEAK_CURRENCIES and at == start and not strong and ts.low(at + 1) != "sterling":
        return None
    if low in ("dollar", "dollars") and at > start:
        code = DOLLARS.get(ts.low(at - 1), code)
    if at > start:
        code = NATION_CURRENCY.get((ts.low(at - 1), low), code)
    end = at + 2 if ts.low(at + 1) == "sterling" else at + 1
    return _Unit(code, end)
