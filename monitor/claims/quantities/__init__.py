"""Every quantity of a text, with its exact place, interval, bound and unit."""

from collections.abc import Iterator

from monitor.claims.quantities.days import DateSpan, resolve_date
from monitor.claims.quantities.reading import read, roles, worth_reading
from monitor.claims.quantities.tokens import Tokens
from monitor.types import Mention

__all__ = ["DateSpan", "mentions", "resolve_date"]

# Characters read at a time, so that the work on a long text stays in the processor's cache: a line
# of a megabyte read in one piece took 16 times as long as a tenth of it (benchmarks/quantities.py).
_PIECE = 8192


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
    return tuple(mention for start, end in _pieces(text) for mention in _read(text, start, end))


def _pieces(text: str) -> Iterator[tuple[int, int]]:
    """Whole lines; a longer line is cut where a sentence seems to end, else at a blank."""
    start = 0
    while len(text) - start > _PIECE:
        last = start + _PIECE
        cuts = (text.rfind(mark, start, last) + len(mark) for mark in ("\n", ". ", " "))
        end = next((cut for cut in cuts if cut > start + 1), last)
        yield start, end
        start = end
    yield start, len(text)


def _read(text: str, start: int, end: int) -> list[Mention]:
    ts = Tokens(text, start, end)
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
    return found
