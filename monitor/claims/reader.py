"""From a text to its observations."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from monitor.claims.actors import Cast, find_actors
from monitor.claims.figures import COUNT, MONEY, Figure, figures
from monitor.claims.lexicon import Hit, fold
from monitor.claims.matching import Matcher, Verdict
from monitor.claims.ownership import Focus
from monitor.claims.sentence import Sentence, take_apart
from monitor.claims.vocabulary import Vocabulary
from monitor.rules.claims import ClaimRules
from monitor.rules.entities import Entities
from monitor.text.sentences import sentences
from monitor.types import Observation, Quantity

CODE_VERSION = "1"  # raised with every change of code that can change an observation


@dataclass(frozen=True, slots=True)
class Take:
    """A number that a claim took."""

    sentence: Sentence
    figure: Figure
    verdict: Verdict


class Reader:
    """Reads observations out of texts; compiled once, never changed."""

    def __init__(self, rules: ClaimRules, entities: Entities) -> None:
        self.rules = rules
        self.entities = entities
        self.cast = Cast(entities)
        self.vocabulary = Vocabulary(rules, self.cast)
        self.matcher = Matcher(self.vocabulary, self.cast)
        spelled = rules.model_dump_json() + entities.model_dump_json()
        self.version = f"{CODE_VERSION}-{sha256(spelled.encode()).hexdigest()[:12]}"

    def observe(
        self, text: str, published_at: datetime | None = None, headline: str | None = None
    ) -> tuple[Observation, ...]:
        """What the text says about the tracked claims, by place.

        Spans count characters of ``text``. ``headline`` gives context only. Never raises.
        """
        found = [
            _observation(text, take, key) for take in self.takes(text) for key in take.verdict.keys
        ]
        return tuple(found)

    def takes(self, text: str) -> list[Take]:
        """Every number that a claim takes."""
        focus = Focus()
        found = []
        for sentence in self.parse(text):
            for figure in sentence.figures:
                verdict = self.matcher.best(sentence, figure, focus)
                if verdict is not None:
                    found.append(Take(sentence, figure, verdict))
            focus.see(sentence)
        return found

    def parse(self, text: str) -> list[Sentence]:
        """The sentences of a text with numbers and parties found."""
        folded = fold(text)
        hits = self.vocabulary.lexicon.find(folded)
        numbers = figures(text)
        parsed = []
        at_hit = at_number = 0
        for index, (start, end) in enumerate(sentences(text)):
            at_hit, here = _within(hits, at_hit, start, end)
            at_number, inside = _figures_within(numbers, at_number, start, end)
            sentence = take_apart(index, (start, end), folded, here, inside)
            sentence.actors = find_actors(sentence, text, self.cast, self.vocabulary.parties)
            parsed.append(sentence)
        return parsed


def _within(hits: Sequence[Hit], at: int, start: int, end: int) -> tuple[int, list[Hit]]:
    while at < len(hits) and hits[at].start < start:
        at += 1
    first = at
    while at < len(hits) and hits[at].start < end:
        at += 1
    return at, [hit for hit in hits[first:at] if hit.end <= end]


def _figures_within(
    numbers: Sequence[Figure], at: int, start: int, end: int
) -> tuple[int, tuple[Figure, ...]]:
    while at < len(numbers) and numbers[at].start < start:
        at += 1
    first = at
    while at < len(numbers) and numbers[at].start < end:
        at += 1
    return at, tuple(one for one in numbers[first:at] if one.end <= end)


def _observation(text: str, take: Take, key: str) -> Observation:
    claim, figure = take.verdict.tracked.claim, take.figure
    quantity = _signed(figure.quantity, take.verdict.sign)
    flags = () if claim.plausible.holds(figure.magnitude) else ("suspect",)
    return Observation(
        claim=key,
        value=quantity.value,
        low=quantity.low,
        high=quantity.high,
        bound=quantity.bound,
        unit=_unit(take),
        modality="asserted",
        speaker=None,
        quote=text[figure.start : figure.end],
        start=figure.start,
        end=figure.end,
        significant_digits=quantity.significant_digits,
        alternates=figure.alternates,
        flags=flags,
    )


def _unit(take: Take) -> str:
    claim, figure = take.verdict.tracked.claim, take.figure
    if claim.unit == MONEY and figure.family == COUNT:
        return claim.currencies[0]
    return figure.quantity.unit if figure.family != COUNT else claim.unit


def _signed(quantity: Quantity, sign: int) -> Quantity:
    """The quantity as a move up or down; a bound keeps speaking of its size."""
    ends = [None if end is None else abs(end) for end in (quantity.low, quantity.high)]
    value = None if quantity.value is None else abs(quantity.value)
    if quantity.low is not None and quantity.low < 0:
        ends.reverse()
    if sign < 0:
        value = None if value is None else -value
        ends = [None if end is None else -end for end in reversed(ends)]
    return Quantity(
        value, ends[0], ends[1], quantity.bound, quantity.unit, quantity.significant_digits
    )
