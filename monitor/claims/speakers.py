"""Who says a number: the best of the sources in the sentences around it."""

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from monitor.claims.actors import Cast
from monitor.claims.attributions import Attribution, Attributor
from monitor.claims.document import Document
from monitor.claims.labels import Turns
from monitor.claims.naming import OUTLET, OWNER, Namer
from monitor.claims.quotations import quotation_at, quoted
from monitor.claims.register import Register
from monitor.claims.sentence import Sentence
from monitor.claims.verdicts import Take

BACK, AHEAD = 4, 2  # sentences before and behind a quotation whose sources are considered
BESIDE = 40  # characters between a quotation and the words that say whose it is
OPENS = 6  # words from the beginning of a sentence that opens with its source
CITED_REACH = 18  # words from such an opening to the figure: "By UBS's count, ..."
FACT_REACH = 12  # words from a saying to a figure that anybody can look up
OWN_REACH = 8  # words: "the claimed cost of $5.6 million"
# How much speaks for a source: one that covers the number, the head of its line, one beside its
# quotation, one of the same paragraph. Each word of distance takes one off.
COVERS, TURN, QUOTED, PARAGRAPH = 100, 40, 45, 35
TOPIC, APART = 42, 10  # whoever the sentence before a quotation is about, in its paragraph or not
WEAK, FOREIGN, SENTENCE, LOOSE = 8, 60, 5, 3  # what a weak verb, a quotation, a sentence cost

Place = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who says a number, and how that is known."""

    name: str  # canonical; empty: the outlet's own people
    cue: Attribution | None  # None: the head of the line, or the number's owner
    index: int = 0  # of the sentence of the cue


class Speakers:
    """Who speaks where in one text."""

    def __init__(self, document: Document, cast: Cast, english: Mapping[str, int]) -> None:
        self._document = document
        self._cast = cast
        self._own = english["by_owner"]
        register = Register()
        register.learn(document.sentences, cast)
        self._namer = Namer(cast, register)
        self.spans = quoted(document.text)
        attributor = Attributor(self._namer, self.spans)
        self.said: list[tuple[Attribution, ...]] = []
        self.topics: list[Attribution | None] = []
        for one in document.sentences:
            self.topics.append(attributor.topic(one, document.text))
            self.said.append(attributor.attributions(one, document.text))
        self._turns = Turns(document.text, register, _topics(cast))

    def of(self, take: Take, open_to_all: bool) -> Speaker | None:
        """The speaker of a number; None: nobody says it but the outlet.

        ``open_to_all``: whether anybody can look the figure up, so that only a source that stands
        right with it is its speaker.
        """
        turn = self._turns.at(take.figure.start)
        best = max(self._scored(take, open_to_all), key=_first, default=None)
        if turn is not None and (best is None or best[0] < TURN):
            return Speaker(turn.speaker, None, take.sentence.index)
        if best is not None:
            name = self._name(best[1], take)
            return Speaker(name, best[1], best[2]) if name else None
        if self._is_own(take):
            return Speaker(self.owner(take), None, take.sentence.index)
        return None

    def person_in(self, take: Take) -> str | None:
        """The one person whom the sentence of a number names, or whom it is about; else None."""
        people = {
            self._namer.mentioned(one).name
            for one in take.sentence.actors
            if one.kind in ("name", "unknown") and self._namer.is_person(one)
        }
        if len(people) == 1:
            return next(iter(people))
        topic = self.topics[take.sentence.index]
        return topic.speaker or None if topic is not None and not people else None

    def owner(self, take: Take) -> str:
        """The canonical name of the party that the number belongs to; empty: not known."""
        owner = take.verdict.owner
        return self._maker(owner.key) if owner is not None and owner.key else ""

    def _maker(self, key: str) -> str:
        return self._cast.by_key[self._cast.owners[key][-1]].name

    def _name(self, one: Attribution, take: Take) -> str:
        """Whom an attribution means: a paper without a name is that of the claim's subject."""
        if one.speaker != OWNER:
            return one.speaker
        subjects = take.verdict.tracked.claim.subjects
        paper = one.source == "paper" and len(subjects) == 1
        return self.owner(take) or (self._maker(subjects[0]) if paper else "")

    def _scored(self, take: Take, open_to_all: bool) -> Iterator[tuple[int, Attribution, int]]:
        quotation = quotation_at(self.spans, take.figure.start)
        index = take.sentence.index
        for one in self.said[index]:
            points = self._here(one, take, quotation, open_to_all)
            if points and _is_told_of(one, take.sentence, self.said[index]):
                points = max(1, points - FOREIGN)
            if points:
                yield points, one, index
        if quotation is None:
            return
        for at in range(max(0, index - BACK), min(len(self.said), index + AHEAD + 1)):
            for one in self.said[at]:
                points = self._around(one, at, take.sentence, quotation)
                if points:
                    yield points, one, at
        yield from self._untagged(quotation, index)

    def _untagged(self, quotation: Place, index: int) -> Iterator[tuple[int, Attribution, int]]:
        """Whoever the sentence in front of a quotation is about, if nobody is said to say it."""
        sentences = self._document.sentences
        opens = bisect_right(sentences, quotation[0], key=_start) - 1
        if opens < 1 or not index - BACK <= opens <= index:
            return
        if self._document.text[sentences[opens].start : quotation[0]].strip(" \n*"):
            return
        topic = self.topics[opens - 1]
        if topic is not None:
            gap = "\n" in self._document.text[sentences[opens - 1].end : quotation[0]]
            yield (APART if gap else TOPIC), topic, opens - 1

    def _here(
        self, one: Attribution, take: Take, quotation: Place | None, open_to_all: bool
    ) -> int:
        """What speaks for a source in the sentence of the number; 0: nothing does."""
        sentence = take.sentence
        spot = sentence.spot(take.figure)
        if not one.first <= spot[0] <= one.last or one.speaker == OUTLET:
            return 0
        distance = sentence.distance(one.verb, spot)
        if open_to_all and quotation is None and not _tells_facts(one, distance):
            return 0
        points = COVERS - distance - (WEAK if one.weak else 0)
        inside = self._quotation_of(one, sentence)
        if inside is not None and inside != quotation:
            return 0  # what somebody quoted says covers nothing outside
        return max(1, points - (FOREIGN if quotation and inside and one.kind != "source" else 0))

    def _around(self, one: Attribution, at: int, sentence: Sentence, quotation: Place) -> int:
        """What speaks for a source around the quotation that the number stands in."""
        if one.kind == "noun" or one.speaker == OUTLET:
            return 0
        other = self._document.sentences[at]
        start = other.starts[one.verb[0]]
        beside = abs(start - quotation[1]) <= BESIDE or abs(quotation[0] - start) <= BESIDE
        first, last = sorted((other.start, sentence.start))
        if "\n" in self._document.text[first:last]:
            return BACK * SENTENCE if beside and at < sentence.index else 0
        if self._quotation_of(one, other) is not None:
            return 0
        points = QUOTED if beside else PARAGRAPH
        return points - SENTENCE * abs(at - sentence.index) - (LOOSE if one.weak else 0)

    def _quotation_of(self, one: Attribution, sentence: Sentence) -> Place | None:
        return quotation_at(self.spans, sentence.starts[one.verb[0]])

    def _is_own(self, take: Take) -> bool:
        """Whether the number is its owner's own word: "the claimed cost", "DeepSeek's $6m"."""
        if is_fact(take) or not self.owner(take):
            return False
        sentence = take.sentence
        spot = sentence.spot(take.figure)
        near = sentence.nearest(self._own, spot)
        return near is not None and near <= OWN_REACH


def _start(sentence: Sentence) -> int:
    return sentence.start


def _first(scored: tuple[int, Attribution, int]) -> int:
    return scored[0]


def _is_told_of(one: Attribution, sentence: Sentence, said: Sequence[Attribution]) -> bool:
    """Whether what somebody knows is only told by another: "allege that executives knew"."""
    if sentence.words[one.verb[0]] not in _KNOWING:
        return False
    return any(
        other.verb[1] < one.verb[0] <= other.last and other.speaker != one.speaker
        for other in said
        if other.kind == "verb"
    )


_KNOWING = frozenset(("know", "knows", "knew", "hear", "heard", "understood", "thought", "felt"))


def _tells_facts(one: Attribution, distance: int) -> bool:
    """Whether a source is named for a figure that anybody can look up."""
    if one.kind in ("source", "inverted"):
        return distance <= (CITED_REACH if one.verb[0] <= OPENS else FACT_REACH)
    spoken = one.source == "person" or (one.source == "group" and (not one.weak or distance <= 2))
    return one.kind == "verb" and spoken and distance <= FACT_REACH


def is_fact(take: Take) -> bool:
    """Whether the figure is one that markets and charts show, so that nobody has to claim it."""
    claim = take.verdict.tracked.claim
    return claim.measure is not None or claim.kind in ("rank", "year")


def _topics(cast: Cast) -> frozenset[str]:
    """The names that head a line as its subject: companies, models, indexes."""
    return frozenset(
        pattern.lower()
        for pattern, _, key in cast.patterns
        if cast.roles[key].isdisjoint(("person", "source")) or "firm" in cast.roles[key]
    )
