"""What begins at a token: a rank, a date, a year, an amount, two amounts; and the mention of it."""

from collections.abc import Iterable
from decimal import Decimal
from typing import NamedTuple

from monitor.claims.quantities import dates, lexicon, ranks
from monitor.claims.quantities.amounts import MINUS, PLUS, Amount, amount
from monitor.claims.quantities.bounds import hedge_after, hedge_before, interval, is_time
from monitor.claims.quantities.counts import counts, noun_after
from monitor.claims.quantities.pairs import Pair, lent_percent, pair, share
from monitor.claims.quantities.tokens import Tokens
from monitor.types import Bound, Mention, Quantity

_RANK, _DATE, _AMOUNT = 1, 2, 4
# Further conditions on a word that begins a quantity only sometimes.
_ARTICLE, _SIGN_PREFIX, _CODE, _SIGN = 8, 16, 32, 64
_SIGNS_AFTER_LETTERS = frozenset("$¥￥")
_AFTER_ARTICLE = (
    frozenset(lexicon.MAGNITUDES)
    | frozenset(lexicon.FRACTIONS)
    | lexicon.SINGULARS
    | {"couple", "few", "several"}
)
_BRACKETS = {"(": ")", "[": "]"}
_IN_BRACKETS = 3  # amounts looked at in one pair of brackets
_BEFORE_ALTERNATE = lexicon.BEFORE_LAST | {"or", "equivalent", "to", "=", "then", "nearly"}
_OPEN_BEFORE_YEAR = frozenset("([“‘\"'-–—/|’*")


def _all_roles() -> dict[str, int]:
    found: dict[str, int] = {}

    def add(words: Iterable[str], role: int) -> None:
        for word in words:
            found[word.lower()] = found.get(word.lower(), 0) | role

    add(lexicon.SMALL, _AMOUNT | _DATE)
    add((*lexicon.TENS, *lexicon.PLURALS, *lexicon.MAGNITUDES), _AMOUNT)
    add((*lexicon.PLAIN_MULTIPLES, *lexicon.SYMBOLS, "half", "several", "few"), _AMOUNT)
    add(("a", "an"), _ARTICLE)
    add(lexicon.SIGN_PREFIXES, _SIGN_PREFIX)
    add((*lexicon.CODES, *lexicon.LEADING), _CODE)
    add((*MINUS, *PLUS), _SIGN)
    add(ranks.ANCHORS, _RANK)
    add(dates.ANCHORS, _DATE)
    return found


_ROLES = _all_roles()


class Reading(NamedTuple):
    """The mentions that begin at a token, and the token after them."""

    mentions: tuple[Mention, ...]
    end: int


def worth_reading(ts: Tokens) -> list[int]:
    """The tokens at which a quantity may begin."""
    known = _ROLES
    lows = ts.lows
    return [
        i for i in range(ts.size) if lows[i] in known or (not lows[i].isalpha() and ts.is_number(i))
    ]


def roles(ts: Tokens, i: int) -> int:
    """What may begin at a token, as bits; 0: nothing."""
    if ts.is_number(i):
        return _DATE | _AMOUNT
    role = _ROLES[ts.low(i)]
    after = ts.low(i + 1)
    if role & _ARTICLE and after in _AFTER_ARTICLE:
        role |= _AMOUNT | _DATE
    if role & _SIGN_PREFIX and after in _SIGNS_AFTER_LETTERS:
        role |= _AMOUNT
    if role & _CODE and (ts.raw(i)[0].isupper() or ts.low(i) in lexicon.LEADING):
        role |= _AMOUNT
    if role & _SIGN and (ts.is_number(i + 1) or after in lexicon.SYMBOLS):
        role |= _AMOUNT
    return role & (_RANK | _DATE | _AMOUNT)


def read(ts: Tokens, i: int, floor: int, role: int) -> Reading | None:
    """What begins at token ``i``; tokens before ``floor`` belong to another quantity."""
    if role & _RANK and (rank := ranks.rank(ts, i)):
        return _rank(ts, i, rank)
    if role & _DATE and (date := dates.date_phrase(ts, i)):
        quantity = Quantity(None, None, None, "eq", "date")
        return Reading((_mention(ts, quantity, i, date.end),), date.end)
    first = amount(ts, i) if role & _AMOUNT else None
    if first is None:
        return None
    alone = first.bare and first.figure.end == i + 1
    if alone and dates.year(ts, i):
        return _year(ts, i)
    if alone:
        first = share(ts, first) or first
    first = lent_percent(ts, first) or first
    two = pair(ts, first, floor)
    if two is not None:
        return _pair(ts, two, floor)
    if first.bare and not counts(ts, first):
        return Reading((), first.end)
    return _single(ts, first, floor)


def _mention(ts: Tokens, quantity: Quantity, first: int, end: int) -> Mention:
    start, stop = ts.start(first), ts.end(end - 1)
    return Mention(quantity, start, stop, ts.text[start:stop])


def _rank(ts: Tokens, i: int, rank: ranks.Rank) -> Reading:
    value = Decimal(rank.value)
    low = Decimal(1) if rank.bound == "le" else value
    quantity = Quantity(value, low, value, rank.bound, "rank", 1)
    return Reading((_mention(ts, quantity, i, rank.end),), rank.end)


def _year(ts: Tokens, i: int) -> Reading:
    before_touches = ts.touch(i - 1) and ts.low(i - 1) not in _OPEN_BEFORE_YEAR
    if before_touches or (ts.touch(i) and ts.is_word(i + 1)):
        return Reading((), i + 1)
    value = Decimal(ts.low(i))
    quantity = Quantity(value, value, value, "eq", "year", len(ts.low(i)))
    return Reading((_mention(ts, quantity, i, i + 1),), i + 1)


def _single(ts: Tokens, found: Amount, floor: int) -> Reading:
    before, first = hedge_before(ts, found.start, floor, is_time(found.unit, found.noun))
    after, end = hedge_after(ts, found.end)
    if found.figure.form == "couple" and before is None:
        before = "approx"
    quantity = _quantity(found, found.bound or before or after or "eq")
    noun = found.noun or (noun_after(ts, end) if found.unit == "count" else None)
    alternates, past = _alternates(ts, found, end)
    start, stop = ts.start(first), ts.end(end - 1)
    mention = Mention(quantity, start, stop, ts.text[start:stop], alternates, noun)
    return Reading((mention,), past)


def _quantity(found: Amount, bound: Bound) -> Quantity:
    figure = found.figure
    if figure.value is None:
        low = None if figure.low is None else figure.low * found.factor
        high = None if figure.high is None else figure.high * found.factor
        return Quantity(None, low, high, "range", found.unit, figure.digits)
    value = figure.value * found.factor
    if found.negative:
        value = -value
    low, high = interval(value, bound)
    return Quantity(value, low, high, bound, found.unit, figure.digits)


def _pair(ts: Tokens, two: Pair, floor: int) -> Reading:
    first, second = two.first, two.second
    if two.apart:
        one = _single(ts, first, floor)
        other = _single(ts, second, one.end)
        return Reading(one.mentions + other.mentions, other.end)
    sign = -1 if first.negative else 1
    values = (first.figure.value, second.figure.value)
    low, high = sorted(value * second.factor * sign for value in values if value is not None)
    digits = max(first.figure.digits, second.figure.digits)
    quantity = Quantity(None, low, high, "range", second.unit, digits)
    _, begin = hedge_before(ts, two.start, floor, is_time(second.unit, second.noun))
    noun = second.noun or (noun_after(ts, second.end) if second.unit == "count" else None)
    start, stop = ts.start(begin), ts.end(second.end - 1)
    mention = Mention(quantity, start, stop, ts.text[start:stop], (), noun)
    return Reading((mention,), second.end)


def _alternates(ts: Tokens, found: Amount, end: int) -> tuple[tuple[Quantity, ...], int]:
    """The same money in other currencies in brackets behind it, and the token after those."""
    closing = _BRACKETS.get(ts.low(end))
    if closing is None or not _is_money(found.unit):
        return (), end
    alternates: list[Quantity] = []
    at = end + 1
    for _ in range(_IN_BRACKETS):
        start = at
        while ts.low(at) in _BEFORE_ALTERNATE and at < start + lexicon.LONGEST_HEDGE:
            at += 1
        other = amount(ts, at)
        if other is None or not _is_money(other.unit) or other.unit == found.unit:
            break
        bound, _ = hedge_before(ts, at, start, unit_is_time=False)
        alternates.append(_quantity(other, bound or "eq"))
        if ts.low(other.end) == closing:
            return tuple(alternates), other.end + 1
        at = other.end + 1
    return (), end


def _is_money(unit: str) -> bool:
    return unit.isupper()
