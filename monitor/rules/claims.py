"""config/claims.toml as typed rules: what is tracked, and the words that say it."""

import re
from datetime import date
from decimal import Decimal
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, Field, model_validator

from monitor.rules.base import Strict
from monitor.types import UNITS, Modality

Kind = Literal["number", "rank", "year", "text", "date", "boolean", "direction"]
Words = tuple[str, ...]  # words, phrases, prefix*, "first ... last" with a gap, @group


def _known(unit: str) -> str:
    allowed = UNITS | {"money"}
    if unit not in allowed and not re.fullmatch("[A-Z]{3}", unit):
        raise ValueError(f"must be one of {', '.join(sorted(allowed))}, or a currency such as USD")
    return unit


Unit = Annotated[str, AfterValidator(_known)]


class Range(Strict):
    """Numbers from ``low`` to ``high``; None: open."""

    low: Decimal | None = None
    high: Decimal | None = None

    def holds(self, number: Decimal) -> bool:
        """Whether ``number`` lies within, ends included."""
        return (self.low is None or number >= self.low) and (
            self.high is None or number <= self.high
        )


class Span(Strict):
    """Days from ``start`` to ``end``, both included."""

    start: date
    end: date


class Consensus(Strict):
    """How the history of a claim weighs its values; None: as for any claim."""

    one_camp: Decimal | None = None  # values closer than this share of each other agree
    contested_share: float | None = None  # share of a second camp from which it is contested


class Example(Strict):
    """A sentence that says the claim, and what has to be read from it."""

    text: str
    value: Decimal | str | bool | None = None  # None: a range, or any value
    low: Decimal | None = None
    high: Decimal | None = None
    claim: str | None = None  # the key, for claims with {org}
    modality: Modality | None = None


class Claim(Strict):
    """One tracked claim."""

    key: str = Field(pattern=r"^(\{org\}|[a-z0-9_]+)(\.[a-z0-9_]+)+$")
    title: str
    kind: Kind = "number"
    unit: Unit = "count"  # "money" takes any of ``currencies``
    currencies: tuple[str, ...] = ("USD", "EUR", "CNY", "GBP", "JPY", "INR", "KRW", "TWD")
    subjects: tuple[str, ...] = ()  # entities that can own it; with {org}: one key each
    owners: tuple[str, ...] = ()  # roles that compete for the number; empty: those of subjects
    carried: bool = True  # the subject may stand in an earlier sentence
    joint: bool = False  # the subject is several companies named together
    accept: Range = Range()  # magnitudes outside are not this claim
    plausible: Range = Range()  # magnitudes outside are kept, flagged suspect
    typical: Range | None = None  # so telling a size that a text about the subject needs no word
    signed: bool = False  # a move: the words say up or down
    measure: Literal["change", "level"] | None = None  # "by $255 billion" or "to $3 trillion"
    say: Words = ()  # one of them near the number
    also: Words = ()  # and one of these in the sentence
    hint: Words = ()  # weaker than ``say``
    counted: Words = ()  # what is counted, right after the number
    rule_out: Words = ()  # near the number: refused
    rule_out_next: Words = ()  # right beside the number: refused
    rule_out_after: Words = ()  # right behind the number: refused
    qualifiers: dict[str, dict[str, Words]] = Field(default_factory=dict)
    owned: bool = True  # the sentence or its subject has to be about one of ``subjects``
    value_roles: tuple[str, ...] = ()  # text: the value is a party with one of these roles
    values: dict[str, Words] = Field(default_factory=dict)  # text and boolean: value -> words
    about: Span | None = None  # a date near the number that lies outside: refused
    period: Literal["none", "day"] = "none"
    consensus: Consensus = Consensus()
    examples: tuple[Example, ...] = ()
    counterexamples: tuple[str, ...] = ()

    @property
    def keys(self) -> tuple[str, ...]:
        """Its key; with {org}, one for every subject."""
        if "{org}" not in self.key:
            return (self.key,)
        return tuple(self.key.replace("{org}", one) for one in self.subjects)

    @model_validator(mode="after")
    def _check(self) -> Self:
        if not self.subjects:
            raise ValueError("subjects is empty: name at least one entity of entities.toml")
        if self.kind in ("number", "rank", "year") and not (self.say or self.hint or self.counted):
            raise ValueError("no words: give say, hint or counted")
        return self


class ClaimRules(Strict):
    """All tracked claims and the word groups they share."""

    words: dict[str, Words] = Field(default_factory=dict)
    claim: tuple[Claim, ...] = ()

    @model_validator(mode="after")
    def _check(self) -> Self:
        keys = [claim.key for claim in self.claim]
        for key in keys:
            if keys.count(key) > 1:
                raise ValueError(f"claim {key} is defined twice")
        return self
