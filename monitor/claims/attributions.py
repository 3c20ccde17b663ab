"""Who says what in one sentence: every source with its cue and the words that the saying covers."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from monitor.claims import clauses, phrases
from monitor.claims.labels import NO_SPEAKER
from monitor.claims.naming import OWNER, Namer, Source
from monitor.claims.phrases import Span
from monitor.claims.quotations import quotation_at
from monitor.claims.saying import CONTENT, DETERMINERS, LOOSE, PAPERS, PEOPLE, SHOWING, STRONG, WEAK
from monitor.claims.sentence import Actor, Sentence
from monitor.claims.subjects import Subjects

_TO_SOURCE = frozenset(("according", "per", "in", "as", "by", "from", "if", "for", "to"))


_OPENING = DETERMINERS | {"another"}
QUOTED = 14  # words from "quoted" to "as saying"
OPENING = 3  # words from the beginning of a sentence in which its subject is named
HEADING = 9  # words of a heading in bold
LEAD = 6  # words in front of a colon that can name somebody by what he is: "A recruiter: ..."


@dataclass(frozen=True, slots=True)
class Attribution:
    """Somebody says something: the words ``first`` to ``last`` of the sentence."""

    speaker: str  # OUTLET: the outlet's own people; OWNER: the owner of the number
    first: int
    last: int
    verb: Span
    kind: str = "verb"  # "verb", "inverted", "source", "noun", "lead", "topic"
    source: str = "party"  # kind of the source
    weak: bool = False  # the verb is as often said of figures


class Attributor:
    """Finds who says what; one per text, sentences in order."""

    def __init__(self, namer: Namer, spans: Sequence[tuple[int, int]]) -> None:
        """``spans``: the quotations of the text; who speaks in them is not "he" outside."""
        self._namer = namer
        self._spans = spans
        self._subjects = Subjects(namer)

    def attributions(self, sentence: Sentence, text: str) -> tuple[Attribution, ...]:
        """The attributions of a sentence, in order."""
        self._namer.read_on(sentence)
        capital = [text[start].isupper() for start in sentence.starts]
        found: list[Attribution] = []
        if sentence.words[:2] == ["*", "*"] and len(sentence.words) <= HEADING and sentence.actors:
            self._namer.remember(sentence.actors[0].name, "party")  # "**Halvorsen Brandt.** It ..."
        words = sentence.words
        for at, word in enumerate(words):
            one = self._of_word(sentence, text, at, capital, found)
            if one is not None:
                found.append(one)
                inside = quotation_at(self._spans, sentence.starts[one.verb[0]])
                speaks = one.kind != "source" or one.source != "group"
                if one.source != "thing" and inside is None and speaks:
                    self._namer.remember(one.speaker, one.source)
            if word in CONTENT:
                found.extend(self._of_noun(sentence, text, at))
            if word.removesuffix("'s") in PAPERS:
                found.extend(_in_paper(words, at))
        found.extend(self._credits(sentence, text))
        lead = self._lead(sentence, text, capital)
        if lead is not None:
            found.append(lead)
        found = [one for one in found if one.source != "thing"]
        if not found:
            self._meet(sentence, text)
        return tuple(found)

    def _meet(self, sentence: Sentence, text: str) -> None:
        """Take in whom a sentence without a source is about, for the pronouns of the next."""
        self._namer.meet(sentence)
        topic = self.topic(sentence, text)
        if topic is not None and topic.source == "group":
            self._namer.remember(topic.speaker, "group")

    def _of_word(
        self,
        sentence: Sentence,
        text: str,
        at: int,
        capital: Sequence[bool],
        found: Sequence[Attribution],
    ) -> Attribution | None:
        """What the word says of a source, if it is a verb of saying, a mark or a preposition."""
        word = sentence.words[at]
        if word in STRONG or word in WEAK:
            return self._of_verb(sentence, text, at, capital, found)
        if word in (";", ",") and found:
            return self._goes_on(sentence, text, at, capital, found)
        return self._of_preposition(sentence, text, at) if word in _TO_SOURCE else None

    def topic(self, sentence: Sentence, text: str) -> Attribution | None:
        """Whoever a sentence is about, who may say the quotation behind it; None: nobody.

        Asked before the attributions of the same sentence, for "he" is whoever spoke before it.
        """
        words = sentence.words
        if not words:
            return None  # a line of underscores
        quote = words.index('"') if '"' in words else len(words)
        people = [
            one
            for one in sentence.actors
            if one.last < quote and one.kind != "pronoun" and self._namer.is_person(one)
        ]
        if people and (len(people) == 1 or people[0].first <= OPENING):
            return _built(self._namer.mentioned(people[0]), 0, -1, (0, 0), "topic")
        if words[0] in ("he", "she"):
            return _topic(self._namer.of_phrase(sentence, text, (0, 0)))
        span = phrases.after(words, 0)
        if span is None or span[1] >= quote or words[0] not in _OPENING:
            return None
        return _topic(self._namer.of_phrase(sentence, text, span))

    def _lead(self, sentence: Sentence, text: str, capital: Sequence[bool]) -> Attribution | None:
        """Whoever a colon in front of a quotation leads from: "Fouquet, at the fair: \"..."."""
        words = sentence.words
        at = next(
            (i for i, word in enumerate(words[:-1]) if word == ":" and words[i + 1] == '"'), 0
        )
        if not at:
            return None
        if not NO_SPEAKER.isdisjoint(words[:at]):
            return None
        named = [
            one for one in sentence.actors if one.last < at and one.kind in ("name", "unknown")
        ]
        people = [one for one in named if self._namer.is_person(one)]
        plain = phrases.after(words, 0) if words[0] in _OPENING and not people else None
        if plain is not None and plain[1] == at - 1 and words[plain[1]] in PEOPLE:
            named = []  # "A former High-Flyer trader: ..."
        if people or named:
            source: Source | None = self._namer.of_actor((people or named)[0], sentence)
        else:
            span = phrases.after(words, 0)
            source = self._namer.of_phrase(sentence, text, span) if span else None
        if source is None or source.kind == "self" or (source.kind == "other" and at > LEAD):
            return None
        return _built(source, at, len(words) - 1, (at, at), "lead")

    # --- verbs ------------------------------------------------------------------------------------

    def _of_verb(
        self,
        sentence: Sentence,
        text: str,
        at: int,
        capital: Sequence[bool],
        found: Sequence[Attribution],
    ) -> Attribution | None:
        words = sentence.words
        verb = (at, at)
        last = len(words) - 1
        word = words[at]
        behind = words[at + 1] if at < last else ""
        if behind == "by" and word.endswith(("ed", "d", "n", "t")):
            source = self._subjects.after(sentence, text, at + 2)
            if source is not None and source.kind not in ("other", "self"):
                return _built(source, clauses.joined_from(words, at), last, verb, "source")
        if word in ("citing", "quoting"):
            source = self._subjects.after(sentence, text, at + 1)
            named = source is not None and source.kind != "other"
            return _built(source, 0, last, verb, "source") if source and named else None
        if word == "saying" and words[at - 1 : at] == ["as"]:
            return self._of_quoted(sentence, text, at, capital)
        if clauses.says_nothing(words, at):
            return None
        weak = word in WEAK
        subject = self._subjects.of_verb(sentence, text, at, capital)
        if subject is not None:
            return self._with_subject(sentence, subject, verb, weak)
        inverted = self._subjects.behind_verb(sentence, text, at)
        if inverted is not None:
            return _built(inverted, 0, last, verb, "inverted")
        joined = _joined(words, at, found) if word not in LOOSE else None
        if joined is not None:
            return Attribution(
                joined.speaker, at + 1, clauses.end(words, at), verb, "verb", joined.source, weak
            )
        return None

    def _of_quoted(
        self, sentence: Sentence, text: str, at: int, capital: Sequence[bool]
    ) -> Attribution | None:
        """Who "was quoted as saying", or whom somebody "quoted as saying"."""
        words = sentence.words
        near = range(at - 2, max(0, at - QUOTED), -1)
        place = next((k for k in near if words[k] in ("quoted", "quotes", "cited", "cites")), 0)
        if not place:
            return None
        if clauses.is_passive(words, place):
            end = phrases.subject_end(words, place, capital)[0]
            span = phrases.before(words, end, capital)
            source = self._namer.of_phrase(sentence, text, span) if span else None
        else:
            source = self._subjects.after(sentence, text, place + 1)
        if source is None or source.kind == "self":
            return None
        return _built(source, at + 1, clauses.end(words, at), (at, at), "verb")

    def _with_subject(
        self, sentence: Sentence, source: Source, verb: Span, weak: bool
    ) -> Attribution:
        words = sentence.words
        first = min(clauses.beginning(words, verb[1]), clauses.relative_from(words, verb[0]))
        if clauses.as_said(words, verb[0]):
            return _built(source, 0, len(words) - 1, verb, "source")
        kind = "source" if first == 0 and words[verb[0]] in SHOWING else "verb"
        return _built(source, first, clauses.end(words, verb[1]), verb, kind, weak)

    def _goes_on(
        self,
        sentence: Sentence,
        text: str,
        at: int,
        capital: Sequence[bool],
        found: Sequence[Attribution],
    ) -> Attribution | None:
        """The next of several sources of one verb: "one put it at 150; Chinese media at 139"."""
        words = sentence.words
        place = next((k for k in range(at + 2, min(at + LEAD, len(words))) if words[k] == "at"), 0)
        if not place or words[found[-1].verb[0]] not in _PUTTING:
            return None
        span = phrases.before(words, place - 1, capital)
        source = self._namer.of_phrase(sentence, text, span) if span else None
        if source is None or source.kind == "self" or (span and span[0] != at + 1):
            return None
        return _built(source, place, clauses.clause_end(words, place), (place, place), "verb")

    # --- prepositions and nouns -------------------------------------------------------------------

    def _of_preposition(self, sentence: Sentence, text: str, at: int) -> Attribution | None:
        """ "According to", "as per", "in the view of", "by its own account", "if you go by"."""
        words = sentence.words
        last = len(words) - 1
        start = clauses.source_start(words, at) or clauses.in_whose_eyes(words, at)
        if start:
            source = self._subjects.after(sentence, text, start)
            if source is not None and source.kind == "other" and words[at] == "per":
                return None
            return _built(source, 0, last, (at, start - 1), "source") if source else None
        return None

    def _of_noun(self, sentence: Sentence, text: str, at: int) -> Iterator[Attribution]:
        """ "DeepSeek's published estimate", "calculations by UBS", "its claim that"."""
        words = sentence.words
        last = len(words) - 1
        owner = next((one for one in sentence.actors if _owns(words, one, at)), None)
        if owner is not None:
            source = self._namer.of_actor(owner, sentence)
            yield _built(source, at, clauses.clause_end(words, at), (at, at), "noun")
            if owner.first and words[owner.first - 1] in ("by", "in", "on"):
                yield _built(source, 0, last, (at, at), "source")
        elif at > 1 and words[at - 1].endswith(("'s", "'")):
            capital = [False] * len(words)
            end = at - 2 if words[at - 1] == "'" else at - 1
            span = phrases.before(words, end, capital)
            opened = span is not None and span[0] and words[span[0] - 1] in ("by", "in", "on")
            generic = self._namer.of_phrase(sentence, text, span) if span and opened else None
            if generic is not None:
                yield _built(generic, 0, last, (at, at), "source")
        if at > 1 and words[at + 1 : at + 2] == ["of"] and words[at - 2] in ("by", "on", "in"):
            maker = self._subjects.after(sentence, text, at + 2)  # "by the reckoning of UBS"
            if maker is not None and words[at - 1] == "the":
                yield _built(maker, 0, last, (at, at), "source")
        by = at + 1 + (words[at + 1 : at + 2] == [","])
        that = words[by : by + 2] == ["that", "of"]
        if by < last and (words[by] in ("by", "from") or that):
            source_by = self._subjects.after(sentence, text, by + 1 + that)
            if source_by is not None:
                opened = at and words[at - 1] in (",", "by", "in", "to", "a", "the", "one")
                yield _built(source_by, 0 if opened else at, last, (at, at), "source")

    def _credits(self, sentence: Sentence, text: str) -> Iterator[Attribution]:
        """ "(source: Appfigures)", and the name behind a dash that ends a headline."""
        words, last = sentence.words, len(sentence.words) - 1
        for one in sentence.actors:
            if one.kind not in ("name", "unknown") or not one.first:
                continue
            named = words[max(0, one.first - 2) : one.first] in (["source", ":"], ["sources", ":"])
            dashed = words[one.first - 1] in ("-", "\u2013", "\u2014") and one.last == last
            if named or (dashed and last > 3 and words[one.first] not in PEOPLE):
                source = self._namer.of_actor(one, sentence)
                yield _built(source, 0, last, (one.first, one.first), "source")


def _in_paper(words: Sequence[str], at: int) -> Iterator[Attribution]:
    """What the paper of a number's owner says of it: "the paper's $5.6m", "$5.6m in its paper"."""
    if words[at].endswith("'s"):
        yield Attribution(OWNER, at, at + BRIEF, (at, at), "noun")
    elif not _IN_PAPER.isdisjoint(words[max(0, at - 4) : at]) and words[at - 1] not in ("a", "any"):
        yield Attribution(OWNER, max(0, at - CITED), at + BRIEF, (at, at), "noun")


BRIEF = 5  # words from "the paper's" to its figure
CITED = 9  # words from a figure back to the paper that it stands in
_IN_PAPER = frozenset(("in", "from"))
_PUTTING = frozenset(("put", "puts", "has", "have", "had", "sees", "saw"))


def _topic(source: Source | None) -> Attribution | None:
    if source is None or source.kind not in ("person", "group"):
        return None
    return _built(source, 0, -1, (0, 0), "topic")


def _built(
    source: Source, first: int, last: int, verb: Span, kind: str, weak: bool = False
) -> Attribution:
    return Attribution(source.name, first, last, verb, kind, source.kind, weak)


def _owns(words: Sequence[str], actor: Actor, at: int) -> bool:
    """Whether the noun at word ``at`` is the actor's: "UBS's tally", "Appfigures' reckoning"."""
    if words[at - 1] == "'" and actor.last == at - 2:
        return True
    near = actor.possessive and 0 < at - actor.last <= 4
    return near and not clauses.parted(words, actor.last, at)


def _joined(words: Sequence[str], at: int, found: Sequence[Attribution]) -> Attribution | None:
    """The saying that a verb goes on with: "said that ..., and added", "..., adding that"."""
    if not found or not at:
        return None
    linked = words[at - 1] in ("and", "but", "then", "also", ",") or words[at].endswith("ing")
    earlier = [one for one in found if one.kind in ("verb", "inverted") and one.verb[1] < at]
    return earlier[-1] if linked and earlier else None
