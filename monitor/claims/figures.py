"""The numbers of a text as claims look at them."""

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from monitor.claims.quantities import mentions
from monitor.claims.spoken import spoken
from monitor.types import Mention, Quantity

MONEY = "money"
COUNT = "count"


@dataclass(frozen=True, slots=True)
class Figure:
    """A number at its place. ``family``: money, or the unit of the quantity."""

    start: int
    end: int
    family: str
    quantity: Quantity
    quote: str
    noun: str | None = None  # what is counted; None: a bare number
    alternates: tuple[Quantity, ...] = ()

    @property
    def magnitude(self) -> Decimal:
        """The number that ranges are checked against."""
        quantity = self.quantity
        for number in (quantity.value, quantity.high, quantity.low):
            if number is not None:
                return abs(number)
        return Decimal(0)

    @property
    def sign(self) -> int:
        """-1 or 1 where a sign is printed, else 0."""
        first = self.quote.lstrip()[:1]
        if first in ("+", "-", "\u2212", "\u2013"):
            return 1 if first == "+" else -1
        word = self.quote[:5].lower()
        return {"minus": -1, "plus ": 1}.get(word, 0)

    @property
    def large(self) -> bool:
        """Whether a word of size goes with it: "a hundred million"."""
        return self.quote.lower().endswith(("illion", "bn", "mn", "tn"))

    @property
    def bare(self) -> bool:
        """Whether the text says neither a unit nor what is counted."""
        return self.family == COUNT and self.noun is None


def figures(text: str) -> tuple[Figure, ...]:
    """Every number of the text, by start. A date with a year in it is a year as well."""
    found = [_of(mention) for mention in mentions(text)]
    said = [_figure(text, *one) for one in spoken(text)]
    if said:
        found = [one for one in found if not _overlaps(said, one)]
    ranks = [one for one in _ranks(text) if not _overlaps(found, one)]
    return tuple(sorted((*found, *said, *ranks), key=_start)) if said or ranks else tuple(found)


def _figure(text: str, start: int, end: int, quantity: Quantity) -> Figure:
    unit = quantity.unit
    family = MONEY if len(unit) == 3 and unit.isupper() else unit
    return Figure(start, end, family, quantity, text[start:end])


_NTH = (
    *("first", "second", "third", "fourth", "fifth"),
    *("sixth", "seventh", "eighth", "ninth", "tenth"),
)
_NTHS = "(?:" + "|".join(_NTH) + r"|\d{1,3}(?:st|nd|rd|th))"
_RANK = re.compile(
    r"\b(?P<first>atop|on top of|at the summit of|at the head of|in pole position|heads the list"
    r"|(?:leads?|led|leading|headed|heading) (?:the |both |all )?[\w' ]{0,24}?(?:charts?|rankings?)"
    r"|most popular (?:free |iphone |ios |mobile )*(?:app|download|application)|leading free app)\b"
    r"|\b(?:(?:to|in|at|into|from|was|is|it's|been|now|be|become|still|currently|ranks?|ranked|stands|stood|came"
    rf"|placed|finished|reached|hit) (?P<nth>{_NTHS})"
    r"(?= (?:in|on|place|spot|position|among|behind|for|this|last|a week|a month|yesterday|today"
    r"|within|by|to|\w+ days|\w+ weeks|when|after|before|globally|worldwide|overall)\b|[,.;)])"
    rf"|(?<!in the )(?P<placed>{_NTHS})(?= (?:place|spot|position)\b))",
    re.IGNORECASE,
)


# What a line holds that has such a rank: far cheaper to look for than the rank itself.
_RANKED = (
    "atop",
    "top of",
    "summit of",
    "head of",
    "in pole",
    "heads the",
    "chart",
    "ranking",
    "popular",
    "leading free",
    " place",
    " spot",
    " position",
)
_ORDINAL = re.compile(rf" (?:{'|'.join(_NTH)}|\d{{1,3}}(?:st|nd|rd|th))[ ,.;)]")


def _ranks(text: str) -> list[Figure]:
    """Ranks said in other words than a number and "place"."""
    found = []
    for match in _places(text):
        said = match.lastgroup or "first"
        nth = match[said].lower()
        number = 1
        if said != "first":
            number = _NTH.index(nth) + 1 if nth in _NTH else int(nth[:-2])
        span = match.span(said)
        value = Decimal(number)
        quantity = Quantity(value, value, value, "eq", "rank", 1)
        found.append(Figure(*span, "rank", quantity, text[span[0] : span[1]]))
    return found


def _places(text: str) -> Iterator[re.Match[str]]:
    start = 0
    for line in text.split("\n"):
        plain = line.casefold()
        if any(word in plain for word in _RANKED) or _ORDINAL.search(plain):
            yield from _RANK.finditer(text, start, start + len(line))
        start += len(line) + 1


def _overlaps(found: list[Figure], one: Figure) -> bool:
    at = bisect_right(found, one.start, key=_start)
    near = found[max(0, at - 1) : at + 1]
    return any(other.end > one.start and other.start < one.end for other in near)


def _start(figure: Figure) -> int:
    return figure.start


_YEAR = re.compile(r"\b(1[89]\d\d|20\d\d)\b")


def _of(mention: Mention) -> Figure:
    quantity, family = mention.quantity, mention.quantity.unit
    if len(family) == 3 and family.isupper():
        family = MONEY
    elif family == "date" and (match := _YEAR.search(mention.quote)):
        year = Decimal(match[1])
        quantity, family = Quantity(year, year, year, "eq", "year", 4), "year"
    return Figure(
        mention.start,
        mention.end,
        family,
        quantity,
        mention.quote,
        mention.noun,
        mention.alternates,
    )
