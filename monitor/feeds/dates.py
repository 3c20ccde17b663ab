"""Dates as feeds print them, to UTC."""

import re
import unicodedata
from datetime import UTC, datetime, timedelta

# Outside of these years a date is a mistake of the feed: 1601 and 9999 are defaults of databases.
FIRST_YEAR, LAST_YEAR = 1990, 2100
# Characters that are read; the longest usual form, that of JavaScript, has about 70.
MAX_LENGTH = 100

# Beginnings of the names of the months, without accents: English, German, French, Spanish,
# Portuguese, Italian, Dutch and the Nordic languages; Polish, Hungarian, Turkish, Russian, Greek.
_MONTH_NAMES = (
    "jan gen ene sty oca янв ιαν",
    "feb fev fee lut sub фев φεβ",
    "mar mrz maa mae мар μαρ",
    "apr avr abr kwi nis апр απρ",
    "may mai mei mag maj май мая μαι",
    "jun juin giu cze haz июн ιουν",
    "jul juil lug lip tem июл ιουλ",
    "aug ago aou sie agu авг αυγ",
    "sep set sze wrz eyl сен σεπ",
    "oct okt ott out paz eki окт οκτ",
    "nov lis kas ноя νοε",
    "dec dez dic des gru ara дек δεκ",
)
_MONTHS = {name: i for i, names in enumerate(_MONTH_NAMES, 1) for name in names.split()}

# Hours from UTC: RFC 822 section 5 for America, then the usual ones of news sites.
# "ET" is read as standard time: an hour wrong in summer.
_AMERICAN = {"est": -5, "edt": -4, "cst": -6, "cdt": -5, "mst": -7, "mdt": -6, "pst": -8, "pdt": -7}
_AMERICAN |= {"et": -5, "ct": -6, "mt": -7, "pt": -8}
_ZONES = _AMERICAN | {
    **dict.fromkeys(("z", "ut", "utc", "gmt", "wet"), 0),
    **dict.fromkeys(("bst", "west", "cet", "mez"), 1),
    **dict.fromkeys(("cest", "mesz", "eet"), 2),
    **dict.fromkeys(("eest", "msk"), 3),
    **dict.fromkeys(("hkt", "sgt", "awst"), 8),
    **dict.fromkeys(("jst", "kst"), 9),
    "ist": 5.5,
    "aest": 10,
    "aedt": 11,
    "nzst": 12,
    "nzdt": 13,
}

_EPOCH = re.compile(r"\d{10}(\d{3})?")  # seconds or milliseconds
_COMPACT = re.compile(r"(\d{4})(\d\d)(\d\d)(?:T?(\d\d)(\d\d)(\d\d)?)?(?=\D|$)")
_BRACKETS = re.compile(r"\([^)]*\)?")
_TIME = re.compile(
    r"""(?P<half>오전|오후|上午|下午|午前|午後)?\s*
    (?<![\d:])(?P<hour>\d{1,2})
    (?: :(?P<minute>\d\d)(?: :(?P<second>\d\d)(?:[.,]\d+)?)? )?
    \s*(?P<half_after>[ap]\.?m\b\.?)?(?![\d:])
    (?:\s*(?:GMT|UTC)?(?P<sign>[+-])(?P<east_hours>\d\d):?(?P<east_minutes>\d\d)?(?!\d)
      |\s*(?P<zone>[A-Za-z]{1,5})\b)?""",
    re.VERBOSE | re.IGNORECASE,
)
_YEAR_FIRST = re.compile(r"(?<!\d)(\d{4})\s?[-/.年년]\s?(\d{1,2})\s?[-/.月월]\s?(\d{1,2})(?!\d)")
_NUMBERS = re.compile(r"(?<!\d)(\d{1,2})([-/.])(\d{1,2})\2(\d{4}|\d\d)(?!\d)")
_TOKEN = re.compile(r"\d+|[^\W\d_]+")


def read_date(raw: str) -> datetime | None:
    """The instant in UTC that ``raw`` names; without a zone in it, as if it were UTC.

    None for what is no date, has no day, lies outside 1990-2100, or could be two days: 01/02/2025
    is read only beside an American zone or am/pm, with the month first.
    """
    text = unicodedata.normalize("NFKC", raw[:MAX_LENGTH]).strip()
    if _EPOCH.fullmatch(text):
        return _in_range(datetime.fromtimestamp(int(text[:10]), UTC))
    text = _BRACKETS.sub(" ", _COMPACT.sub(_expand, text, count=1))
    try:
        return _in_range(_calendar(text))
    except (ValueError, OverflowError):  # 30 February, hour 25, an offset of 99 hours
        return None


def _in_range(moment: datetime | None) -> datetime | None:
    return moment if moment and FIRST_YEAR <= moment.year <= LAST_YEAR else None


def _expand(match: re.Match[str]) -> str:
    year, month, day, hour, minute, second = match.groups("00")
    return f"{year}-{month}-{day} {hour}:{minute}:{second}"


def _calendar(text: str) -> datetime | None:
    time = next((m for m in _TIME.finditer(text) if m["minute"] or m["half_after"]), None)
    rest = text if time is None else f"{text[: time.start()]} {text[_end_of(time) :]}"
    day = _year_first(rest) or _named_month(rest) or _numbers(rest, time)
    if day is None or time is None:
        return day
    return day + _since_midnight(time) - _east(time)


def _end_of(time: re.Match[str]) -> int:
    """A word after the time that is no zone may be the month."""
    unknown = time["zone"] and time["zone"].lower() not in _ZONES
    return time.start("zone") if unknown else time.end()


def _since_midnight(time: re.Match[str]) -> timedelta:
    """24:00 and second 60 run over into what follows."""
    hour, minute, second = (int(time[name] or 0) for name in ("hour", "minute", "second"))
    half = (time["half"] or time["half_after"] or "").lower()
    if half and hour <= 12:
        hour = hour % 12 + (12 if half[0] == "p" or half in {"오후", "下午", "午後"} else 0)
    if hour > 24 or minute > 59 or second > 60:
        raise ValueError(time[0])
    return timedelta(hours=hour, minutes=minute, seconds=second)


def _east(time: re.Match[str]) -> timedelta:
    if time["sign"] is None:
        return timedelta(hours=_ZONES.get((time["zone"] or "").lower(), 0))
    hours, minutes = int(time["east_hours"]), int(time["east_minutes"] or 0)
    if hours > 23 or minutes > 59:
        raise ValueError(time[0])
    offset = timedelta(hours=hours, minutes=minutes)
    return offset if time["sign"] == "+" else -offset


def _year_first(text: str) -> datetime | None:
    found = _YEAR_FIRST.search(text)
    return found and datetime(int(found[1]), int(found[2]), int(found[3]), tzinfo=UTC)


def _named_month(text: str) -> datetime | None:
    """Day and year around the name of a month; the last such name, as "mar." is a Tuesday too."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    tokens = _TOKEN.findall(plain.lower())
    months = [_MONTHS.get(token[:4]) or _MONTHS.get(token[:3]) for token in tokens]
    month = next((month for month in reversed(months) if month), None)
    numbers = [token for token in tokens if token.isdigit()]
    if month is None or len(numbers) != 2:
        return None
    day, year = reversed(numbers) if len(numbers[0]) > 2 else numbers
    return datetime(_full_year(year), month, int(day), tzinfo=UTC)


def _numbers(text: str, time: re.Match[str] | None) -> datetime | None:
    found = _NUMBERS.search(text)
    if found is None:
        return None
    first, second = int(found[1]), int(found[3])
    is_american = time is not None and bool(
        time["half_after"] or (time["zone"] or "").lower() in _AMERICAN
    )
    if found[2] == "." or first > 12 or first == second:
        day, month = first, second
    elif second > 12 or is_american:
        day, month = second, first
    else:
        return None
    return datetime(_full_year(found[4]), month, day, tzinfo=UTC)


def _full_year(digits: str) -> int:
    return int(digits) if len(digits) > 2 else 2000 + int(digits) - (100 if int(digits) > 69 else 0)
