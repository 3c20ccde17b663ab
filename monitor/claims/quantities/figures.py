"""Numbers as printed: digits, words, fractions, and the magnitudes behind them."""

import re
from decimal import Decimal
from typing import NamedTuple

from monitor.claims.quantities.lexicon import (
    BEFORE_LAST,
    CODES,
    CURRENCY_WORDS,
    FRACTION_PLURALS,
    FRACTIONS,
    MAGNITUDES,
    NATIONS,
    NEED_MONEY,
    PLURALS,
    SHORT,
    SINGULARS,
    SMALL,
    TENS,
    VULGAR,
    words,
)
from monitor.claims.quantities.tokens import Tokens

# Longer runs of digits are codes, not figures; it also keeps every product exact in 28 digits.
_LONGEST = 21
_ENGLISH = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?")
_INDIAN = re.compile(r"\d{1,2}(?:,\d{2})+,\d{3}(?:\.\d+)?")
_PLAIN = re.compile(r"\d+(?:\.\d+)?|\.\d+")
_DECIMAL_COMMA = re.compile(r"\d+,\d{1,2}")  # 5,6 million, in translated texts
_GROUPS = str.maketrans(" \u00a0\u2009\u202f", ",,,,")
_LONGEST_WORDS = 24  # tokens of a number in words
_LONGEST_CHAIN = 3  # magnitudes in a row: 1.2 lakh crore
_HALF = Decimal("0.5")
# "a few billion", "several hundred": from two of them to the next magnitude.
_SEVERAL = (2, 10)
_DETERMINERS = words("the its their those these his her our your my per")
# What may follow "a third", "a fifth"; before a noun they are ordinals ("a third party").
_AFTER_FRACTION = words("""
    of the as that its their what less more cheaper lower higher fewer smaller larger on in from to
    at and or this these since off over by for if when while but last than is was were are faster
    slower better worse below above each per . , ; : ) ! ? " ” ’ — –
""") | {"\n"}
# "cut by half", "nearly a quarter": a share, not a half of a match or a quarter of a year.
_SHARE_BEFORE = BEFORE_LAST | {"by"}
_HALF_OF = words("the of as its their that what those his her our these this")


class Figure(NamedTuple):
    """A number. ``end`` is the token after it; ``low`` and ``high`` are set for vague ones only."""

    value: Decimal | None  # None: vague, see low and high
    digits: int  # significant ones as printed; zeros that end a whole number are not
    end: int
    form: str  # digits, words, article, vague, fraction
    scale: Decimal = Decimal(1)  # product of the magnitudes
    low: Decimal | None = None
    high: Decimal | None = None
    printed: str = ""  # the digits alone


def figure(ts: Tokens, i: int, money: bool = False) -> Figure | None:
    """The number that begins at token ``i``; ``money``: a currency sign stands before it."""
    if ts.is_number(i):
        return None if _denominator(ts, i) else _digits(ts, i, money)
    low = ts.low(i)
    if low in ("a", "an"):
        return _article(ts, i)
    if low in SMALL or low in TENS:
        return _fraction(ts, i) or _words(ts, i)
    if low == "half":
        return _half(ts, i)
    if low in PLURALS:
        return _plural(ts, i)
    if low in ("several", "few"):
        return _several(ts, i, i + 1)
    if low in MAGNITUDES and ts.low(i + 1) in MAGNITUDES and ts.low(i - 1) != "per":
        return _words(ts, i)
    return None


def significant(printed: str) -> int:
    """The significant digits of a figure as printed: 600 has one, 5.60 three."""
    whole, _, part = printed.replace(",", "").partition(".")
    if part:
        return max(1, len((whole + part).lstrip("0")))
    return max(1, len(whole.lstrip("0").rstrip("0")))


def joined(ts: Tokens, i: int) -> int:
    """The token after a hyphen at ``i`` that ties two words, else ``i``: "500-billion"."""
    if ts.low(i) in ("-", "‑", "‐") and ts.touch(i - 1) and ts.touch(i):
        return i + 1
    return i


def _denominator(ts: Tokens, i: int) -> bool:
    """The 4 of 3/4, the 7 of 24/7."""
    return ts.low(i - 1) == "/" and ts.touch(i - 1) and ts.is_number(i - 2)


def _number(printed: str) -> Decimal | None:
    if len(printed) > 2 * _LONGEST:
        return None
    if _PLAIN.fullmatch(printed):
        clean = printed
    elif _ENGLISH.fullmatch(printed) or _INDIAN.fullmatch(printed):
        clean = printed.replace(",", "")
    elif _DECIMAL_COMMA.fullmatch(printed):
        clean = printed.replace(",", ".")
    else:
        return None
    return Decimal(clean) if len(clean) <= _LONGEST else None


def _digits(ts: Tokens, i: int, money: bool) -> Figure | None:
    printed = ts.low(i).translate(_GROUPS)
    value = _number(printed)
    if value is None:
        return None
    end = i + 1
    digits = significant(printed)
    part = VULGAR.get(ts.low(end))
    if part is not None and ts.touch(i):
        value, digits, end = value + part, digits + 1, end + 1
    found = Figure(value, digits, end, "digits", printed=printed)
    return _with_magnitude(ts, and_a_half(ts, found), money)


def _with_magnitude(ts: Tokens, found: Figure, money: bool) -> Figure:
    """``found`` times the magnitudes that follow it."""
    scale, end = Decimal(1), found.end
    for _ in range(_LONGEST_CHAIN):
        at = joined(ts, end)
        factor = _magnitude(ts, at, money)
        if factor is None:
            break
        scale *= factor
        end = at + 1
    if scale == 1 or found.value is None:
        return found
    scaled = found._replace(value=plain(found.value * scale), scale=found.scale * scale, end=end)
    return and_a_half(ts, scaled)


def _magnitude(ts: Tokens, i: int, money: bool) -> int | None:
    low = ts.low(i)
    if low in MAGNITUDES:
        return MAGNITUDES[low]
    if low == "ten" and ts.low(joined(ts, i + 1)) == "thousand":
        return 10  # 557.6 ten-thousand, from Chinese
    if low not in SHORT:
        return None
    money = money or _currency_follows(ts, i + 1)
    if low in NEED_MONEY and not money:
        return None
    if len(low) == 1 and not _letter_counts(ts, i, low, money):
        return None
    return SHORT[low]


def _letter_counts(ts: Tokens, i: int, low: str, money: bool) -> bool:
    """k, m, b, t: beside money, or touching the digits; apart from them only as capitals."""
    if low == "k":
        return ts.touch(i - 1)
    if money:
        return True
    capital = ts.raw(i).isupper()
    if ts.touch(i - 1):
        return low != "t" or capital
    return capital and ts.raw(i + 1).islower() and ts.is_word(i + 1)  # 671 B parameters


def _currency_follows(ts: Tokens, i: int) -> bool:
    low = ts.low(i)
    return low in CURRENCY_WORDS or low in NATIONS or (low in CODES and ts.raw(i).isupper())


def and_a_half(ts: Tokens, found: Figure) -> Figure:
    """``found`` and a half, where those words follow it."""
    end = found.end
    if found.value is None or ts.low(joined(ts, end)) != "and":
        return found
    at = joined(ts, joined(ts, end) + 1)
    if ts.low(at) != "a" or ts.low(joined(ts, at + 1)) != "half":
        return found
    value = plain(found.value + _HALF * found.scale)
    return found._replace(value=value, digits=found.digits + 1, end=joined(ts, at + 1) + 1)


def _words(ts: Tokens, i: int) -> Figure | None:
    """two, twenty-five, two hundred and fifty thousand, (a) hundred and ten."""
    total = current = 0
    scale, last, end = 1, "", i
    at = i
    while at < i + _LONGEST_WORDS:
        low = ts.low(at)
        step = _word_step(low, last, current)
        if step is None:
            break
        kind, number = step
        if kind == "scale":
            current = max(current, 1) * number
            if number > 100:
                total, current = total + current, 0
            scale = max(scale, number)
        else:
            current += number
        last, end = low, at + 1
        at = joined(ts, end)
        if ts.low(at) == "and" and last in MAGNITUDES and _is_small(ts.low(at + 1)):
            at += 1
    if end == i:
        return None
    total += current
    shown = Figure(Decimal(total), significant(str(total)), end, "words", Decimal(scale))
    return _with_magnitude(ts, and_a_half(ts, shown), money=False)


def _is_small(low: str) -> bool:
    return low in SMALL or low in TENS


def _word_step(low: str, last: str, current: int) -> tuple[str, int] | None:
    """What the word adds to the number so far; None: it belongs to something else."""
    if low in MAGNITUDES:
        return "scale", MAGNITUDES[low]
    if low in TENS and (last == "" or last in MAGNITUDES):
        return "add", TENS[low]
    if low not in SMALL:
        return None
    if last == "" or last in MAGNITUDES or (last in TENS and 0 < SMALL[low] < 10):
        return "add", SMALL[low]
    return None


def _article(ts: Tokens, i: int) -> Figure | None:
    """a million, a hundred and ten, a couple of billion, a tenth, a half."""
    after = ts.low(i + 1)
    if after in MAGNITUDES:
        found = _words(ts, i + 1)
        return found._replace(form="article") if found else None
    if after == "couple":
        at = i + 3 if ts.low(i + 2) == "of" else i + 2
        return _with_magnitude(ts, Figure(Decimal(2), 1, at, "couple"), money=False)
    if after in ("few", "several"):
        return _several(ts, i, i + 2)
    if after == "half" and ts.low(joined(ts, i + 2)) in MAGNITUDES:
        return _half(ts, i + 1)
    if after in SINGULARS and _measured(ts, i):
        return and_a_half(ts, Figure(Decimal(1), 1, i + 1, "article"))
    return _fraction(ts, i)


def _measured(ts: Tokens, i: int) -> bool:
    """Whether "a month" is a length ("about a month") rather than a rate ("$9 a month")."""
    if ts.low(i + 1) in ("percent", "percentage"):
        return ts.low(i - 1) not in ("of", "per")
    if ts.low(i - 1) in BEFORE_LAST:
        return True
    return ts.low(joined(ts, i + 2)) == "and" and ts.low(joined(ts, i + 2) + 2) == "half"


def _several(ts: Tokens, i: int, at: int) -> Figure | None:
    found = _with_magnitude(ts, Figure(Decimal(1), 1, at, "vague"), money=False)
    if found.scale == 1:
        return None
    low, high = (count * found.scale for count in _SEVERAL)
    return found._replace(value=None, low=low, high=high)


def _plural(ts: Tokens, i: int) -> Figure | None:
    """thousands: two or more of them; hundreds of billions: from one to ten of a hundred."""
    first = ts.low(i)
    if ts.low(i - 1) in _DETERMINERS or (ts.low(i + 1) != "of" and first in ("tens", "scores")):
        return None
    scale, end = Decimal(PLURALS[first]), i + 1
    if ts.low(end) == "of" and ts.low(end + 1) in PLURALS:
        scale *= PLURALS[ts.low(end + 1)]
        return Figure(None, 1, end + 2, "vague", scale, low=scale, high=10 * scale)
    return None if first == "tens" else Figure(None, 1, end, "vague", scale, low=2 * scale)


def _half(ts: Tokens, i: int) -> Figure | None:
    """half a trillion, half-a-million, half-trillion, half an hour, half the price."""
    at = joined(ts, i + 1)
    if ts.low(at) == "of" and ts.low(at + 1) in ("a", "an"):
        at += 1
    if ts.low(at) in ("a", "an"):
        at = joined(ts, at + 1)
    if ts.low(at) in MAGNITUDES or (at > i + 1 and _scales(ts.low(at))):
        return _with_magnitude(ts, Figure(_HALF, 1, at, "half"), money=False)
    if ts.low(i - 1) in ("first", "second", "latter", "other", "final") or ts.low(i + 1) == "-":
        return None
    if ts.low(i + 1) in _HALF_OF or ts.low(i - 1) in _SHARE_BEFORE:
        return Figure(_HALF, 1, i + 1, "fraction")
    return None


def _fraction(ts: Tokens, i: int) -> Figure | None:
    """a tenth, one-tenth, two thirds, three quarters of a million."""
    first = ts.low(i)
    count = 1 if first in ("a", "an") else SMALL.get(first, 0)
    at = joined(ts, i + 1)
    word = ts.low(at)
    part = FRACTIONS.get(word) if count == 1 else FRACTION_PLURALS.get(word)
    if word == "halves":
        part = _HALF
    if not part or not count:
        return None
    tied = at > i + 1
    before = ts.low(i - 1)
    following = ts.low(at + 1)
    if following == "of" and ts.low(at + 2) in ("a", "an") and _scales(ts.low(at + 3)):
        return _with_magnitude(ts, Figure(part * count, 1, at + 3, "half"), money=False)
    if word in ("quarter", "quarters") and not tied and following != "of":
        return Figure(part * count, 1, at + 1, "fraction") if before in _SHARE_BEFORE else None
    if not tied and following not in _AFTER_FRACTION:
        return None
    return Figure(part * count, 1, at + 1, "fraction")


def _scales(low: str) -> bool:
    return low in MAGNITUDES or low in SINGULARS


def plain(value: Decimal) -> Decimal:
    """Whole numbers without exponent or empty decimals, so that they print as written."""
    whole = value.to_integral_value()
    return whole.quantize(Decimal(1)) if whole == value and abs(whole) < 10**27 else value
