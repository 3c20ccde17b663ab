"""From a text to its observations."""

from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256

from monitor.claims.candidates import Candidate
from monitor.claims.deciding import Decider
from monitor.claims.document import Document, take_text_apart
from monitor.claims.facts import with_quotes
from monitor.claims.figures import COUNT, MONEY, Figure
from monitor.claims.language import is_english
from monitor.claims.looking import Looker
from monitor.claims.modality import Voice
from monitor.claims.particulars import Particulars
from monitor.claims.sentence import Sentence
from monitor.claims.trained import MODEL
from monitor.claims.verdicts import Take, Verdict
from monitor.claims.voices import voices_of
from monitor.rules.claims import ClaimRules
from monitor.rules.entities import Entities
from monitor.types import Observation, Quantity

CODE_VERSION = "4"  # raised with every change of code that can change an observation


@dataclass(frozen=True, slots=True)
class Opinion:
    """What was made of a number for one claim."""

    claim: str  # its key
    taken: bool
    likely: float  # 0 to 1
    rule: str  # what the rules say of it: a word near it, its owner, why it is refused
    why: str  # the features that moved the likelihood most, with what each added to the log odds


@dataclass(frozen=True, slots=True)
class Explained:
    """A number and the claims that looked at it, the likeliest first."""

    quote: str
    figure: Figure
    opinions: tuple[Opinion, ...]


class Reader:
    """Reads observations out of texts; compiled once, never changed."""

    def __init__(self, rules: ClaimRules, entities: Entities) -> None:
        self.rules = rules
        self.entities = entities
        self.looker = Looker(rules, entities)
        self.vocabulary, self.cast = self.looker.vocabulary, self.looker.cast
        self.decider = Decider(MODEL)
        spelled = rules.model_dump_json() + entities.model_dump_json()
        self.version = f"{CODE_VERSION}-{sha256(spelled.encode()).hexdigest()[:12]}"

    def __reduce__(self) -> tuple[type["Reader"], tuple[ClaimRules, Entities]]:
        """Compiled again where it is unpickled: the automaton itself cannot be pickled."""
        return Reader, (self.rules, self.entities)

    def observe(
        self, text: str, published_at: datetime | None = None, headline: str | None = None
    ) -> tuple[Observation, ...]:
        """What the text says about the tracked claims, by place.

        Spans count characters of ``text``. ``headline`` gives context only. A text that is not
        English gives none. Never raises.
        """
        if not is_english(text):
            return ()
        document = take_text_apart(text, self.vocabulary, self.cast, published_at)
        takes = self.takes(document, headline)
        whens = Particulars(document, self.cast)
        voices = voices_of(document, takes, self.cast, self.vocabulary.english)
        found = [
            _placed(_observation(take, voice, key, whens), document, text)
            for take, voice in zip(takes, voices, strict=True)
            for key in take.verdict.keys
        ]
        return tuple(found)

    def untaken(self, text: str) -> tuple[tuple[Sentence, Figure], ...]:
        """The numbers of a text that no claim takes, with their sentences."""
        document = take_text_apart(text, self.vocabulary, self.cast)
        taken = {take.figure.start for take in self.takes(document)}
        return tuple(
            (sentence, figure)
            for sentence in document.sentences
            for figure in sentence.figures
            if figure.start not in taken
        )

    def takes(self, document: Document, headline: str | None = None) -> list[Take]:
        """Every number and fact that a claim takes, in order."""
        candidates, facts = self.looker.look(document, headline)
        found = [_take(one, likely) for one, likely in self.decider.chosen(candidates) if one.sign]
        found.extend(with_quotes(document.text, facts))
        found.sort(key=_place)
        return found

    def explain(
        self, text: str, published_at: datetime | None = None, headline: str | None = None
    ) -> tuple[Explained, ...]:
        """Every number of the text with the claims that looked at it, the likeliest first."""
        document = take_text_apart(text, self.vocabulary, self.cast, published_at)
        candidates, _ = self.looker.look(document, headline)
        chosen = {id(one) for one, _ in self.decider.chosen(candidates) if one.sign}
        told: dict[int, list[Opinion]] = {}
        for one, (likely, why) in zip(candidates, self.decider.explain(candidates), strict=True):
            opinion = Opinion(one.key, id(one) in chosen, likely, one.rule, why)
            told.setdefault(one.figure.start, []).append(opinion)
        return tuple(
            Explained(
                figure.quote,
                figure,
                tuple(sorted(told.get(figure.start, ()), key=lambda one: -one.likely)),
            )
            for sentence in document.sentences
            for figure in sentence.figures
        )


def _take(one: Candidate, likely: float) -> Take:
    verdict = Verdict(one.tracked, True, "", likely, (one.key,), one.owner, one.sign)
    return Take(one.scene.sentence, one.figure, verdict)


def _place(take: Take) -> int:
    return take.figure.start


def _observation(take: Take, voice: Voice, key: str, context: Particulars) -> Observation:
    claim, figure = take.verdict.tracked.claim, take.figure
    quantity = _signed(figure.quantity, take.verdict.sign)
    about = context.about(take)
    flags = () if claim.plausible.holds(figure.magnitude) else ("suspect",)
    return Observation(
        claim=key,
        value=quantity.value if take.value is None else take.value,
        low=quantity.low,
        high=quantity.high,
        bound=quantity.bound,
        unit=_unit(take),
        modality=voice.modality,
        speaker=voice.speaker,
        quote=figure.quote,
        start=figure.start,
        end=figure.end,
        qualifiers=context.qualifiers(take),
        about_start=about[0],
        about_end=about[1],
        significant_digits=quantity.significant_digits,
        alternates=figure.alternates,
        flags=flags,
    )


def _placed(observation: Observation, document: Document, text: str) -> Observation:
    """The observation with its span in the text as given."""
    start = document.repaired.raw(observation.start)
    end = document.repaired.raw(observation.end)
    repaired = ("repaired",) if document.repaired.is_repaired(start, end) else ()
    flags = tuple(sorted({*observation.flags, *repaired}))
    return replace(observation, start=start, end=end, quote=text[start:end], flags=flags)


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
