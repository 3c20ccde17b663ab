"""Goes through a text: every number with the claims that it could belong to, and the facts."""

from collections.abc import Iterable, Iterator, Sequence, Set

from monitor.claims.actors import Cast
from monitor.claims.candidates import Candidate, Proposer
from monitor.claims.document import Document, take_text_apart
from monitor.claims.facts import FactFinder
from monitor.claims.features import HEARD
from monitor.claims.figures import Figure
from monitor.claims.focus import Focus, strangers, topics
from monitor.claims.matching import Matcher
from monitor.claims.readings import Headers, readings
from monitor.claims.sentence import Sentence
from monitor.claims.verdicts import Scene, Take, best_of
from monitor.claims.vocabulary import Vocabulary
from monitor.rules.claims import ClaimRules
from monitor.rules.entities import Entities

# Numbers of a text that claims are asked about; those behind are nobody's. The most that one of 352
# news pages has is 321, so more than so many is a list of prices or an attack: a megabyte of
# "Nvidia fell 17% and" took half a minute, and half a gigabyte.
MOST_NUMBERS = 1000
TURN = 60  # characters in which the name of a speaker and a colon begin a line


class Looker:
    """Looks for numbers and facts; compiled once, never changed."""

    def __init__(self, rules: ClaimRules, entities: Entities) -> None:
        self.cast = Cast(entities)
        self.vocabulary = Vocabulary(rules, self.cast)
        self.matcher = Matcher(self.vocabulary, self.cast)
        self._told = frozenset(
            group for one in self.vocabulary.claims for group in (one.say, one.also, one.counted)
        ) | {self.vocabulary.english[name] for name in HEARD}
        self._parties = frozenset(self.vocabulary.parties)
        self._proposer = Proposer(self.matcher)
        self._facts = FactFinder(self.matcher, self.cast)

    def look(
        self, document: Document, headline: str | None = None
    ) -> tuple[list[Candidate], list[Take]]:
        """The candidates and the facts of a document, both in order."""
        ruled: list[Take] = []
        candidates: list[Candidate] = []
        facts: list[Take] = []
        above = self._above(document, headline)
        named = self._named((*above, *document.sentences))
        heard = frozenset[int]().union(*(one.groups for one in document.sentences))
        asked = self.matcher.about(named, self._named(above), heard)
        before: list[Figure] = []
        headers = Headers(document.text)
        for scene, figure in self._scenes(document, above, ruled):
            if figure is None:
                facts.extend(one for one in self._facts.find(scene) if _is_of(one, named))
                continue
            if len(before) == MOST_NUMBERS:
                continue
            found: list[Take] = []
            for reading in readings(figure, before, headers):
                verdicts = self.matcher.verdicts(scene, reading, asked.about(reading))
                candidates.extend(
                    self._proposer.of(scene, reading, len(document.sentences), verdicts)
                )
                best = best_of(verdicts)
                if best is not None:
                    found.append(Take(scene.sentence, reading, best))
            before.append(figure)
            if found:
                ruled.append(max(found, key=_score))
                scene.taken_here.append(ruled[-1].verdict)
        return candidates, facts

    def _above(self, document: Document, headline: str | None) -> tuple[Sentence, ...]:
        """The sentences of the headline, where the text does not begin with it."""
        if not headline or document.text.startswith(headline):
            return ()
        return take_text_apart(headline, self.vocabulary, self.cast).sentences

    def _named(self, sentences: Iterable[Sentence]) -> set[str]:
        """The keys of everybody who is named in the sentences, and whom they belong to.

        "The model" alone names nobody, "the Chinese lab" does.
        """
        naming = [one for one in sentences if not one.groups.isdisjoint(self._parties)]
        keys = {
            actor.entity
            for sentence in naming
            for actor in sentence.actors
            if actor.entity and (actor.kind == "name" or actor.last > actor.first)
        }
        return {owner for key in keys for owner in self.cast.owners[key]}

    def _scenes(
        self, document: Document, above: Sequence[Sentence], found: list[Take]
    ) -> Iterator[tuple[Scene, Figure | None]]:
        """Each number with its scene; ``found`` is read as it grows."""
        focus = self._focus(document, above)
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
            if not sentence.groups.isdisjoint(self._parties):
                focus.see(sentence)
            if focus.topics:
                focus.look_for_strangers(sentence)
            focus.heard.update(dict.fromkeys(sentence.groups & self._told, sentence.index))
            before = sentence

    def _focus(self, document: Document, above: Sequence[Sentence]) -> Focus:
        named = [actor for sentence in above for actor in sentence.actors]
        naming = [one for one in document.sentences if not one.groups.isdisjoint(self._parties)]
        first = [actor for one in naming if one.index == 0 for actor in one.actors]
        counts = topics(naming, self.cast, named)
        return Focus(
            counts,
            opening=frozenset(actor.entity for actor in (*named, *first) if actor.entity),
            strangers=strangers((*above, *document.sentences) if counts else ()),
            figures=sum(len(one.figures) for one in document.sentences),
        )


def _score(take: Take) -> float:
    return take.verdict.score


def _is_of(fact: Take, named: Set[str]) -> bool:
    """Whether a fact is about somebody who is named, if it is about anybody."""
    tracked = fact.verdict.tracked
    return not tracked.claim.owned or not tracked.subjects.isdisjoint(named)
