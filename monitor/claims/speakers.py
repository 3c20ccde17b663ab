"""Who says it: attributions in a sentence, their reach, and the canonical name of the source."""

from collections.abc import Sequence
from dataclasses import dataclass

from monitor.claims.actors import Cast
from monitor.claims.lexicon import words_of
from monitor.claims.register import Register
from monitor.claims.sentence import Actor, Sentence

ASIDE = (
    14  # words between a name and its verb: "Odile Ferrand, a manager at Corvane in Paris, said"
)

# These words are said of figures as often as by sources: they need a source as their subject.
_WEAK = words_of("""
    put puts add adds added expect expects expected show shows showed shown see sees count counts
    counted report reports reported estimate estimates estimated project projects projected
    forecast forecasts note notes noted list lists listed found finds figures reveals revealed
    reveal disclosed announced announces post posts posted claim claims call calls called suggest
    suggests suggested question questions doubts doubt tell tells mentions claiming putting
    estimating
""")
# "is believed to", "are said to": nobody in particular says it.
_SHOWING = words_of("show shows showed shown calculates calculated estimates counts counted")
_PASSIVE = words_of("said believed thought reported alleged estimated expected projected forecast")
_AUXILIARIES = words_of("""
    which has have had also later then recently itself themselves himself herself since already
    earlier previously have often now who that would will has been did do does not itself publicly
    even still first once again further , likes
""")
_SOURCE_NOUNS = words_of("""
    lawsuit suit complaint backers employee staffer veteran investigators investigation
    prosecutors senators congressmen lawyers plaintiffs reader letter regulator academic scientist
    engineer analyst analysts expert experts official officials investor investors researcher
    researchers company firm startup start-up spokesperson spokesman spokeswoman spokespeople
    paper report reports note study engineer engineers people source sources critic critics
    skeptics sceptics observer observers media newspaper outlets broker brokers economist
    economists trader traders bank banks team lab authors author clients client executive
    executives executive's manager managers consultant consultants watchers institutions lawmakers
    committee panel insiders insider employees scientists commentators rivals strategist
    strategists desk house documents document records filing filings data statement estimates
    developer developers makers maker founder boss chairman chief officer minister senator
    professor economists regulators regulator ministry government administration lawyers users
    dealer dealers pundits tracker trackers consultancy newsletter blog website site magazine
    journal sheet commission authorities agency pollster academics readers witness witnesses
    supporters doubters boosters specialists specialist association institute tipsters influencers
    speculation rumours rumors chatter posts accounts announcement survey index provider providers
    prosecutor prosecutors sellers colleague
""")
_NP_STOPS = words_of("""
    , . ; : ( ) " but and while whereas as that which because if when where since though although
    so for with from to by on at in than after before is was are were be been has have had will
    would said says say
""")
_ADVERB_STARTS = words_of("however meanwhile still yet now then today separately instead indeed")


@dataclass(frozen=True, slots=True)
class Attribution:
    """Somebody says something: the words ``first`` to ``last`` of the sentence."""

    speaker: str  # OUTLET: the outlet's own people; OWNER: the owner of the number
    first: int
    last: int
    verb: tuple[int, int]
    kind: str = "verb"  # "verb", "source" (according to, data of), "label" (a line's head)


class Attributor:
    """Finds who says what; one per text, sentences in order."""

    def __init__(self, cast: Cast, english: dict[str, int], register: Register) -> None:
        self._cast = cast
        self._english = english
        self._register = register

    def attributions(self, sentence: Sentence, text: str) -> tuple[Attribution, ...]:
        """The attributions of a sentence, in order."""
        found = []
        verbs = sorted({*sentence.hits.get(self._english["say"], ())})
        for verb in verbs:
            one = self._of_verb(sentence, text, verb)
            if one is not None:
                found.append(one)
        found.extend(self._of_nouns(sentence, text))
        found.extend(self._credits(sentence))
        label = self._label(sentence, text)
        if label is not None:
            found.append(label)
        people = [one for one in sentence.actors if _person(one, self._cast)]
        if people and not found:
            self._register.person = self._canonical(people[0])
        return tuple(found)

    # --- verbs ------------------------------------------------------------------------------------

    def _of_verb(self, sentence: Sentence, text: str, verb: tuple[int, int]) -> Attribution | None:
        words = sentence.words
        last = len(words) - 1
        word = words[verb[0]]
        if word in ("according", "as", "per") or (word == "in" and words[verb[1]] == "of"):
            speaker = self._phrase_after(sentence, text, verb[1] + 1)
            return Attribution(speaker, 0, last, verb, "source") if speaker else None
        behind = words[verb[1] + 1] if verb[1] < last else ""
        if behind == "to" and word in _PASSIVE:
            return None
        if behind == "by":
            speaker = self._phrase_after(sentence, text, verb[1] + 2)
            return Attribution(speaker, 0, last, verb, "source") if speaker else None
        if word in ("told",) and verb[0] and words[verb[0] - 1] in ("are", "were", "is", "was"):
            return None
        before = self._subject_before(sentence, text, verb, weak=word in _WEAK)
        if before is not None:
            first = self._reach_first(sentence, verb, text)
            kind = "source" if first == 0 and word in _SHOWING else "verb"
            return Attribution(before, first, _reach_last(sentence, verb), verb, kind)
        after = self._inverted(sentence, text, verb)
        if after is not None:
            return Attribution(after, 0, last, verb)
        return None

    def _reach_first(self, sentence: Sentence, verb: tuple[int, int], text: str) -> int:
        """First word covered: all that stands before where the saying only closes or interrupts."""
        words = sentence.words
        behind = words[verb[1] + 1] if verb[1] + 1 < len(words) else "."
        if behind in (",", ".", '"', ";", ")"):
            return 0
        if behind == "that":
            return verb[1] + 1
        subject = max(
            (one for one in sentence.actors if one.last < verb[0]), key=_last, default=None
        )
        if subject is not None and verb[0] - subject.last <= 2 and subject.first:
            closes = words[subject.first - 1] in (",", '"') and subject.kind != "pronoun"
            return 0 if closes else verb[1] + 1
        return verb[1] + 1

    def _subject_before(
        self, sentence: Sentence, text: str, verb: tuple[int, int], weak: bool
    ) -> str | None:
        at = verb[0] - 1
        words = sentence.words
        while at >= 0 and (
            (words[at] in _AUXILIARIES and words[at] != ",") or words[at].endswith("ly")
        ):
            at -= 1
        if at < 0:
            return None
        if words[at] in (",", ")", "\u2014", "\u2013"):
            actor = self._across_aside(sentence, at)
            if actor is None or (weak and not self._is_source(actor)):
                return None
            return self._name(actor, sentence)
        actor = _actor_ending(sentence, at)
        if actor is not None and (not weak or self._is_source(actor)):
            return self._name(actor, sentence)
        return self._noun_phrase(sentence, text, at) if actor is None else None

    def _is_source(self, actor: Actor) -> bool:
        if actor.kind == "unknown":
            return True
        if actor.entity is None:
            return actor.kind == "pronoun" or "firm" in actor.roles
        return bool(self._cast.roles[actor.entity] & {"person", "source", "lab", "fund", "model"})

    def _across_aside(self, sentence: Sentence, at: int) -> Actor | None:
        """The name before "…, a portfolio manager at Corvane in Paris, said"."""
        named = [
            one
            for one in sentence.actors
            if one.last < at and at - one.last <= ASIDE and one.kind in ("name", "unknown")
        ]
        for one in named:
            after = sentence.words[one.last + 1] if one.last + 1 <= at else ""
            person = one.speaks or (one.entity and "person" in self._cast.roles[one.entity])
            if after in (",", "(", "\u2014", "\u2013") and (person or one is named[0]):
                return one
        return None

    def _inverted(self, sentence: Sentence, text: str, verb: tuple[int, int]) -> str | None:
        """The speaker of "…," said Odile Ferrand."""
        words = sentence.words
        before = words[verb[0] - 1] if verb[0] else ""
        if before not in (",", '"', "?", "!", "-", "\u2014", "\u2013", "'") and verb[0] != 0:
            return None
        if (
            words[verb[0]] in _WEAK
            and before != '"'
            and words[verb[0]] not in ("notes", "noted", "adds", "added", "reports")
        ):
            return None
        if words[verb[0]].endswith("ing"):
            return None
        at = verb[1] + 1
        phrase = self._phrase_after(sentence, text, at)
        if phrase is None or any(at <= one.first <= at + PHRASE for one in sentence.actors):
            return phrase
        return phrase if not _SOURCE_NOUNS.isdisjoint(phrase.lower().split()) else None

    # --- nouns ------------------------------------------------------------------------------------

    def _of_nouns(self, sentence: Sentence, text: str) -> list[Attribution]:
        """ "DeepSeek's published estimate", "calculations by UBS", "as counted by Dow Jones"."""
        found = []
        words = sentence.words
        for place in sentence.hits.get(self._english["say_noun"], ()):
            owner = next(
                (
                    one
                    for one in sentence.actors
                    if one.possessive and 0 < place[0] - one.last <= 4 and _by(words, one)
                ),
                None,
            )
            if owner is not None and self._is_source(owner):
                name = self._name(owner, sentence)
                last = _reach_of_noun(words, place)
                found.append(Attribution(name, place[1], last, place, "source"))
            following = words[place[1] + 1] if place[1] + 1 < len(words) else ""
            if following in ("by", "from"):
                speaker = self._phrase_after(sentence, text, place[1] + 2)
                if speaker:
                    found.append(Attribution(speaker, 0, len(words) - 1, place, "source"))
        return found

    def _credits(self, sentence: Sentence) -> list[Attribution]:
        """ "Per Appfigures, ..." and "(source: Appfigures)"."""
        words, last = sentence.words, len(sentence.words) - 1
        return [
            Attribution(self._name(one, sentence), 0, last, (one.first, one.first), "source")
            for one in sentence.actors
            if one.kind in ("name", "unknown")
            and one.first
            and (
                words[one.first - 1] == "per"
                or words[max(0, one.first - 2) : one.first] in (["source", ":"], ["sources", ":"])
            )
        ]

    def _label(self, sentence: Sentence, text: str) -> Attribution | None:
        """The speaker of a line that begins "Bernstein: ", or that leads to a quotation."""
        words = sentence.words
        at = next((i for i, word in enumerate(words) if word == ":"), 0)
        if not 0 < at < len(words) - 1:
            return None
        named = [
            one for one in sentence.actors if one.last < at and one.kind in ("name", "unknown")
        ]
        people = [one for one in named if _person(one, self._cast)]
        if named and at == named[0].last + 1 and named[0].first <= 1:
            told = self._turn(named[0])
            if told is not None:
                return Attribution(told, 0, len(words) - 1, (0, 0), "label")
        if words[at + 1] == '"' and people:
            return Attribution(
                self._name(people[-1], sentence), at, len(words) - 1, (at, at), "quote"
            )
        if not named or at > LABEL or (named[0].first > 1 and not people):
            return None
        one = people[0] if people else named[0]
        if not people and not self._is_labelled(one):
            return None
        return Attribution(self._name(one, sentence), at, len(words) - 1, (at, at), "label")

    def _turn(self, actor: Actor) -> str | None:
        """Who has the word in a conversation whose turns begin with names; None: it is none."""
        register, name = self._register, actor.name.lower()
        if actor.entity is not None or not actor.name.isupper():
            return None
        if not register.hosts.isdisjoint(name.split()):
            return OUTLET
        return register.full.get(name.split()[-1]) or register.first.get(name.split()[0])

    def _is_labelled(self, actor: Actor) -> bool:
        """Whether a line can begin with the name as its source."""
        if actor.entity is not None:
            return (
                "source" in self._cast.roles[actor.entity]
                and "firm" not in self._cast.roles[actor.entity]
            )
        return self._register.digest and not actor.name.isupper()

    # --- names ------------------------------------------------------------------------------------

    def _name(self, actor: Actor, sentence: Sentence) -> str:
        """The canonical name of whom an actor means, remembered for the next pronoun."""
        register = self._register
        if actor.kind == "pronoun":
            if "person" in actor.roles:
                return register.person or register.source or OWNER
            return self._lab_before(sentence, actor)
        if actor.entity is None and actor.kind == "nominal":
            return self._lab_before(sentence, actor)
        name = self._canonical(actor)
        if _person(actor, self._cast) or (actor.kind == "unknown" and actor.speaks):
            register.person = name
        else:
            register.source = name
        return name

    def _lab_before(self, sentence: Sentence, actor: Actor) -> str:
        """The party that "it", "they" or "the company" means."""
        for one in sentence.actors:
            if one.last < actor.first and one.entity and self._is_source(one):
                return self._canonical(one)
        return self._register.source or OWNER

    def _canonical(self, actor: Actor) -> str:
        if actor.entity is None:
            return self._register.whole(_without_title(actor.name))
        entity = self._cast.by_key[actor.entity]
        if "person" in entity.roles or entity.of is None:
            return actor.name
        return self._cast.by_key[self._cast.owners[actor.entity][-1]].name

    def _phrase_after(self, sentence: Sentence, text: str, at: int) -> str | None:
        """The name or noun phrase that begins at word ``at``; a person's name in it wins."""
        words = sentence.words
        if at >= len(words) or not words[at][0].isalpha():
            return None
        if words[at] in _OBJECTS:  # "according to him"
            return self._register.person or self._register.source
        end = at
        while end < len(words) and words[end] not in _AFTER_STOPS and end - at < PHRASE:
            end += 1
        agent = self._agent(sentence, at, end)
        inside = [one for one in sentence.actors if at <= one.first < end and one.kind != "pronoun"]
        chosen = agent or next((one for one in inside if _person(one, self._cast)), None)
        if chosen is None:
            named = [one for one in inside if one.kind == "name" or one.first - at <= 2]
            chosen = min(named, key=_nominal_last, default=None)
        if chosen is not None:
            return self._name(chosen, sentence)
        pronoun = _actor_ending(sentence, at)
        if pronoun is not None and pronoun.kind == "pronoun":
            return self._name(pronoun, sentence)
        return self._plain(sentence, text, at, end - 1)

    def _agent(self, sentence: Sentence, at: int, end: int) -> Actor | None:
        """Who made the report: "a report released on Wednesday by SemiAnalysis"."""
        if _DOCUMENTS.isdisjoint(sentence.words[at:end]):
            return None
        for one in sentence.actors:
            if (
                at < one.first <= at + AGENT_REACH
                and "by" in sentence.words[max(at, one.first - 5) : one.first]
            ):
                return one
        return None

    def _plain(self, sentence: Sentence, text: str, first: int, last: int) -> str | None:
        """A noun phrase that names nobody, unless it speaks for somebody."""
        words = sentence.words[first : last + 1]
        if not _FOR_OTHERS.isdisjoint(words) and self._register.source:
            return self._register.source
        return _tidy(text, sentence, first, last)

    def _noun_phrase(self, sentence: Sentence, text: str, at: int) -> str | None:
        """The plain noun phrase that ends at word ``at`` where its noun can be a source."""
        words = sentence.words
        first = at
        while first > 0 and words[first - 1] not in _NP_STOPS and at - first < 6:
            first -= 1
        inside = [one for one in sentence.actors if first <= one.first <= at and one.kind == "name"]
        if words[at].removesuffix("'s") not in _SOURCE_NOUNS:
            return None
        if inside and self._is_source(inside[-1]):
            return self._name(inside[-1], sentence)
        return self._plain(sentence, text, first, at)


OWNER = "\0"  # the speaker is whoever the number belongs to
OUTLET = ""  # the speaker of what the outlet's own people say
_OUTLET = words_of("""
    host hosts reporter anchor presenter q question narrator interviewer announcer correspondent
    moderator
""")
_OBJECTS = words_of("him her")
LABEL = 14  # words of a line before the colon that names its source
PHRASE = 10  # words of a source that is named by what it is
AGENT_REACH = 14  # words from a report to the one who made it
_DOCUMENTS = words_of("""
    report paper note study information document analysis survey research data estimates
    calculations figures post letter memo statement
""")
_FOR_OTHERS = words_of("spokesman spokeswoman spokesperson spokespeople representative")
_AFTER_STOPS = words_of("""
    , . ; : " ( ) ? ! who which that and but on in at to when while whose told is are was were has
    have had holds hold owns own published released said says on wednesday monday tuesday thursday
    friday
""")


def _last(actor: Actor) -> int:
    return actor.last


def _nominal_last(actor: Actor) -> bool:
    return actor.kind == "nominal"


def _by(words: Sequence[str], actor: Actor) -> bool:
    """Whether a possessive can name a source: "by his account", but not "its figures"."""
    if actor.kind != "pronoun":
        return True
    return actor.first > 0 and words[actor.first - 1] in ("by", "in", "on")


def _reach_of_noun(words: Sequence[str], place: tuple[int, int]) -> int:
    """Last word that "DeepSeek's claim that ..." covers: up to the next comma."""
    return next(
        (at - 1 for at in range(place[1] + 1, len(words)) if words[at] in (",", ";")),
        len(words) - 1,
    )


def _person(actor: Actor, cast: Cast) -> bool:
    """Whether the actor is a person, as far as one can tell."""
    if actor.entity is not None:
        return "person" in cast.roles[actor.entity]
    return actor.kind == "unknown" and actor.speaks and " " in actor.name


def _actor_ending(sentence: Sentence, at: int) -> Actor | None:
    return next((one for one in sentence.actors if one.first <= at <= one.last), None)


def _reach_last(sentence: Sentence, verb: tuple[int, int]) -> int:
    """Last word that a saying covers: up to a semicolon, "but" or "while"."""
    words = sentence.words
    for at in range(verb[1] + 1, len(words)):
        if words[at] in (";", "whereas", "while") or (words[at] == "but" and words[at - 1] == ","):
            return at - 1
    return len(words) - 1


def _tidy(text: str, sentence: Sentence, first: int, last: int) -> str | None:
    """The words as written, without the article in front."""
    while first <= last and sentence.words[first] in ("the", "a", "an"):
        first += 1
    if first > last:
        return None
    phrase = " ".join(text[sentence.starts[first] : sentence.ends[last]].split())
    return phrase[:1].lower() + phrase[1:] if phrase[1:2].islower() and first == 0 else phrase


_TITLES = words_of("""
    mr mrs ms dr prof professor mayor governor judge chairman ceo congressman congresswoman
    chancellor secretary president minister supervisor councillor alderman sheriff coach pundit
    colonel major brigadier sophomore freshman reporter correspondent justice editor lecturer
    representative rep sen senator general captain analyst
    economist
""")


def _without_title(name: str) -> str:
    words = name.split()
    while len(words) > 1 and words[0].lower().rstrip(".") in _TITLES:
        words = words[1:]
    if all(word.isupper() and len(word) > 2 for word in words):
        words = [word.title() for word in words]
    return " ".join(words)


def covering(found: Sequence[Attribution], spot: tuple[int, int]) -> tuple[Attribution, ...]:
    """The attributions that cover a number, the nearest verb first."""
    inside = [one for one in found if one.first <= spot[0] <= one.last]
    return tuple(
        sorted(inside, key=lambda one: min(abs(one.verb[0] - spot[0]), abs(one.verb[1] - spot[0])))
    )
