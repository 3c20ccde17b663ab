"""Dates as pages print them to ISO 8601, as precise as they are."""

import re
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo

# The press has been online since then; older dates on pages are defaults such as 1601 or 1970.
FIRST_YEAR = 1990
# A page fetched now cannot be from later, except for time zones and clocks that go wrong.
TOLERANCE = timedelta(days=2)
# Characters; what is longer is no date.
MAX_LENGTH = 120

_MONTH_NAMES = (
    "january jan januar januari jänner enero ene janvier janv gennaio janeiro ocak stycznia ledna",
    "february feb februar februari febrero février févr fevrier febbraio fevereiro şubat lutego",
    "march mar märz mrz maart mars marzo março mart marca března",
    "april apr abril abr avril avr aprile nisan kwietnia dubna",
    "may mai mei mayo maggio maio mayıs maja května",
    "june jun juni junio juin giugno junho haziran czerwca června",
    "july jul juli julio juillet juil luglio julho temmuz lipca července",
    "august aug augustus agosto août aout ago agustus ağustos sierpnia srpna",
    "september sep sept septiembre septembre settembre setembro eylül września září",
    "october oct oktober okt octubre octobre ottobre outubro ekim października října",
    "november nov noviembre novembre novembro kasım listopada listopadu",
    "december dec dezember dez diciembre dic décembre déc decembre dicembre dezembro aralık",
)
_MONTHS = {name: n for n, names in enumerate(_MONTH_NAMES, 1) for name in names.split()}
# Abbreviations of zones as servers print them (RFC 5322 section 4.3, and European ones), in hours.
_ZONES: dict[str, float] = {
    "UTC": 0,
    "GMT": 0,
    "Z": 0,
    "BST": 1,
    "CET": 1,
    "CEST": 2,
    "JST": 9,
    "IST": 5.5,
    "EST": -5,
    "EDT": -4,
    "CST": -6,
    "CDT": -5,
    "MST": -7,
    "MDT": -6,
    "PST": -8,
    "PDT": -7,
}

_TIME = (
    r"(?:(?:T|[\s,|•–-]+(?:(?:at|um|à|a las|alle|às|kl\.?|-|–|•)\s)?\s*)"
    r"(?P<hour>\d{1,2})[:.h](?P<minute>\d{2})(?::(?P<second>\d{2}))?(?:[.,]\d+)?"
    r"\s*(?P<half>[ap]\.?m\b\.?)?\s*(?P<zone>[+-]\d{2}:?\d{2}|[A-Z]{1,4}\b)?)?"
)
_WORD = r"[^\W\d_]{3,10}"
_FORMS = tuple(
    re.compile(form, re.IGNORECASE)
    for form in (
        rf"(?P<year>\d{{4}})-(?P<month>\d{{1,2}})-(?P<day>\d{{1,2}}){_TIME}",
        rf"(?P<year>\d{{4}})[/.](?P<month>\d{{1,2}})[/.](?P<day>\d{{1,2}}){_TIME}",
        r"(?<!\d)(?P<year>\d{4})(?P<month>\d{2})(?P<day>\d{2})"
        r"(?:T?(?P<hour>\d{2})(?P<minute>\d{2})(?P<second>\d{2})?(?P<zone>Z|[+-]\d{2}:?\d{2})?)?(?!\d)",
        r"(?P<year>\d{4})\s?[年년]\s?(?P<month>\d{1,2})\s?[月월]\s?(?P<day>\d{1,2})\s?[日일]",
        rf"(?P<name>{_WORD})\.?\s+(?P<day>\d{{1,2}})\s+(?P<hour>\d{{2}}):(?P<minute>\d{{2}}):"
        r"(?P<second>\d{2})\s+(?P<zone>[A-Z]{1,4})\s+(?P<year>\d{4})",
        r"(?<!\d)(?P<day>\d{1,2})(?:st|nd|rd|th|er|º|\.)?\s*[-/\s]\s*(?:de |of )?"
        rf"(?P<name>{_WORD})\.?\s*[-/,\s]\s*(?:de |del )?(?P<year>\d{{4}}){_TIME}",
        rf"(?P<name>{_WORD})\.?\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<year>\d{{4}}){_TIME}",
        rf"(?<!\d)(?P<day>\d{{1,2}})\.\s?(?P<month>\d{{1,2}})\.\s?(?P<year>\d{{4}}){_TIME}",
        rf"(?<!\d)(?P<either>\d{{1,2}})[/-](?P<other>\d{{1,2}})[/-](?P<year>\d{{4}}){_TIME}",
    )
)
_IN_URL = re.compile(
    r"[/\-_.](?P<year>(?:19|20)\d{2})[/\-_]?(?P<month>\d{2})[/\-_]?(?P<day>\d{2})(?=[/\-_.]|$)"
)
_YEAR = re.compile(r"(?<!\d)20\d{2}(?!\d)")
# Characters: "September 27th, of ".
_MONTH_BEFORE = 24
_MONTH_OF_YEAR = re.compile(
    rf"(?P<name>{_WORD})\.?,?\s+(?:de\s+)?(?:\d{{1,2}},?\s+)?(?P<year>20\d{{2}})"
)


def iso(raw: str, latest: datetime) -> str | None:
    """``raw`` in ISO 8601 with the offset it has; None: unreadable, or outside 1990..``latest``.

    Only a day, or a time without a zone, stays so: nothing is made up. Of two readings of 3/4/2025
    the American one is taken, unless it lies in the future.
    """
    text = raw.strip()[:MAX_LENGTH]
    for form in _FORMS:
        found = form.search(text)
        if found:
            for parts in _readings(found.groupdict()):
                if value := _moment(parts, latest):
                    return value
    return None


def day_in_url(url: str, latest: datetime) -> str | None:
    """The day that the path of an address names, such as /2025/01/27/; None where there is none."""
    for found in _IN_URL.finditer(url):
        if value := _moment(found.groupdict(), latest):
            return value
    return None


def days_between(a: str, b: str) -> int:
    """Whole days between two dates as ``iso`` gives them, never negative."""
    return abs((date.fromisoformat(a[:10]) - date.fromisoformat(b[:10])).days)


def months_named(text: str) -> tuple[date, ...]:
    """The first days of the months that ``text`` names with their year, in order."""
    starts = (max(0, year.start() - _MONTH_BEFORE) for year in _YEAR.finditer(text))
    found = (_MONTH_OF_YEAR.search(text, at, at + _MONTH_BEFORE + 4) for at in starts)
    named = [m for m in found if m and m["name"].lower() in _MONTHS]
    return tuple(date(int(m["year"]), _MONTHS[m["name"].lower()], 1) for m in named)


def _readings(parts: dict[str, str | None]) -> Iterator[dict[str, str | None]]:
    if name := parts.get("name"):
        number = _MONTHS.get(name.lower())
        if number:
            yield parts | {"month": str(number)}
    elif "either" in parts:
        yield parts | {"month": parts["either"], "day": parts["other"]}
        yield parts | {"month": parts["other"], "day": parts["either"]}
    else:
        yield parts


def _moment(parts: dict[str, str | None], latest: datetime) -> str | None:
    number: Callable[[str], int] = lambda name: int(parts.get(name) or 0)  # noqa: E731
    try:
        day = date(number("year"), number("month"), number("day"))
    except ValueError:
        return None
    if day.year < FIRST_YEAR or day > (latest + TOLERANCE).date():
        return None
    if parts.get("hour") is None:
        return day.isoformat()
    try:
        moment = datetime(
            *(day.year, day.month, day.day),
            *(_hour(parts), number("minute"), number("second")),
            tzinfo=_zone(parts.get("zone")),
        )
    except ValueError:
        return day.isoformat()
    return moment.isoformat()


def _hour(parts: dict[str, str | None]) -> int:
    """The hour of a day of 24: 12 a.m. is 0, 9 p.m. is 21."""
    hour = int(parts["hour"] or 0)
    half = (parts.get("half") or "").lower()
    return hour % 12 + (12 if half[0] == "p" else 0) if half else hour


def _zone(text: str | None) -> tzinfo | None:
    """The zone; None where there is none or its name says nothing. Raises ValueError past 24 h."""
    if not text:
        return None
    if text[0] not in "+-":
        hours = _ZONES.get(text.upper())
        return None if hours is None else UTC if hours == 0 else timezone(timedelta(hours=hours))
    offset = timedelta(hours=int(text[1:3]), minutes=int(text[-2:]))
    return timezone(offset if text[0] == "+" else -offset)
