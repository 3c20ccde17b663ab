"""Checks of claim rules: what is contradictory, missing, or never reached."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import permutations

from monitor.claims.matching import NUMERIC, ORG
from monitor.claims.quantities.lexicon import CODES
from monitor.rules.claims import Claim, ClaimRules, Example, Range
from monitor.rules.entities import Entities

LEAST_EXAMPLES = 3  # of each sort; docs/claims.md
_LOST_STAR = re.compile(r"\*(?! \.\.\. |$)")  # taken for a letter: no text has it
_PATTERN = re.compile(r"[()\[\]|+\\^]")


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to mend. ``line`` counts from 1; None: the text was not given."""

    key: str
    message: str
    line: int | None = None


def lint(rules: ClaimRules, entities: Entities, text: str | None = None) -> tuple[Finding, ...]:
    """What is wrong with the rules, in their order; ``text`` is their TOML, for line numbers."""
    lines = (text or "").splitlines()
    found = []
    for name, words in rules.words.items():
        for quote, message in _unmatched(words):
            found.append(Finding(f"@{name}", message, line_of(lines, name, quote)))
    for claim in rules.claim:
        for quote, message in _of(claim, entities):
            found.append(Finding(claim.key, message, line_of(lines, claim.key, quote)))
    for one, other in permutations(rules.claim, 2):
        if _shadowed(one, other):
            message = f"nothing tells it from {other.key}: give it words or sizes of its own"
            found.append(Finding(one.key, message, line_of(lines, one.key)))
    return tuple(found)


def line_of(lines: Sequence[str], key: str, quote: str = "") -> int | None:
    """The line, from 1, of a claim or a word group, or of ``quote`` in it; None: not there.

    A quote that its file spells otherwise (escapes) is taken for the line of its claim.
    """
    names = re.compile(rf"key\s*=\s*[\"']{re.escape(key)}[\"']|{re.escape(key)}\s*=")
    start = next((at for at, line in enumerate(lines) if names.match(line.strip())), None)
    if start is None:
        return None
    for at in range(start, len(lines) if quote else start):
        if at > start and lines[at].startswith("[["):
            break
        if quote in lines[at]:
            return at + 1
    return start + 1


def _of(claim: Claim, entities: Entities) -> Iterator[tuple[str, str]]:
    """What is wrong with a claim: what stands in its line, and the message."""
    for message in (*_ranges(claim), *_names(claim, entities)):
        yield "", message
    for name, words in (("say", claim.say), ("hint", claim.hint), ("counted", claim.counted)):
        both = sorted(set(words) & {*claim.rule_out, *claim.rule_out_next})
        if both:
            yield f'"{both[0]}"', f"{both[0]!r} is in {name} and ruled out"
        repeated = sorted({word for word in words if words.count(word) > 1})
        if repeated:
            yield f'"{repeated[0]}"', f"{repeated[0]!r} is twice in {name}"
    yield from _unmatched(_words(claim))
    for example in claim.examples:
        for message in _example(claim, example):
            yield example.text, f"an example {message}"
    for name, count in (
        ("examples", len(claim.examples)),
        ("counterexamples", len(claim.counterexamples)),
    ):
        if count < LEAST_EXAMPLES:
            yield "", f"{count} {name}; at least {LEAST_EXAMPLES} are needed"


def _words(claim: Claim) -> Iterator[str]:
    yield from (*claim.say, *claim.also, *claim.hint, *claim.counted)
    yield from (*claim.rule_out, *claim.rule_out_next, *claim.rule_out_after)
    for choices in (claim.values, *claim.qualifiers.values()):
        for words in choices.values():
            yield from words


def _unmatched(words: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Words that no text can hold, for what is meant by them is not."""
    for word in words:
        if _LOST_STAR.search(word):
            hint = "write each ending out, or ' ... ' behind the star"
            yield f'"{word}"', f"{word!r} is never found, for its star is not at the end: {hint}"
        elif _PATTERN.search(word):
            yield f'"{word}"', f"{word!r} is never found: words are taken as they are, no patterns"


def _example(claim: Claim, example: Example) -> Iterator[str]:
    if example.claim is None and ORG in claim.key:
        yield f"does not say whose it is: give claim = {' or '.join(claim.keys[:2])}"
    elif example.claim not in (None, claim.key, *claim.keys):
        yield f"is of {example.claim}, which this claim never gives"
    if claim.kind not in NUMERIC:
        if claim.values and str(example.value).casefold() not in map(str.casefold, claim.values):
            yield f"has the value {example.value}, which values do not list"
    elif isinstance(example.value, str | bool):
        yield f"has the value {example.value!r}; a number has neither quotes nor commas"
    elif isinstance(example.value, Decimal) and not claim.accept.holds(abs(example.value)):
        yield f"has the value {example.value}, which accept leaves out"


def _ranges(claim: Claim) -> Iterator[str]:
    ranges = {"accept": claim.accept, "plausible": claim.plausible, "typical": claim.typical}
    for name, one in ranges.items():
        if one is not None and one.low is not None and one.high is not None and one.low > one.high:
            yield f"{name}: low {one.low} is above high {one.high}"
    if not _inside(claim.plausible, claim.accept):
        yield "plausible reaches beyond accept"
    if claim.typical is not None and not _inside(claim.typical, claim.plausible):
        yield "typical reaches beyond plausible"


def _inside(inner: Range, outer: Range) -> bool:
    low = outer.low is None or inner.low is None or inner.low >= outer.low
    high = outer.high is None or inner.high is None or inner.high <= outer.high
    return low and high


def _names(claim: Claim, entities: Entities) -> Iterator[str]:
    keys = {entity.key for entity in entities.entity}
    roles = {role for entity in entities.entity for role in entity.roles}
    for key in claim.subjects:
        if key not in keys:
            yield f"subjects: no entity {key}"
    for role in (*claim.owners, *claim.value_roles):
        if role not in roles:
            yield f"no entity has the role {role}"
    for code in claim.currencies:
        if code.lower() not in CODES:
            yield f"currencies: {code} is no currency that is read"
    if claim.kind == "text" and not (claim.values or claim.value_roles):
        yield "no value can be found: give values or value_roles"


def _shadowed(one: Claim, other: Claim) -> bool:
    """Whether every word of a claim is another's as well, for numbers that both accept."""
    kinds = (one.kind, one.unit, one.measure, one.signed)
    if kinds != (other.kind, other.unit, other.measure, other.signed) or one.kind not in NUMERIC:
        return False
    if not (set(one.subjects) & set(other.subjects) and _meet(one.accept, other.accept)):
        return False
    return all(
        set(words) <= set(others)
        for words, others in (
            (one.say, other.say),
            (one.hint, (*other.say, *other.hint)),
            (one.counted, other.counted),
            (one.also, other.also),
        )
    )


def _meet(one: Range, other: Range) -> bool:
    lows = [low for low in (one.low, other.low) if low is not None]
    highs = [high for high in (one.high, other.high) if high is not None]
    return not lows or not highs or max(lows) <= min(highs)
