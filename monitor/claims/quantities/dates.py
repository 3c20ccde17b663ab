"""Dates as printed and relative ones, and the days they mean."""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import NamedTuple

from monitor.claims.quantities.lexicon import BEFORE_LAST, SMALL, numbered, words
from monitor.claims.quantities.tokens import Tokens

_MONTHS = numbered(
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
_ORDINAL = words("st nd rd th")
_YEARS = range(1900, 2100)  # four plain digits outside are counts
_SURE_YEAR = 2040  # later ones only after "in", "by", ...: 2048 is a count more often
# A date without year lies in the year before its article, or at most so many days after it.
_AHEAD = timedelta(days=92)
_DOTTED = re.compile(r"(\d{1,2})\.(\d{1,2})\.((?:19|20)\d\d)")

ANCHORS = frozenset(_MONTHS) | frozenset(_WEEKDAYS) | frozenset(_NEAR_DAYS) | frozenset(_SHIFTS)


@dataclass(frozen=True, slots=True)
class DateSpan:
    """The days a phrase means, both included; ``iso`` is as precise as the phrase."""

    start: date
    end: date
    iso: str  # 2025-01-27, 2025-01 or 2025; the first day where the phrase means a week


class Phrase(NamedTuple):
    """A date as printed; what is None must come from the article's own date."""

    end: int  # token after it
    year: int | None = None
    month: int | None = None
    day: int | None = None
    weekday: int | None = None  # 0 is Monday
    shift: int | None = None  # last -1, this 0, next +1; with ``span`` any number
    span: str | None = None  # day, week, month, year: counted from the article's date


def resolve_date(phrase: str, published_at: datetime | date | None) -> DateSpan | None:
    """The days that ``phrase`` means in an article of that date.

    ``phrase`` is the quote of a mention with unit "date" or "year", or any such words: "Monday",
    "last week", "Jan. 27", "27 January 2025", "July last year". A bare weekday is the latest one
    up to the article's day; a date without year is the latest that is not over three months ahead.
    None: no date, or one that needs ``published_at`` where that is None.
    """
    ts = Tokens(phrase)
    found = next((p for i in range(ts.size) if (p := _any(ts, i))), None)
    if found is None:
        return None
    base = published_at.date() if isinstance(published_at, datetime) else published_at
    try:
        return _resolve(found, base)
    except (ValueError, OverflowError):  # 31 June; a year outside 1..9999
        return None


def _any(ts: Tokens, i: int) -> Phrase | None:
    found = date_phrase(ts, i)
    if found is None and ts.low(i) in _MONTHS:
        return Phrase(i + 1, month=_MONTHS[ts.low(i)])
    if found is None and _is_year(ts, i):
        return Phrase(i + 1, year=int(ts.low(i)))
    return found


def date_phrase(ts: Tokens, i: int) -> Phrase | None:
    """The date that begins at token ``i``; a year alone is none."""
    if ts.is_number(i):
        return _numeric(ts, i) or _day_first(ts, i) or _ago(ts, i)
    low = ts.low(i)
    if low in _MONTHS:
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
    if not _is_year(ts, i) or ts.low(i - 1) == "russell":
        return False
    if int(ts.low(i)) > _SURE_YEAR and ts.low(i - 1) not in _BEFORE_MONTH:
        return False
    following = ts.low(i + 1)
    hedged = ts.low(i - 1) in BEFORE_LAST - _BEFORE_MONTH - {"around", "about", "circa"}
    return following not in _COUNTED and not (hedged and following.endswith("s"))


def _is_year(ts: Tokens, i: int) -> bool:
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
        return None
    end = _after_month(ts, at)
    return _with_year(ts, Phrase(end, month=month, day=day))


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
    month = _MONTHS.get(ts.low(i))
    return month if month and ts.raw(i)[0].isupper() else None


def _after_month(ts: Tokens, i: int) -> int:
    dotted = ts.low(i + 1) == "." and ts.touch(i) and len(ts.low(i)) <= 4
    follows = ts.is_number(i + 2)
    return i + 2 if dotted and follows else i + 1


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
    if _is_year(ts, at) and not (ts.touch(at) and ts.is_word(at + 1)):
        return found._replace(end=at + 1, year=int(ts.low(at)))
    return found


def _weekday(ts: Tokens, i: int) -> Phrase | None:
    if not ts.raw(i)[0].isupper() or (len(ts.low(i)) < 6 and ts.low(i + 1) not in (",", ".", "\n")):
        return None
    at = i + 1
    while ts.low(at) in (",", "the", "(", ".") and at < i + 3:
        at += 1
    exact = _month_first(ts, at) if ts.low(at) in _MONTHS else _day_first(ts, at)
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


# --- what the words mean --------------------------------------------------------------------------


def _resolve(found: Phrase, base: date | None) -> DateSpan | None:
    if found.span == "year" and found.month is not None and base is not None:
        found = found._replace(year=base.year + (found.shift or 0), shift=None, span=None)
    if found.year is not None:
        return _calendar(found.year, found.month, found.day)
    if base is None:
        return None
    if found.weekday is not None:
        return _day_span(_nearest_weekday(base, found.weekday, found.shift))
    if found.span is not None:
        return _counted(base, found.span, found.shift or 0)
    if found.month is not None:
        return _month_without_year(base, found, found.month)
    return None


def _calendar(year: int, month: int | None, day: int | None) -> DateSpan:
    if month is None:
        return DateSpan(date(year, 1, 1), date(year, 12, 31), f"{year:04}")
    if day is None:
        last = monthrange(year, month)[1]
        return DateSpan(date(year, month, 1), date(year, month, last), f"{year:04}-{month:02}")
    return _day_span(date(year, month, day))


def _day_span(day: date) -> DateSpan:
    return DateSpan(day, day, day.isoformat())


def _nearest_weekday(base: date, weekday: int, shift: int | None) -> date:
    """The latest such day up to ``base``; with last before it, with next after it."""
    back = (base.weekday() - weekday) % 7
    if shift == -1:
        return base - timedelta(days=back or 7)
    if shift == 1:
        return base + timedelta(days=(weekday - base.weekday()) % 7 or 7)
    if shift == 0:
        return base - timedelta(days=base.weekday() - weekday)
    return base - timedelta(days=back)


def _counted(base: date, span: str, shift: int) -> DateSpan:
    if span == "day":
        return _day_span(base + timedelta(days=shift))
    if span == "week":
        monday = base - timedelta(days=base.weekday()) + timedelta(weeks=shift)
        return DateSpan(monday, monday + timedelta(days=6), monday.isoformat())
    if span == "year":
        return _calendar(base.year + shift, None, None)
    months = base.year * 12 + base.month - 1 + shift
    return _calendar(months // 12, months % 12 + 1, None)


def _month_without_year(base: date, found: Phrase, month: int) -> DateSpan:
    year = base.year
    if found.day is not None:
        while True:
            day = _existing(year, month, found.day)
            if day is not None and (day <= base + _AHEAD or year <= base.year - 8):
                break
            year -= 1
        if year == base.year and (later := _existing(year + 1, month, found.day)):
            day = later if later <= base + _AHEAD else day
        return _day_span(day)
    if found.shift == 1:
        return _calendar(year if month > base.month else year + 1, month, None)
    if month > base.month or (found.shift == -1 and month == base.month):
        year -= 1
    return _calendar(year, month, None)


def _existing(year: int, month: int, day: int) -> date | None:
    return date(year, month, day) if day <= monthrange(year, month)[1] else None
