"""The canonical name of the source that a phrase, a name or a pronoun stands for."""

from collections.abc import Sequence
from dataclasses import dataclass

from monitor.claims import phrases
from monitor.claims.actors import Cast
from monitor.claims.lexicon import words_of
from monitor.claims.phrases import Span
from monitor.claims.register import Register, without_title
from monitor.claims.saying import (
    CROWDS,
    DOCUMENTS,
    FIRMS,
    FOR_OTHERS,
    HOSTS,
    OWN_PAPERS,
    PEOPLE,
    PREPOSITIONS,
)
from monitor.claims.sentence import Actor, Sentence

OWNER = "\0"  # the speaker is whoever the number belongs to
OUTLET = ""  # the speaker of what the outlet's own people say
SELF = "\1"  # "I", "we": whoever is speaking
_BELONGING = frozenset(("at", "of", "from", "for", "by"))
_OWN_PEOPLE = words_of("""
    makers owners developers authors engineers researchers founders founder bosses team developer
    creators scientists
""")
_KEPT_TAIL = frozenset(("familiar", "close", "briefed", "polled"))
_LOOSE_TAIL = frozenset(("with", "on", "by", "to", "about", "over", "within"))
_NOBODY = words_of("""
    you my anyone's your yours ours mine there stop million billion trillion dollars yuan euros
    percent cent chips stocks shares stock figure number anyone that this nobody none nothing
    everything something
""")
# Of the sources without a name these are "it", the others "he" or "she".
_THINGS = DOCUMENTS | words_of("""
    market consensus government ministry commission agency committee panel board court council
    union association institute university laboratory think-tank house media press newspaper outlet
    magazine channel data record registry complaint lawsuit suit table chart lab firm company
    startup start-up bank brokerage consultancy group party state administration embassy plan
    tabloid sheet rumour rumor speculation fund
""")
_CONTRACTED = ("'d", "'ve", "'ll")  # not "'s": "it's said" is nobody's
AGENT = 14  # words from a report to the one who made it: "a report on Wednesday by SemiAnalysis"


@dataclass(frozen=True, slots=True)
class Source:
    """Who says something. ``kind``: person, party, group, paper, self, host."""

    name: str
    kind: str


class Namer:
    """Gives sources their names; one per text, asked in the order of the text."""

    def __init__(self, cast: Cast, register: Register) -> None:
        self._cast = cast
        self._register = register
        self._nominals: dict[str, str] = {}
        for pattern, kind, key in cast.patterns:
            if kind == "nominal":
                self._nominals.setdefault(pattern.removeprefix("its "), key)

    def of_phrase(self, sentence: Sentence, text: str, span: Span) -> Source | None:
        """The source that a noun phrase means; None: it can be none."""
        words = sentence.words
        first, last = span
        for at in (first, last):
            if first == last or words[at] not in ("them", "him", "her", "me"):
                pronoun = self._of_pronoun(sentence, at)
                if pronoun is not None:
                    return pronoun
        heading = phrases.head(words, span)
        inside = [
            one
            for one in sentence.actors
            if one.first <= last and first <= one.last and one.kind != "pronoun"
        ]
        people = [one for one in inside if self.is_person(one)]
        if people and (people[0].first <= heading[1] or people[-1].last == last):
            return self.of_actor(people[-1], sentence)
        noun = words[heading[1]].removesuffix("'s")
        agent = self._agent(sentence, heading[0], noun)
        if agent is not None:
            return self.of_actor(agent, sentence)
        ending = next((one for one in inside if one.first <= heading[1] <= one.last), None)
        if ending is not None and ending.kind in ("name", "unknown"):
            return self.of_actor(ending, sentence)
        behind = words[heading[1] + 1] if heading[1] < last else "at"
        speaks_for = behind in _BELONGING and (
            noun in FOR_OTHERS
            or noun in CROWDS
            or noun in DOCUMENTS
            or noun in OWN_PAPERS
            or (heading[1] < last and noun.endswith("s"))
            or noun in ("staff", "team", "management")
        )
        party = next((one for one in inside if self._is_party(one)), None)
        if party is not None and (speaks_for or ending is party):
            found = self.of_actor(party, sentence)
            if noun in FOR_OTHERS:
                self._register.person = found.name  # "a spokesman said ... he added"
            return found
        if noun in FOR_OTHERS and (self._register.source or "")[:1].isupper():
            self._register.person = self._register.source
            return Source(self._register.source or OWNER, "party")
        return self._common(sentence, text, span, heading, noun)

    def _common(
        self, sentence: Sentence, text: str, span: Span, heading: Span, noun: str
    ) -> Source | None:
        """The source of a phrase that names nobody."""
        words = sentence.words
        opening = words[heading[0]]
        plain = phrases.bare(words, heading)
        key = self._nominals.get(" ".join(words[plain[0] : plain[1] + 1]))
        if key is not None and opening in ("its", "their", "the", "this"):
            return Source(self._cast.by_key[self._cast.owners[key][-1]].name, "party")
        if opening in ("its", "their") and noun in _OWN_PEOPLE:
            return Source(OWNER, "party")
        if opening in ("his", "her") and noun in _THINGS and self._register.person:
            return Source(self._register.person, "person")
        if opening in ("its", "their") and noun in DOCUMENTS and heading[1] == heading[0] + 1:
            return Source(self._register.party or OWNER, "party")
        if noun in HOSTS and opening not in ("a", "an", "another", "one"):
            return Source(OUTLET, "host")
        if noun in OWN_PAPERS and len(words[heading[0] : heading[1]]) <= 3:
            return Source(OWNER, "paper")
        if noun in FIRMS and opening in ("the", "this", "that"):
            return Source(self._register.party or OWNER, "party")
        if noun in DOCUMENTS and opening in ("the", "this", "that") and self._register.source:
            return Source(self._register.source, "paper")
        whose = _whose(words, heading) if noun in DOCUMENTS else None
        if whose is not None:
            name = _written(text, sentence, phrases.bare(words, whose))
            return Source(name.removesuffix("'s").removesuffix("\u2019s"), "group")
        return self._plain(sentence, text, span, heading, noun)

    def _plain(
        self, sentence: Sentence, text: str, span: Span, heading: Span, noun: str
    ) -> Source | None:
        """The source of a common noun: "analysts", "the council"."""
        words = sentence.words
        opening = words[heading[0]]
        if (
            not words[heading[1]][0].isalpha()
            or words[heading[1]].endswith("'s")
            or noun in _NOBODY
        ):
            return None
        known = self._register.whole(words[heading[1]])
        if heading[0] == heading[1] and known != words[heading[1]]:
            self._register.person = (
                known if known in self._register.people else self._register.person
            )
            return Source(known, "person" if known in self._register.people else "party")
        named = heading if _is_loose(words, heading, span, noun) else span
        name = _written(text, sentence, phrases.bare(words, named))
        if noun not in PEOPLE:
            return Source(name, "other")
        known = self._register.group(name)
        return Source(known if opening == "the" else name, "group")

    def mentioned(self, actor: Actor) -> Source:
        """The party that a name means, without taking it for one that speaks."""
        return Source(self._canonical(actor), "person" if self.is_person(actor) else "party")

    def of_actor(self, actor: Actor, sentence: Sentence) -> Source:
        """The source that an actor means, remembered for the next pronoun."""
        if actor.kind == "pronoun" and actor.name in ("his", "her"):
            return Source(self._register.person or OWNER, "person")
        if actor.kind == "pronoun" and actor.name in ("whose", "who"):
            before = [one for one in sentence.actors if one.last < actor.first and one is not actor]
            named = [one for one in before if one.kind in ("name", "unknown")]
            people = [one for one in named if self.is_person(one)]
            if named:
                return self.of_actor((people or named)[-1], sentence)
        if actor.kind == "pronoun":
            return self._of_pronoun(sentence, actor.first) or Source(OWNER, "party")
        if actor.entity is None and actor.kind == "nominal":
            return Source(self._party_before(sentence, actor), "party")
        name = self._canonical(actor)
        if self.is_person(actor):
            return Source(name, "person")
        return Source(name, "party" if self._is_party(actor) else "thing")

    def remember(self, name: str, kind: str) -> None:
        """Keep who was quoted last, for "he added" and "it said"."""
        thing = kind == "group" and not _THINGS.isdisjoint(name.lower().split())
        if kind == "person" or (kind == "group" and is_one(name)):
            self._register.person = name
        elif kind == "group" and not thing and "people" not in name.lower():
            self._register.several, self._register.counted = name, self._register.here
        elif thing or (kind in ("party", "paper") and name not in (OWNER, OUTLET)):
            self._register.source = name
            self._register.quoted = self._register.here

    def read_on(self, sentence: Sentence) -> None:
        """Go on to a sentence: what was quoted long before it is no longer "it"."""
        self._register.here = sentence.index

    def meet(self, sentence: Sentence) -> None:
        """Take in whom a sentence that quotes nobody speaks of, for the pronouns of the next."""
        people = [one for one in sentence.actors if self.is_person(one)]
        if people and self._register.person not in [self._canonical(one) for one in people]:
            self._register.person = self._canonical(people[0])

    def is_person(self, actor: Actor) -> bool:
        """Whether the actor is a person, as far as one can tell."""
        if actor.entity is not None:
            return "person" in self._cast.roles[actor.entity]
        name = without_title(actor.name)
        if actor.kind != "unknown":
            return False
        return name in self._register.people or self._register.whole(name) in self._register.people

    def _of_pronoun(self, sentence: Sentence, at: int) -> Source | None:
        word = sentence.words[at]
        word = word.partition("'")[0] if word.endswith(_CONTRACTED) else word
        register = self._register
        if word.partition("'")[0] in ("i", "we", "me", "you"):
            return Source(SELF, "self")
        following = sentence.words[at + 1] if at + 1 < len(sentence.words) else "."
        if word == "her" and following[0].isalpha():
            return None
        if word in ("he", "she", "him", "her"):
            before = (one for one in sentence.actors if one.last < at and self.is_person(one))
            named = next(before, None)
            if named is not None:
                return Source(self._canonical(named), "person")
            return Source(register.person or register.source or OWNER, "person")
        if word in ("they", "them") and register.recent_several:
            return Source(register.recent_several, "group")
        if word in ("it", "they", "them"):
            actor = next((one for one in sentence.actors if one.first == at), None)
            name = self._party_before(sentence, actor) if actor else register.party or OWNER
            return Source(name, "party")
        return None

    def _party_before(self, sentence: Sentence, actor: Actor) -> str:
        """The party that "it", "they" or "the company" means."""
        for one in sentence.actors:
            led = one.first and sentence.words[one.first - 1] in PREPOSITIONS
            if one.last < actor.first and one.entity and self._is_party(one) and not led:
                return self._canonical(one)
        return self._register.party or OWNER

    def _is_party(self, actor: Actor) -> bool:
        if actor.kind == "unknown":
            return not self.is_person(actor)
        if actor.entity is None:
            return "firm" in actor.roles
        return bool(
            self._cast.roles[actor.entity]
            & {"source", "lab", "fund", "model", "firm", "venture", "government"}
        )

    def _agent(self, sentence: Sentence, first: int, noun: str) -> Actor | None:
        """Who made a report: "a report released on Wednesday by SemiAnalysis"."""
        if noun not in DOCUMENTS:
            return None
        for one in sentence.actors:
            between = sentence.words[max(first, one.first - 4) : one.first]
            by = next((k for k, word in enumerate(between) if word in ("by", "from")), None)
            near = first < one.first <= first + AGENT and by is not None
            if near and all(word[0].isalpha() for word in between[by:]):
                return one
        return None

    def _canonical(self, actor: Actor) -> str:
        if actor.entity is None:
            return self._register.whole(without_title(actor.name))
        entity = self._cast.by_key[actor.entity]
        if "person" in entity.roles or entity.of is None:
            return actor.name
        return self._cast.by_key[self._cast.owners[actor.entity][-1]].name


def is_one(name: str) -> bool:
    """Whether a source without a name is one human being: "former employee"."""
    words = name.lower().split()
    return not name.endswith("s") and _THINGS.isdisjoint(words) and CROWDS.isdisjoint(words)


def _whose(words: Sequence[str], heading: Span) -> Span | None:
    """The owner in a phrase: "the committee's" of "the committee's report"; None: there is none."""
    for at in range(heading[0], heading[1]):
        if words[at].endswith("'s") and words[at] not in ("it's", "today's", "yesterday's"):
            return heading[0], at
    return None


def _is_loose(words: Sequence[str], heading: Span, span: Span, noun: str) -> bool:
    """Whether what follows the heading of a phrase is no part of a name.

    "Report released", "neighbour in the lift"; but "person familiar", "sources in the industry".
    """
    tail = words[heading[1] + 1] if heading[1] < span[1] else ""
    if tail in _LOOSE_TAIL or (tail.endswith("ed") and noun in DOCUMENTS):
        return True
    return tail != "" and tail not in _KEPT_TAIL and not noun.endswith("s")


def _written(text: str, sentence: Sentence, span: Span) -> str:
    """The words as written; a capital that only opens the sentence is made small."""
    phrase = " ".join(text[sentence.starts[span[0]] : sentence.ends[span[1]]].split())
    small = span[0] == 0 and phrase[1:2].islower()
    return phrase[:1].lower() + phrase[1:] if small else phrase
