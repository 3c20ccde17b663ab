"""Checks of claim rules: what is contradictory, missing, or never reached."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations

from monitor.claims.matching import ORG
from monitor.rules.claims import Claim, ClaimRules, Range
from monitor.rules.entities import Entities

LEAST_EXAMPLES = 3  # of each sort; docs/claims.md


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to mend. ``line`` counts from 1; None: the text was not given."""

    key: str
    message: str
    line: int | None = None


def lint(rules: ClaimRules, entities: Entities, text: str | None = None) -> tuple[Finding, ...]:
    """What is wrong with the rules, in their order; ``text`` is their TOML, for line numbers."""
    lines = lines_of(text or "")
    found = []
    for claim in rules.claim:
        for message in _of(claim, entities):
            found.append(Finding(claim.key, message, lines.get(claim.key)))
    for one, other in combinations(rules.claim, 2):
        if _shadows(one, other):
            message = f"has the words, the subject and the range of {one.key}: neither can be told"
            found.append(Finding(other.key, message, lines.get(other.key)))
    return tuple(found)


def lines_of(text: str) -> dict[str, int]:
    """The line of each claim of a TOML text, counted from 1."""
    found: dict[str, int] = {}
    for number, line in enumerate(text.splitlines(), start=1):
        name, _, value = line.partition("=")
        if name.strip() == "key":
            found.setdefault(value.split("#")[0].strip().strip("\"'"), number)
    return found


def _of(claim: Claim, entities: Entities) -> Iterator[str]:
    yield from _ranges(claim)
    yield from _names(claim, entities)
    for name, words in (("say", claim.say), ("hint", claim.hint), ("counted", claim.counted)):
        both = sorted(set(words) & {*claim.rule_out, *claim.rule_out_next})
        if both:
            yield f"{both[0]!r} is in {name} and ruled out"
        repeated = sorted({word for word in words if words.count(word) > 1})
        if repeated:
            yield f"{repeated[0]!r} is twice in {name}"
    if len(claim.examples) < LEAST_EXAMPLES:
        yield f"{len(claim.examples)} examples; at least {LEAST_EXAMPLES} are needed"
    if len(claim.counterexamples) < LEAST_EXAMPLES:
        yield f"{len(claim.counterexamples)} counterexamples; at least {LEAST_EXAMPLES} are needed"


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
    for example in claim.examples:
        if example.claim is not None and not _can_be(claim, example.claim):
            yield f"an example is of {example.claim}, which this claim never gives"


def _can_be(claim: Claim, key: str) -> bool:
    return key == claim.key or key in {claim.key.replace(ORG, one) for one in claim.subjects}


def _shadows(one: Claim, other: Claim) -> bool:
    """Whether nothing tells two claims apart."""
    if one.kind != other.kind or one.unit != other.unit or one.kind in ("boolean", "text"):
        return False
    if not set(one.subjects) & set(other.subjects) or not one.say:
        return False
    same_words = set(other.say) == set(one.say) and set(other.hint) == set(one.hint)
    return same_words and one.accept == other.accept and one.signed == other.signed
