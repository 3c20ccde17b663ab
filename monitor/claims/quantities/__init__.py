"""Every quantity of a text, with its exact place, interval, bound and unit."""

from dataclasses import replace
from decimal import Decimal

from monitor.claims.quantities import dates, lexicon, ranks
from monitor.claims.quantities.amounts import MINUS, PLUS, Amount, amount
from monitor.claims.quantities.bounds import hedge_after, hedge_before, interval, is_time
from monitor.claims.quantities.counts import counts, noun_after
from monitor.claims.quantities.dates import DateSpan, resolve_date
from monitor.claims.quantities.pairs import Pair, lent_percent, pair
from monitor.claims.quantities.tokens import Tokens
from monitor.types import Bound, Mention, Quantity

__all__ = ["DateSpan", "mentions", "resolve_date"]

_ANCHORS = (
    frozenset(lexicon.SMALL)
    | frozenset(lexicon.TENS)
    | frozenset(lexicon.PLURALS)
    | frozenset(lexicon.MAGNITUDES)
    | frozenset(lexicon.SYMBOLS)
    | frozenset(lexicon.SIGN_PREFIXES)
    | frozenset(lexicon.CODES)
    | frozenset(lexicon.PLAIN_MULTIPLES)
    | frozenset(word.lower() for word in lexicon.LEADING)
    | {"a", "an", "half", "several", "few"}
    | MINUS
    | PLUS
    | ranks.ANCHORS
    | dates.ANCHORS
)
_Found = tuple[list[Mention], int]


def mentions(text: str) -> tuple[Mention, ...]:
    """Every quantity of ``text``, in order, without overlaps; ``quote == text[start:end]``.

    Units are ISO 4217 codes or words of types.UNITS. Durations other than years and months are
    counts whose ``noun`` is "days", "weeks", "hours"...; percentage and basis points are percent
    (basis points divided by 100) and say so in ``noun``. A date has no value: ``resolve_date``
    reads its quote. Hundreds, "a few billion" and ranges have low and high and no value. Values
    are as printed: the sign of a move is the reader's to give, only a printed sign counts. Linear
    in the length of the text, never raises.
    """
    ts = Tokens(text)
    out: list[Mention] = []
    i = floor = 0
    size = len(ts.all)
    while i < size:
        token = ts.all[i]
        found = None
        if token.kind == "n" or token.low in _ANCHORS or token.low[:2] == "no":
            found = _read(ts, i, floor)
        if found is None:
            i += 1
            continue
        out += found[0]
        i = floor = max(found[1], i + 1)
    return tuple(out)


def _read(ts: Tokens, i: int, floor: int) -> _Found | None:
    rank = ranks.rank(ts, i)
    if rank is not None:
        return [_rank(ts, i, rank)], rank.end
    date = dates.date_phrase(ts, i)
    if date is not None:
        quantity = Quantity(None, None, None, "eq", "date")
        return [_mention(ts, quantity, i, date.end)], date.end
    if ts.at(i).kind == "n" and dates.year(ts, i):
        found = amount(ts, i)
        if found is None or (found.bare and found.figure.end == i + 1):
            return _year(ts, i)
    first = amount(ts, i)
    if first is None:
        return None
    first = lent_percent(ts, first) or first
    two = pair(ts, first, floor)
    if two is not None:
        return _pair(ts, two, floor)
    if first.bare and not counts(ts, first):
        return [], first.end
    return _single(ts, first, floor)


def _mention(ts: Tokens, quantity: Quantity, first: int, end: int) -> Mention:
    start, stop = ts.at(first).start, ts.at(end - 1).end
    return Mention(quantity, start, stop, ts.text[start:stop])


def _rank(ts: Tokens, i: int, rank: ranks.Rank) -> Mention:
    value = Decimal(rank.value)
    low = Decimal(1) if rank.bound == "le" else value
    quantity = Quantity(value, low, value, rank.bound, "rank", 1)
    return _mention(ts, quantity, i, rank.end)


def _year(ts: Tokens, i: int) -> _Found | None:
    before_touches = ts.touch(i - 1) and ts.low(i - 1) not in lexicon.words("( [ “ ‘ \" ' - – —")
    if before_touches or (ts.touch(i) and ts.at(i + 1).kind == "w"):
        return [], i + 1
    value = Decimal(ts.low(i))
    return [_mention(ts, Quantity(value, value, value, "eq", "year", 4), i, i + 1)], i + 1


def _single(ts: Tokens, found: Amount, floor: int) -> _Found:
    timed = is_time(found.unit, found.noun)
    before, start = hedge_before(ts, found.start, floor, timed)
    after, end = hedge_after(ts, found.end)
    if found.figure.form == "couple" and before is None:
        before = "approx"
    bound = found.bound or before or after or "eq"
    quantity = _quantity(found, bound)
    mention = _mention(ts, quantity, start, end)
    noun = found.noun or (noun_after(ts, end) if found.unit == "count" else None)
    alternates, _ = _alternates(ts, found, end)
    return [replace(mention, noun=noun, alternates=alternates)], _past(ts, end, alternates)


def _past(ts: Tokens, end: int, alternates: tuple[Quantity, ...]) -> int:
    """The token after the bracket that holds the alternates."""
    if not alternates:
        return end
    while ts.low(end) != ")":
        end += 1
    return end + 1


def _quantity(found: Amount, bound: Bound) -> Quantity:
    figure = found.figure
    if figure.value is None:
        low = None if figure.low is None else figure.low * found.factor
        high = None if figure.high is None else figure.high * found.factor
        if bound in ("gt", "ge"):
            high = None
        return Quantity(None, low, high, "range", found.unit, figure.digits)
    value = figure.value * found.factor * (-1 if found.negative else 1)
    low, high = interval(value, bound)
    return Quantity(value, low, high, bound, found.unit, figure.digits)


def _pair(ts: Tokens, two: Pair, floor: int) -> _Found:
    if two.apart:
        first, end = _single(ts, two.first, floor)
        second, after = _single(ts, two.second, end)
        return first + second, after
    low = two.first.figure.value
    high = two.second.figure.value
    sign = -1 if two.first.negative else 1
    ends = sorted(v * two.second.factor * sign for v in (low, high) if v is not None)
    digits = max(two.first.figure.digits, two.second.figure.digits)
    quantity = Quantity(None, ends[0], ends[1], "range", two.second.unit, digits)
    _, start = hedge_before(ts, two.start, floor, is_time(two.second.unit, two.second.noun))
    mention = _mention(ts, quantity, start, two.second.end)
    noun = two.second.noun
    if noun is None and two.second.unit == "count":
        noun = noun_after(ts, two.second.end)
    return [replace(mention, noun=noun)], two.second.end


def _alternates(ts: Tokens, found: Amount, end: int) -> tuple[tuple[Quantity, ...], int]:
    """The same money in brackets behind it, in other currencies."""
    if len(found.unit) != 3 or ts.low(end) != "(":
        return (), end
    alternates: list[Quantity] = []
    at = end + 1
    for _ in range(3):
        start = at
        while ts.low(at) in lexicon.BEFORE_LAST | {"or", "equivalent", "to"} and at < start + 4:
            at += 1
        bound, _ = hedge_before(ts, at, start, unit_is_time=False)
        other = amount(ts, at)
        if other is None or len(other.unit) != 3 or other.unit == found.unit:
            return (), end
        alternates.append(_quantity(other, bound or "eq"))
        at = other.end
        if ts.low(at) == ")":
            return tuple(alternates), at + 1
        if ts.low(at) not in (",", ";", "/", "or", "and"):
            return (), end
        at += 1
    return (), end
