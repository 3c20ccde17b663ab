"""The days that a printed or relative date means, seen from the article's own date."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from monitor.claims.quantities.dates import MONTHS, Phrase, date_phrase, is_year
from monitor.claims.quantities.tokens import Tokens

# A date without year lies in the year before its article, or at most so many days after it.
_AHEAD = timedelta(days=92)
_LEAP_YEARS_APART = 8  # at most: 1896 and 1904


@dataclass(frozen=True, slots=True)
class DateSpan:
    """The days a phrase means, both included; ``iso`` is as precise as the phrase."""

    start: date
    end: date
    iso: str  # 2025-01-27, 2025-01 or 2025; the first day where the phrase means a week


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
    if found is None and ts.low(i) in MONTHS:
        return Phrase(i + 1, month=MONTHS[ts.low(i)])
    if found is None and is_year(ts, i):
        return Phrase(i + 1, year=int(ts.low(i)))
    return found


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
    return _without_year(base, found)


def _without_year(base: date, found: Phrase) -> DateSpan | None:
    if found.day is None and found.month is None:
        return None
    if found.day is None:
        return _month_without_year(base, found.month or base.month, found.shift)
    if found.month is None:
        return _day_without_month(base, found.day)
    return _day_without_year(base, found.month, found.day)


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


def _day_without_year(base: date, month: int, day: int) -> DateSpan | None:
    """The latest such day that is not too far ahead; 29 February may be years back."""
    for year in range(base.year + 1, base.year - _LEAP_YEARS_APART - 1, -1):
        found = _existing(year, month, day)
        if found is not None and found <= base + _AHEAD:
            return _day_span(found)
    return None


def _day_without_month(base: date, day: int) -> DateSpan | None:
    """The latest such day of a month up to ``base``: "the 27th"."""
    for back in range(3):  # of two months in a row one has 31 days
        months = base.year * 12 + base.month - 1 - back
        found = _existing(months // 12, months % 12 + 1, day)
        if found is not None and found <= base:
            return _day_span(found)
    return None


def _month_without_year(base: date, month: int, shift: int | None) -> DateSpan:
    year = base.year
    if shift == 1:
        return _calendar(year if month > base.month else year + 1, month, None)
    if month > base.month or (shift == -1 and month == base.month):
        year -= 1
    return _calendar(year, month, None)


def _existing(year: int, month: int, day: int) -> date | None:
    return date(year, month, day) if day <= monthrange(year, month)[1] else None
