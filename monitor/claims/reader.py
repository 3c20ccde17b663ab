"""From a text to its observations."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256

from monitor.claims.actors import Cast
from monitor.claims.document import Document, take_text_apart
from monitor.claims.echo import is_echo
from monitor.claims.facts import FactFinder, with_quotes
from monitor.claims.figures import COUNT, MONEY, Figure
from monitor.claims.focus import Focus, topics
from monitor.claims.language import is_english
from monitor.claims.matching import ORG, Matcher
from monitor.claims.modality import Voice
from monitor.claims.particulars import Particulars
from monitor.claims.sentence import Actor, Sentence
from monitor.claims.verdicts import Scene, Take, Verdict
from monitor.claims.vocabulary import Tracked, Vocabulary
from monitor.claims.voices import voices_of
from monitor.rules.claims import ClaimRules
from monitor.rules.entities import Entities
from monitor.types import Observation, Quantity

CODE_VERSION = "1"  # raised with every change of code that can change an observation


TURN = 60  # characters in which the name of a speaker and a colon begin a line
DISTINCT = 20  # values of one claim in one text that are remembered for when they are said again


@dataclass(frozen=True, slots=True)
class Explained:
    """A number and the verdicts of the claims that looked at it."""

    quote: str
    figure: Figure
    verdicts: tuple[Verdict, ...]


class Reader:
    """Reads observations out of texts; compiled once, never changed."""

    def __init__(self, rules: ClaimRules, entities: Entities) -> None:
        self.rules = rules
        self.entities = entities
        self.cast = Cast(entities)
        self.vocabulary = Vocabulary(rules, self.cast)
        self.matcher = Matcher(self.vocabulary, self.cast)
        self.facts = FactFinder(self.matcher, self.cast)
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
        """Every number that a claim takes, in order."""
        found: list[Take] = []
        missed: list[tuple[Scene, Figure]] = []
        facts: list[Take] = []
        last: Scene | None = None
        for scene, figure in self._scenes(document, headline, found):
            if scene is not last:
                facts.extend(self.facts.find(scene))
                last = scene
            if figure is None:
                continue
            verdict = self.matcher.best(scene, figure)
            if verdict is None:
                missed.append((scene, figure))
            else:
                found.append(Take(scene.sentence, figure, verdict))
                scene.taken_here.append(verdict)
        found.extend(self._echoes(found, missed))
        found.extend(with_quotes(document.text, facts))
        found.sort(key=_place)
        return found

    def _scenes(
        self, document: Document, headline: str | None, found: list[Take]
    ) -> Iterator[tuple[Scene, Figure | None]]:
        """Each number with its scene; ``found`` is read as it grows."""
        focus = self._focus(document, headline)
        before: Sentence | None = None
        for sentence in document.sentences:
            parted = before is None or "\n" in document.text[before.end : sentence.start]
            if parted:
                turn = ":" in document.text[sentence.start : sentence.start + TURN]
                before = before if turn and ":" in sentence.words[1:4] else None
                focus.paragraph = sentence.index
            taken = tuple(take.verdict for take in reversed(found[-4:]) if take.sentence is before)
            scene = Scene(sentence, focus, before, taken_before=taken)
            yield scene, None
            for figure in sentence.figures:
                yield scene, figure
            if not sentence.groups.isdisjoint(self.vocabulary.parties):
                focus.see(sentence)
            before = sentence

    def _echoes(self, found: Sequence[Take], missed: Sequence[tuple[Scene, Figure]]) -> list[Take]:
        """Numbers that no claim took where they stand, but that the text gives elsewhere."""
        known: dict[str, tuple[Tracked, list[Figure]]] = {}
        for take in found:
            tracked = take.verdict.tracked
            figures = known.setdefault(tracked.claim.key, (tracked, []))[1]
            if len(figures) < DISTINCT and not is_echo(take.figure, figures):
                figures.append(take.figure)
        echoes = []
        for scene, figure in missed:
            for tracked, figures in known.values():
                if ORG not in tracked.claim.key and is_echo(figure, figures):
                    verdict = self.matcher.repeated(scene, figure, tracked)
                    if verdict.taken:
                        echoes.append(Take(scene.sentence, figure, verdict))
                        break
        return echoes

    def _focus(self, document: Document, headline: str | None) -> Focus:
        named: tuple[Actor, ...] = ()
        if headline and not document.text.startswith(headline):
            above = take_text_apart(headline, self.vocabulary, self.cast)
            named = tuple(actor for sentence in above.sentences for actor in sentence.actors)
        parties = self.vocabulary.parties
        naming = (one for one in document.sentences if not one.groups.isdisjoint(parties))
        return Focus(topics(naming, self.cast, named))

    def explain(
        self, text: str, published_at: datetime | None = None, headline: str | None = None
    ) -> tuple[Explained, ...]:
        """Every number of the text with what each claim made of it."""
        document = take_text_apart(text, self.vocabulary, self.cast, published_at)
        found: list[Take] = []
        explained = []
        for scene, figure in self._scenes(document, headline, found):
            if figure is None:
                continue
            verdicts = tuple(self.matcher.verdicts(scene, figure))
            explained.append(Explained(figure.quote, figure, verdicts))
            best = self.matcher.best(scene, figure)
            if best is not None:
                found.append(Take(scene.sentence, figure, best))
                scene.taken_here.append(best)
        return tuple(explained)


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
