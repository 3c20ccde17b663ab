"""Dates as printed, and relative ones."""

import re
from typing import NamedTuple

from monitor.claims.quantities.bounds import hedge_before
from monitor.claims.quantities.lexicon import SMALL, numbered, words
from monitor.claims.quantities.tokens import Tokens

MONTHS = numbered(
    """
    january jan
    february feb
    march mar
    april apr
    may
    june jun
    july jul
    august aug
    september sept sep
    october oct
    november nov
    december dec
    """,
    start=1,
)
_SHORT_MONTHS = words("jan feb mar apr jun jul aug sept sep oct nov dec")
_WEEKDAYS = numbered(
    """
    monday mon
    tuesday tue tues
    wednesday wed
    thursday thu thur thurs
    friday fri
    saturday sat
    sunday sun
    """
)
_NEAR_DAYS = {"yesterday": -1, "today": 0, "tonight": 0, "tomorrow": 1}
_SHIFTS = {"last": -1, "this": 0, "next": 1}
_SPANS = {"day": "day", "week": "week", "month": "month", "year": "year"} | {
    f"{name}s": name for name in ("day", "week", "month", "year")
}
# A month without a day is a date where one of these comes before it ("in May", "since March").
_BEFORE_MONTH = words(
    "in since until till by late early mid of from during through to before after"
)
# Four plain digits count things where these follow, or a plural follows a hedge: 2000 chips.
_COUNTED = words("""
    people employees staff workers chips gpus cards units users servers engineers researchers jobs
    companies countries firms customers stores dollars points shares cars vehicles downloads words
""")
_FEASTS = words("black good cyber super easter ash palm whit boxing giving")  # Black Friday
_AFTER_DAY = words("and was were had with when but after before it the of")
_ORDINAL = words("st nd rd th")
_YEARS = range(1900, 2100)  # four plain digits outside are counts
_SURE_YEAR = 2040  # later ones only after "in", "by", ...: 2048 is a count more often
_DOTTED = re.compile(r"(\d{1,2})\.(\d{1,2})\.((?:19|20)\d\d)")

ANCHORS = frozenset(MONTHS) | frozenset(_WEEKDAYS) | frozenset(_NEAR_DAYS) | frozenset(_SHIFTS)


class Phrase(NamedTuple):
    """A date as printed; what is None must come from the article's own date."""

    end: int  # token after it
    year: int | None = None
    month: int | None = None
    day: int | None = None
    weekday: int | None = None  # 0 is Monday
    shift: int | None = None  # last -1, this 0, next +1; with ``span`` any number
    span: str | None = None  # day, week, month, year: counted from the article's date


def date_phrase(ts: Tokens, i: int) -> Phrase | None:
    """The date that begins at token ``i``; a year alone is none."""
    if ts.is_number(i):
        return _numeric(ts, i) or _day_first(ts, i) or _ago(ts, i)
    low = ts.low(i)
    if low in MONTHS:
        return _month_first(ts, i)
    if low in _WEEKDAYS:
        return _weekday(ts, i)
    if low in _NEAR_DAYS:
        return Phrase(i + 1, shift=_NEAR_DAYS[low], span="day")
    if low in _SHIFTS:
        return _shifted(ts, i)
    if low in SMALL or low in ("a", "an"):
        return _ago(ts, i)
    return None


def year(ts: Tokens, i: int) -> bool:
    """Whether four digits at ``i`` are a year rather than a count."""
    if not is_year(ts, i) or ts.low(i - 1) == "russell":
        return False
    if int(ts.low(i)) > _SURE_YEAR and ts.low(i - 1) not in _BEFORE_MONTH:
        return False
    following = ts.low(i + 1)
    if following in _COUNTED:
        return False
    bound, _ = hedge_before(ts, i, 0, unit_is_time=False)
    return bound in (None, "approx") or not following.endswith("s")


def is_year(ts: Tokens, i: int) -> bool:
    low = ts.low(i)
    return len(low) == 4 and low.isdecimal() and int(low) in _YEARS


def _numeric(ts: Tokens, i: int) -> Phrase | None:
    """2025-01-27, 27/01/2025, 27.01.2025; of 1/2/2025 the month comes first, as in the U.S."""
    dotted = _DOTTED.fullmatch(ts.low(i))
    if dotted:
        return _checked(int(dotted[3]), int(dotted[2]), int(dotted[1]), i + 1)
    mark = ts.low(i + 1)
    if mark not in ("-", "/") or ts.low(i + 3) != mark:
        return None
    if not all(ts.touch(at) for at in range(i, i + 4)):
        return None
    parts = [ts.low(at) for at in (i, i + 2, i + 4)]
    if not all(part.isdecimal() and len(part) in (1, 2, 4) for part in parts):
        return None
    first, second, third = (int(part) for part in parts)
    if len(parts[0]) == 4:
        return _checked(first, second, third, i + 5)
    if len(parts[2]) != 4:
        return None
    return _checked(third, first, second, i + 5) or _checked(third, second, first, i + 5)


def _checked(year: int, month: int, day: int, end: int) -> Phrase | None:
    possible = year in _YEARS and 1 <= month <= 12 and 1 <= day <= 31
    return Phrase(end, year, month, day) if possible else None


def _day_first(ts: Tokens, i: int) -> Phrase | None:
    """27 January 2025, 27th of January, 10-12 March."""
    day, at = _day(ts, i)
    if day is None:
        return None
    if ts.low(at) in ("-", "–", "to") and _day(ts, at + 1)[0]:
        at = _day(ts, at + 1)[1]
    if ts.low(at) == "of":
        at += 1
    month = _month_at(ts, at)
    if month is None:
        return _ordinal_day(ts, i, day)
    end = _after_month(ts, at)
    if not is_year(ts, end):
        end = at + 1
    return _with_year(ts, Phrase(end, month=month, day=day))


def _ordinal_day(ts: Tokens, i: int, day: int) -> Phrase | None:
    """by the 27th; not "the 20th century"."""
    if ts.low(i - 1) != "the" or ts.low(i + 1) not in _ORDINAL or not ts.touch(i):
        return None
    following = ts.low(i + 2)
    return Phrase(i + 2, day=day) if not following.isalpha() or following in _AFTER_DAY else None


def _month_first(ts: Tokens, i: int) -> Phrase | None:
    """January 27, Jan. 27, 2025, July 2023, September last year, in December."""
    month = _month_at(ts, i)
    if month is None:
        return None
    at = _after_month(ts, i)
    day, after = _day(ts, at)
    if day is not None and not (ts.touch(after - 1) and ts.low(after) in ("%", ":")):
        return _with_year(ts, Phrase(after, month=month, day=day))
    found = _with_year(ts, Phrase(at, month=month))
    if found.year is not None or found.shift is not None or ts.low(i - 1) in _BEFORE_MONTH:
        return found
    return None


def _month_at(ts: Tokens, i: int) -> int | None:
    month = MONTHS.get(ts.low(i))
    return month if month and ts.raw(i)[0].isupper() else None


def _after_month(ts: Tokens, i: int) -> int:
    """The token after a month and its abbreviating dot."""
    dotted = ts.low(i + 1) == "." and ts.touch(i) and ts.low(i) in _SHORT_MONTHS
    return i + 2 if dotted and ts.is_number(i + 2) else i + 1


def _day(ts: Tokens, i: int) -> tuple[int | None, int]:
    """A day of the month at ``i`` and the token after it."""
    low = ts.low(i)
    if not ts.is_number(i) or not low.isdecimal() or len(low) > 2 or not 1 <= int(low) <= 31:
        return None, i
    end = i + 2 if ts.touch(i) and ts.low(i + 1) in _ORDINAL else i + 1
    return int(low), end


def _with_year(ts: Tokens, found: Phrase) -> Phrase:
    """``found`` with the year that follows it: ", 2025", "of 2025", "last year"."""
    at = found.end
    if ts.low(at) in _SHIFTS and ts.low(at + 1) == "year":
        return found._replace(end=at + 2, shift=_SHIFTS[ts.low(at)], span="year")
    if ts.low(at) in (",", "of", "in"):
        at += 1
    if is_year(ts, at) and not (ts.touch(at) and ts.is_word(at + 1)):
        return found._replace(end=at + 1, year=int(ts.low(at)))
    return found


def _weekday(ts: Tokens, i: int) -> Phrase | None:
    if ts.low(i - 1) in _FEASTS or not ts.raw(i)[0].isupper():
        return None
    if len(ts.low(i)) < 6 and ts.low(i + 1) not in (",", ".", "\n"):
        return None
    at = i + 1
    while ts.low(at) in (",", "the", "(", ".") and at < i + 3:
        at += 1
    exact = _month_first(ts, at) if ts.low(at) in MONTHS else _day_first(ts, at)
    if exact is not None and exact.day is not None:
        return exact
    return Phrase(i + 1, weekday=_WEEKDAYS[ts.low(i)]) if len(ts.low(i)) > 5 else None


def _shifted(ts: Tokens, i: int) -> Phrase | None:
    """last Monday, next week, this month, last December."""
    shift, after = _SHIFTS[ts.low(i)], ts.low(i + 1)
    if after in _WEEKDAYS and len(after) > 5:
        return Phrase(i + 2, weekday=_WEEKDAYS[after], shift=shift)
    if after in ("week", "month", "year"):
        return Phrase(i + 2, shift=shift, span=after)
    month = _month_at(ts, i + 1)
    if month is not None:
        return Phrase(i + 2, month=month, shift=shift)
    return None


def _ago(ts: Tokens, i: int) -> Phrase | None:
    """two weeks ago, a year ago, 10 days earlier."""
    span = _SPANS.get(ts.low(i + 1))
    if span is None or ts.low(i + 2) != "ago":
        return None
    low = ts.low(i)
    count = int(low) if low.isdecimal() and len(low) < 4 else SMALL.get(low, 1)
    return Phrase(i + 3, shift=-count, span=span)
