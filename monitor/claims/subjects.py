"""Who is the subject of a verb of saying, before it or behind it."""

from collections.abc import Sequence

from monitor.claims import clauses, phrases
from monitor.claims.naming import Namer, Source, is_one
from monitor.claims.phrases import Span
from monitor.claims.saying import DOCUMENTS, LOOSE, NOUNS, SPOKEN, WEAK
from monitor.claims.sentence import Sentence

_QUOTE = '"'
_CLOSING = frozenset((",", '"', "?", "!", "-", "\u2014", "\u2013", "'", "(", ":"))


_CLOSES = frozenset(("estimates", "estimated", "reports", "reported", "notes", "noted", "claims"))
_IRREAL = frozenset(("would", "could", "might", "should", "may", "can"))
INFINITIVE = 7  # words from "to warn" back to the verb that it goes with
_FINITE = frozenset(("has", "have", "had", "wants", "want", "wanted", "likes", "continues", "went"))
_SPEAKING = frozenset(("person", "party", "group"))
AT = 14  # words in which "puts ... at" comes to its figure
APPOSED = 8  # words from a noun to the name that is apposed to it


class Subjects:
    """Finds the sources that go with verbs; one per text."""

    def __init__(self, namer: Namer) -> None:
        self._namer = namer

    def of_verb(
        self, sentence: Sentence, text: str, at: int, capital: Sequence[bool]
    ) -> Source | None:
        """The source in front of the verb at word ``at``; None: its subject can be none."""
        words = sentence.words
        if at > 1 and words[at - 1] == "to":
            return self._of_infinitive(sentence, text, at, capital)
        end, parted = phrases.subject_end(words, at, capital)
        span = phrases.before(words, end, capital)
        if span is None:
            return None
        source = self._namer.of_phrase(sentence, text, span)
        if parted and source is not None and source.kind != "person":
            source = self._in_apposition(sentence, end, source.kind) or source
        if source is None or source.kind == "self" or not _says(words, at, span, end, source):
            return None
        return source

    def _of_infinitive(
        self, sentence: Sentence, text: str, at: int, capital: Sequence[bool]
    ) -> Source | None:
        """Who "has gone on record to warn": the subject of the verb in front."""
        for back in range(at - 2, max(0, at - INFINITIVE), -1):
            if sentence.words[back] in _FINITE:
                span = phrases.before(sentence.words, back - 1, capital)
                source = self._namer.of_phrase(sentence, text, span) if span else None
                return source if source is not None and source.kind in _SPEAKING else None
        return None

    def _in_apposition(self, sentence: Sentence, end: int, kind: str) -> Source | None:
        """The name of "an Oracle executive, Tate Lindgren, said"; of a party only a person."""
        named = [
            one
            for one in sentence.actors
            if end + 2 <= one.first <= end + APPOSED and one.kind in ("name", "unknown")
        ]
        people = [one for one in named if self._namer.is_person(one)]
        near = [one for one in named if one.first <= end + 3 and kind in ("group", "other")]
        chosen = people or near
        return self._namer.of_actor(chosen[0], sentence) if chosen else None

    def behind_verb(self, sentence: Sentence, text: str, at: int) -> Source | None:
        """The speaker of "...," said Odile Ferrand."""
        words = sentence.words
        opening = words[at - 1] if at else ""
        if opening not in _CLOSING and not (at == 0 and words[0] in ("said", "says")):
            return None
        if words[at] in ("tell", "tells", "told"):
            return None  # "told reporters" names who is told
        if words[at].endswith("ing") or (words[at] in LOOSE and opening != _QUOTE):
            return None
        source = self.after(sentence, text, at + 1)
        if source is None or source.kind in ("other", "self"):
            return None
        spoken = source.kind in ("person", "group", "paper") or opening == _QUOTE
        if words[at] in WEAK and not spoken and words[at] not in _CLOSES:
            return None
        return source

    def after(self, sentence: Sentence, text: str, at: int) -> Source | None:
        """The source that begins at word ``at``: "according to", "said"."""
        span = phrases.after(sentence.words, at)
        if span is None:
            return None
        source = self._namer.of_phrase(sentence, text, span)
        follows = sentence.words[span[1] + 1 : span[1] + 2] == [","]
        if source is not None and source.kind in ("group", "other") and follows:
            named = phrases.after(sentence.words, span[1] + 2)
            person = self._namer.of_phrase(sentence, text, named) if named else None
            if person is not None and person.kind == "person":
                return person  # "says one, Bram Teunissen of Delft"
            named_so = person is not None and person.kind == "party" and " " in person.name
            if person is not None and named_so and is_one(source.name):
                return Source(person.name, "person")  # "said one member, Thaddeus Orme"
        return source


def _puts(behind: Sequence[str]) -> bool:
    """Whether "has" is followed by "it at $4 trillion" and the like."""
    at = next((k for k, word in enumerate(behind) if word == "at"), None)
    return at is not None and not {",", ";", "."} & set(behind[:at])


HAS = 6  # words in which "consensus has capex at" comes to its figure


def _says(words: Sequence[str], at: int, span: Span, end: int, source: Source) -> bool:
    """Whether a phrase can be the subject of the word of saying at ``at``."""
    if source.kind in ("group", "other") and not _IRREAL.isdisjoint(words[end + 1 : at]):
        return False  # "any trainee would say"
    if words[at] in ("has", "have", "had"):
        puts = words[at + 1 : at + 3] == ["it", "that"] or _puts(words[at + 1 : at + HAS])
        return source.kind != "other" and puts
    if words[at] in ("give", "gives", "gave"):
        figure = {"figure", "number", "estimate"} & set(words[at + 1 : at + 5])
        return source.kind == "paper" or words[end] in DOCUMENTS or bool(figure)
    if words[at] in LOOSE:
        states = source.kind in ("person", "group") or "at" in words[at + 1 : at + AT]
        if not states or words[end] in ("many", "most", "some", "one"):
            return False
    if words[at] in NOUNS and (source.kind == "other" or words[end].endswith("'s")):
        return False  # "its base model", "DeepSeek's estimate"
    if source.kind == "other" and not (words[at] in SPOKEN and clauses.is_noun(words[end])):
        return False
    if span[0] and words[span[0] - 1] in ("did", "does", "do"):
        return False  # "did Renner believe"
    return clauses.agrees(words, end, at)
