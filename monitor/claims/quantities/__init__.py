"""Every quantity of a text, with its exact place, interval, bound and unit."""

from monitor.claims.quantities.days import DateSpan, resolve_date
from monitor.claims.quantities.reading import read, roles, worth_reading
from monitor.claims.quantities.tokens import Tokens
from monitor.types import Mention

__all__ = ["DateSpan", "mentions", "resolve_date"]


def mentions(text: str) -> tuple[Mention, ...]:
    """Every quantity of ``text``, in order, without overlaps; ``quote == text[start:end]``.

    Units are ISO 4217 codes or words of types.UNITS. Durations other than years and months are
    counts whose ``noun`` is "days", "weeks", "hours"...; percentage and basis points are percent
    (basis points divided by 100) and say so in ``noun``. A date has no value: ``resolve_date``
    reads its quote. Ranges, "thousands" and "a few billion" have low and high and no value.
    Values are as printed: the sign of a move is the reader's to give, only a printed sign counts.
    A number whose unit the sentence before gives is a count. Linear in the length of the text,
    never raises.
    """
    ts = Tokens(text)
    found: list[Mention] = []
    floor = 0
    for i in worth_reading(ts):
        if i < floor:
            continue
        role = roles(ts, i)
        reading = read(ts, i, floor, role) if role else None
        if reading is not None:
            found += reading.mentions
            floor = max(reading.end, i + 1)
    return tuple(found)
