"""Dates as pages print them to ISO 8601, as precise as they are."""

import re
from datetime import UTC, date, datetime, timedelta, timezone

# The press has been online since then; older dates on pages are defaults such as 1601 or 1970.
FIRST_YEAR = 1990
# A page fetched now cannot be from later, except for time zones and clocks that go wrong.
TOLERANCE = timedelta(days=2)

_ISO = re.compile(
    r"(\d{4})-?(\d{2})-?(\d{2})"
    r"(?:[T\s]+(\d{1,2}):?(\d{2})(?::?(\d{2}))?(?:[.,]\d+)?\s*(Z|UTC|GMT|[+-]\d{2}:?\d{2})?)?",
    re.IGNORECASE | re.ASCII,
)


def iso(raw: str, latest: datetime) -> str | None:
    """``raw`` in ISO 8601 with the offset it has; None: unreadable, or outside 1990..``latest``.

    Only a day, or a time without a zone, stays so: nothing is made up.
    """
    found = _ISO.match(raw.strip())
    if found is None:
        return None
    year, month, day, hour, minute, second, zone = found.groups()
    try:
        day_ = date(int(year), int(month), int(day))
        moment = datetime(
            day_.year,
            day_.month,
            day_.day,
            int(hour or 0),
            int(minute or 0),
            int(second or 0),
            tzinfo=_zone(zone),
        )
    except ValueError:
        return None
    if day_.year < FIRST_YEAR or day_ > (latest + TOLERANCE).date():
        return None
    return day_.isoformat() if hour is None else moment.isoformat()


def _zone(text: str | None) -> timezone | None:
    if text is None:
        return None
    if text.upper() in ("Z", "UTC", "GMT"):
        return UTC
    minutes = int(text[1:3]) * 60 + int(text[-2:])
    return timezone(timedelta(minutes=minutes if text[0] == "+" else -minutes))
