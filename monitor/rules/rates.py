"""config/rates.toml as typed rules: what currencies were worth, and when."""

from datetime import date
from decimal import Decimal
from typing import Annotated, Self

from pydantic import Field, StringConstraints, model_validator

from monitor.rules.base import Strict

Currency = Annotated[str, StringConstraints(pattern=r"^[A-Z]{3}$")]
Worth = Annotated[Decimal, Field(gt=0, allow_inf_nan=False)]


class RateTable(Strict):
    """Rates of one day, or the average of a time around it."""

    date: date
    source: str
    usd: dict[Currency, Worth]  # ISO 4217 code -> US dollars for one unit


class Rates(Strict):
    """All rates. An empty table is allowed: then nothing is converted."""

    table: tuple[RateTable, ...] = ()

    @model_validator(mode="after")
    def _check(self) -> Self:
        days = [table.date for table in self.table]
        for day in days:
            if days.count(day) > 1:
                raise ValueError(f"two tables of {day}: join them")
        return self
