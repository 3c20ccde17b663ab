"""The examples of the claims, read as tests."""

from dataclasses import dataclass
from decimal import Decimal

from monitor.claims.matching import NUMERIC
from monitor.claims.reader import Reader
from monitor.rules.claims import Claim, Example
from monitor.types import Observation

_NOT_OFFERED = (
    "no number in it could be the claim's: another unit or size, no subject named, "
    "a rival or a ruled-out word right beside it"
)


@dataclass(frozen=True, slots=True)
class Failure:
    """An example that is not read as it says."""

    key: str
    text: str
    expected: str
    got: tuple[str, ...]
    why: tuple[str, ...] = ()  # what the rules say of each number that the claim looked at


def try_examples(reader: Reader) -> tuple[Failure, ...]:
    """The examples and counterexamples that fail, in the order of the rules; empty: all pass."""
    found = []
    for claim in reader.rules.claim:
        for example in claim.examples:
            observed = reader.observe(example.text)
            if not any(_is(one, claim, example) for one in observed):
                expected = f"{example.claim or claim.key} {_expected(example)}"
                why = _why(reader, example.text, claim)
                found.append(Failure(claim.key, example.text, expected, _told(observed), why))
        for text in claim.counterexamples:
            observed = reader.observe(text)
            if any(one.claim in claim.keys for one in observed):
                why = _why(reader, text, claim)
                found.append(Failure(claim.key, text, f"no {claim.key}", _told(observed), why))
    return tuple(found)


def _why(reader: Reader, text: str, claim: Claim) -> tuple[str, ...]:
    if claim.kind not in NUMERIC:
        return ()
    numbers = reader.explain(text)
    if not numbers:
        return ("no number is read in it",)
    looked = [
        f"{one.quote}: {opinion.claim}: {opinion.rule}"
        for one in numbers
        for opinion in one.opinions
        if opinion.claim in claim.keys
    ]
    return tuple(looked) or (_NOT_OFFERED,)


def _is(one: Observation, claim: Claim, example: Example) -> bool:
    if one.claim != (example.claim or claim.key):
        return False
    if example.modality is not None and one.modality != example.modality:
        return False
    if isinstance(example.value, Decimal):
        return isinstance(one.value, Decimal) and one.value == example.value
    if example.value is not None:
        return one.value == example.value
    return (example.low, example.high) in ((None, None), (one.low, one.high))


def _expected(example: Example) -> str:
    if example.value is not None:
        return str(example.value)
    return f"{example.low} to {example.high}"


def _told(observed: tuple[Observation, ...]) -> tuple[str, ...]:
    return tuple(f"{one.claim} {one.value} ({one.quote})" for one in observed)
