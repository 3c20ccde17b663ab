"""How the history of one claim is counted: the settings that compare and weigh its values."""

import hashlib
from bisect import bisect_left
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Context, Decimal
from typing import Literal

Kind = Literal["number", "text", "date", "boolean"]
Scale = Literal["log", "linear"]

# Two values closer than this share of each other agree whatever their precision: 589 and 593
# billion are one figure measured twice, and the attacks of issue 8 allow 2 % (test_consensus.py,
# test_attacks.py).
ONE_CAMP = Decimal("0.02")
# A second camp with this share of the leader's weight makes a claim contested: one story against
# three is a disagreement, one against ten is an outlier (test_consensus.py).
CONTESTED_SHARE = 1 / 3
# Digits kept when a value is converted. The press prints two or three; rates are no better.
CONVERTED_DIGITS = 3

# Raised with every change of this folder after which the same sightings add up to another count.
COUNTING = 2

_EXACT = Context(prec=60, traps=[])  # no operation raises; NaN is filtered by the callers


@dataclass(frozen=True, slots=True)
class Exchange:
    """Dated worth of currencies in US dollars, sorted by date."""

    tables: tuple[tuple[date, Mapping[str, Decimal]], ...] = ()

    def rate(self, unit: str, into: str, day: date | None) -> Decimal | None:
        """What one ``unit`` was worth in ``into`` at the table nearest to ``day``.

        ``day`` None takes the latest table. None: a currency that no table holds.
        """
        worth = self._worth(unit, day)
        base = self._worth(into, day)
        if worth is None or base is None:
            return None
        return _EXACT.divide(worth, base)

    def _worth(self, unit: str, day: date | None) -> Decimal | None:
        if unit == "USD":
            return Decimal(1)
        known = [(at, table[unit]) for at, table in self.tables if unit in table]
        if not known:
            return None
        if day is None:
            return known[-1][1]
        place = bisect_left(known, day, key=lambda item: item[0])
        nearest = min(
            known[max(place - 1, 0) : place + 1], key=lambda item: (abs(item[0] - day), item[0])
        )
        return nearest[1]


def exchange(tables: Iterable[tuple[date, Mapping[str, Decimal]]]) -> Exchange:
    """An Exchange of (day, currency -> US dollars) pairs in any order."""
    return Exchange(tuple(sorted(tables, key=lambda item: item[0])))


@dataclass(frozen=True, slots=True)
class Definition:
    """What the history needs to know of a claim. ``unit`` is the one values are compared in.

    ``scale`` is log for money and counts (the press errs by factors), linear for percent, ranks,
    years and dates. ``one_camp`` is the share of a value within which another one agrees with it;
    significant digits and hedges widen it value by value. ``period`` "day" gives every day a
    series of its own.
    """

    claim: str
    kind: Kind = "number"
    unit: str = "count"
    scale: Scale = "log"
    period: Literal["none", "day"] = "none"
    one_camp: Decimal = ONE_CAMP
    contested_share: float = CONTESTED_SHARE
    exchange: Exchange = field(default_factory=Exchange)

    @property
    def digest(self) -> str:
        """What a count by this definition can be told by from one by another, or by older code."""
        return hashlib.sha256(f"{COUNTING} {self!r}".encode()).hexdigest()
