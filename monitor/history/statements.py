"""What one observation states: its value with the room that hedge and rounding leave."""

import math
from dataclasses import replace
from datetime import date
from decimal import Context, Decimal
from functools import lru_cache

from monitor.history.definition import CONVERTED_DIGITS, Definition, Scale
from monitor.history.scale import Statement, Value, place
from monitor.types import Observation, Quantity, Sighting

# How much an observation's vote counts, by how surely and how exactly it speaks (issue 8: modality
# and bound weigh). Asserted and exact is 1; the order is what matters
# (test_consensus.py).
# Doubted and denied values are dissent and have no weight at all.
MODALITY_WEIGHT = {"asserted": 1.0, "attributed": 0.9, "hedged": 0.6, "predicted": 0.5}
BOUND_WEIGHT = {"eq": 1.0, "near": 0.9, "approx": 0.8, "range": 0.6}
# A one-sided bound names no value; five of them together stay lighter than two stories that do.
BOUND_ONLY_WEIGHT = 0.25
ONE_SIDED = frozenset({"gt", "ge", "lt", "le", "upto"})

# "$600 billion" with one significant digit may stand for 550 to 650, but "$100 billion" hardly for
# 50 to 150: half a unit of the last digit, at most this share of the value (RULES.md gives "about"
# the same 10 %).
ROUNDING_CAP = 0.1
# A range with a wider ratio than this, or of years wider than one, names no single value.
WIDE = 1.5
# Rates of one table stand for a year: slack for values that were converted, as a share.
CONVERTED_SLACK = 0.03
_EXACT = Context(prec=60, traps=[])


def statements(sighting: Sighting, definition: Definition) -> tuple[Statement, ...]:
    """What a sighting states for this claim; empty when it cannot be compared with it.

    A wide range whose ends are printed in digits states both ends ("from 10,000 to 50,000" shows
    two camps, issue 8); one in words ("hundreds of billions") is vague and backs what lies in it.
    """
    observation = sighting.observation
    if definition.kind in ("text", "boolean"):
        return _words(observation)
    if definition.kind == "date":
        return _dates(observation)
    quantity = _in_unit(sighting, definition)
    if quantity is None:
        return ()
    slack = 0.0 if observation.unit == definition.unit else CONVERTED_SLACK
    whole = _statement(quantity, definition, slack)
    if whole is None:
        return ()
    if quantity.bound == "range" and not whole.firm and _prints_ends(whole, observation.quote):
        return tuple(
            end
            for number in (quantity.low, quantity.high)
            if (end := _statement(_point(quantity, number), definition, slack)) is not None
        )
    return (whole,)


def weight(observation: Observation) -> float:
    """The vote of an observation, 0..1; 0 for dissent and for suspect values."""
    if "suspect" in observation.flags:
        return 0.0
    modality = MODALITY_WEIGHT.get(observation.modality, 0.0)
    if isinstance(observation.value, (str, bool)):
        return modality
    return modality * BOUND_WEIGHT.get(observation.bound, BOUND_ONLY_WEIGHT)


def plain(number: Decimal) -> Decimal:
    """The same number in one spelling: 6E+2, 600 and 600.0 become 600."""
    number = number.normalize(_EXACT)
    if not number:
        return Decimal(0)
    exponent = number.as_tuple().exponent
    assert isinstance(exponent, int)
    return number.quantize(Decimal(1), context=_EXACT) if 0 < exponent < 40 else number


def stated(value: Value, definition: Definition) -> Statement | None:
    """The statement that a bare value makes, its precision read from its digits or form."""
    if isinstance(value, Decimal):
        quantity = Quantity(value, value, value, "eq", definition.unit)
        return _statement(quantity, definition, 0.0)
    if isinstance(value, str) and definition.kind == "date":
        return _date(value)
    return _word(value)


# --- numbers ------------------------------------------------------------------------------------


def _statement(quantity: Quantity, definition: Definition, slack: float) -> Statement | None:
    low, value, high = (_finite(n) for n in (quantity.low, quantity.value, quantity.high))
    bound, digits = quantity.bound, quantity.significant_digits
    return _read(low, value, high, bound, digits, definition.unit, definition.scale, slack)


@lru_cache(maxsize=4096)  # the values of a claim come again with every article that repeats them
def _read(  # noqa: PLR0913 - all that a statement depends on, to be remembered by
    low: Decimal | None,
    named: Decimal | None,
    high: Decimal | None,
    bound: str,
    digits: int | None,
    unit: str,
    scale: Scale,
    slack: float,
) -> Statement | None:
    value = _middle(low, high) if named is None else named
    if value is None:
        return None
    if low is None and high is None:
        if bound in ONE_SIDED:
            return None  # the side that is open is unknown
        low = high = value
    at = place(value, scale)
    ends = (
        -math.inf if low is None else min(at, place(low, scale)),
        math.inf if high is None else max(at, place(high, scale)),
    )
    if unit == "year" and value == value.to_integral_value(context=_EXACT):
        below, above = 0.0, 1.0  # "in 2023" is any time of that year
    else:
        below = above = 0.0 if unit == "rank" else _rounding(value, digits, scale)
    if slack:
        extra = math.log1p(slack) if scale == "log" else slack * abs(at)
        below, above = below + extra, above + extra
    is_open = bound in ONE_SIDED or not all(map(math.isfinite, ends))
    return Statement(
        value=plain(value),
        at=at,
        ends=ends,
        span=(min(ends[0], at - below), max(ends[1], at + above)),
        low=None if low is None else plain(low),
        high=None if high is None else plain(high),
        firm=not is_open and (named is not None or _is_narrow(ends, unit, scale)),
    )


def _is_narrow(ends: tuple[float, float], unit: str, scale: Scale) -> bool:
    """Whether a range names a value all the same."""
    low, high = ends
    if unit in ("year", "rank"):
        return high - low <= 1
    if scale == "log":
        return high - low <= math.log(WIDE)
    return low * high > 0 and max(abs(low), abs(high)) <= WIDE * min(abs(low), abs(high))


def _rounding(value: Decimal, digits: int | None, scale: Scale) -> float:
    """How far the value before rounding may have been away, on the claim's scale."""
    if not value:
        return 0.0
    if digits is None or digits < 1:
        digits = len(value.normalize(_EXACT).as_tuple().digits)
    head = abs(float(value.scaleb(-value.adjusted(), _EXACT)))  # 1 <= head < 10
    share = min(0.5 * 10.0 ** (1 - min(digits, 30)) / head, ROUNDING_CAP)
    return math.log1p(share) if scale == "log" else share * abs(float(value))


def _prints_ends(statement: Statement, quote: str) -> bool:
    closed = statement.low is not None and statement.high is not None
    return closed and any(character.isdigit() for character in quote)


def _point(quantity: Quantity, number: Decimal | None) -> Quantity:
    return replace(quantity, value=number, low=number, high=number, bound="eq")


def _middle(low: Decimal | None, high: Decimal | None) -> Decimal | None:
    if low is None or high is None:
        return high if low is None else low
    return _EXACT.divide(_EXACT.add(low, high), Decimal(2))


def _finite(number: object) -> Decimal | None:
    if isinstance(number, Decimal) and number.is_finite() and abs(number.adjusted()) < 300:
        return number
    return None


# --- currencies ---------------------------------------------------------------------------------


def _in_unit(sighting: Sighting, definition: Definition) -> Quantity | None:
    """The observation's quantity in the claim's unit; None: of another kind of unit."""
    seen = sighting.observation
    value = seen.value if isinstance(seen.value, Decimal) else None
    own = Quantity(value, seen.low, seen.high, seen.bound, seen.unit, seen.significant_digits)
    if own.unit == definition.unit:
        return own
    for alternate in seen.alternates:  # the text's own conversion is better than ours
        if alternate.unit == definition.unit:
            return alternate
    rate = definition.exchange.rate(own.unit, definition.unit, _day(sighting))
    if rate is None:
        return None
    low, value, high = (_converted(n, rate) for n in (own.low, own.value, own.high))
    digits = own.significant_digits
    return Quantity(value, low, high, own.bound, definition.unit, digits)


def _converted(number: Decimal | None, rate: Decimal) -> Decimal | None:
    if _finite(number) is None or number is None:
        return None
    return Context(prec=CONVERTED_DIGITS, traps=[]).multiply(number, rate)


def _day(sighting: Sighting) -> date | None:
    start = sighting.observation.about_start
    if start is not None:
        day = _iso(start, last=False)
        if day is not None:
            return day
    return None if sighting.published_at is None else sighting.published_at.date()


def is_converted(observation: Observation, definition: Definition) -> bool:
    """Whether the value is compared only through a rate: to be flagged ``converted``."""
    if definition.kind != "number" or observation.unit == definition.unit:
        return False
    if any(alternate.unit == definition.unit for alternate in observation.alternates):
        return False
    return definition.exchange.rate(observation.unit, definition.unit, None) is not None


# --- words and dates ----------------------------------------------------------------------------


def _words(observation: Observation) -> tuple[Statement, ...]:
    value = observation.value
    if isinstance(value, Decimal):
        value = str(plain(value)) if value.is_finite() else str(value)
    if value is None or (isinstance(value, str) and not value.strip()):
        return ()
    return (_word(value),)


def _word(value: str | bool) -> Statement:
    """Words are equal but for case and spacing; the word true is the boolean."""
    word = " ".join(str(value).split())
    return Statement(value, 0.0, (0.0, 0.0), (0.0, 0.0), word=word.casefold())


def _dates(observation: Observation) -> tuple[Statement, ...]:
    text = observation.value
    return (_date(text.strip()),) if isinstance(text, str) and text.strip() else ()


def _date(text: str) -> Statement:
    """A date as an interval of days: a month backs the days in it, a day stands alone."""
    first, _, last = text.partition("/")
    start = _iso(first, last=False)
    end = _iso(last or first, last=True)
    if start is None or end is None or end < start:
        return _word(text)
    low, high = float(start.toordinal()), float(end.toordinal())
    return Statement(text, (low + high) / 2, (low, high), (low, high), firm=low == high)


def _iso(text: str, *, last: bool) -> date | None:
    """The first or last day of an ISO date of any precision."""
    parts = text.strip()[:10].split("-")
    try:
        numbers = [int(part) for part in parts]
        if len(numbers) == 3:
            return date(*numbers)
        if len(numbers) == 2:
            year, month = numbers
            if not last:
                return date(year, month, 1)
            following = date(year + month // 12, month % 12 + 1, 1)
            return date.fromordinal(following.toordinal() - 1)
        if len(numbers) == 1:
            return date(numbers[0], 12, 31) if last else date(numbers[0], 1, 1)
    except (ValueError, OverflowError):
        return None
    return None
