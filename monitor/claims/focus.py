"""Whom the text is speaking of: what "it", "the company" and a silent subject mean."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from monitor.claims.actors import Cast
from monitor.claims.comparisons import is_compared, is_overtaken
from monitor.claims.lexicon import words_of
from monitor.claims.sentence import Actor, Sentence

SUBJECT_REACH = 12  # words of a sentence among which its subject is named
_NEVER_MEANT = words_of("index sector group person")
TOPIC_SHARE = 0.25  # of the names that could be meant, from which a text is about one party
IN_HEADLINE = 4  # a name in the headline counts like so many in the text
LONG_AGO = 100  # sentences
FRESH = 2  # sentences for which the subject of an earlier one is still meant


@dataclass(slots=True)
class Focus:
    """The parties spoken of so far, and those the whole text is about."""

    topics: Counter[str] = field(default_factory=Counter)
    recent: list[tuple[int, str]] = field(default_factory=list)  # sentence, key; latest last
    paragraph: int = 0  # first sentence of the paragraph
    seen: dict[str, int] = field(default_factory=dict)  # key -> last sentence that names it
    heard: dict[int, int] = field(default_factory=dict)  # word group -> last sentence that has it
    opening: frozenset[str] = frozenset()  # parties of the headline and the first sentence
    strangers: Counter[str] = field(default_factory=Counter)  # parties that are not configured
    figures: int = 0  # numbers of the text
    strange: int = -LONG_AGO  # last sentence that names a party which is not configured
    strange_subject: int = -LONG_AGO  # last sentence that such a party is the subject of

    def see(self, sentence: Sentence) -> None:
        """Remember the parties of a sentence: its subject is the one spoken of."""
        for actor in sentence.actors:
            if actor.entity is not None:
                self.seen[actor.entity] = sentence.index
        named = [
            one
            for one in sentence.actors
            if one.entity is not None
            and not one.negated
            and not one.roles & _NEVER_MEANT
            and not _beside(sentence.words, one)
        ]
        if not named:
            return
        kept = self.recent[-1:] if _opens_with_pointer(sentence.actors, named[0]) else []
        if _several(sentence.words, named):
            return
        for actor in reversed(named):
            if actor.entity is not None and actor.first <= SUBJECT_REACH:
                self.recent.append((sentence.index, actor.entity))
        if kept:
            self.recent.append((sentence.index, kept[0][1]))

    def look_for_strangers(self, sentence: Sentence) -> None:
        """Remember whether a sentence names a party that is not configured, or is about it."""
        named = [one for one in sentence.actors if one.kind in ("name", "unknown")]
        if any(one.kind == "unknown" for one in named):
            self.strange = sentence.index
            if named[0].kind == "unknown" and named[0].first <= SUBJECT_REACH:
                self.strange_subject = sentence.index

    def who(
        self, roles: frozenset[str], cast: Cast, index: int, pointed: bool = False
    ) -> str | None:
        """The party with one of the roles that sentence ``index`` means without naming it.

        ``pointed``: by "it" or "the company", which may go back over a paragraph's end.
        """
        for at, key in reversed(self.recent):
            if index - at > FRESH or not (pointed or at >= self.paragraph):
                break
            if cast.roles[key] & roles:
                return key
        fit = [(count, key) for key, count in self.topics.items() if cast.roles[key] & roles]
        if not fit:
            return None
        count, key = max(fit)
        return key if count >= TOPIC_SHARE * sum(one for one, _ in fit) else None


def _beside(words: Sequence[str], actor: Actor) -> bool:
    """Whether a party is only compared with: "ahead of ChatGPT"."""
    before = words[max(0, actor.first - 2) : actor.first]
    return (
        is_compared(words, actor.first)
        or is_overtaken(words, actor.first)
        or before == ["ahead", "of"]
    )


def _several(words: Sequence[str], named: Sequence[Actor]) -> bool:
    """Whether the subject is several parties, so that "it" means none of them."""
    if len(named) < 2:
        return False
    between = words[named[0].last + 1 : named[1].first]
    return 0 < len(between) <= 2 and all(word in ("and", ",", "&") for word in between)


def _opens_with_pointer(actors: Iterable[Actor], first_named: Actor) -> bool:
    return any(
        actor.first < first_named.first
        and actor.kind in ("pronoun", "nominal")
        and actor.entity is None
        and "person" not in actor.roles
        for actor in actors
    )


def strangers(sentences: Iterable[Sentence]) -> Counter[str]:
    """How often each party is named that is not configured."""
    return Counter(
        actor.name for sentence in sentences for actor in sentence.actors if actor.kind == "unknown"
    )


def topics(
    sentences: Iterable[Sentence], cast: Cast, headline: Iterable[Actor] = ()
) -> Counter[str]:
    """How often each party is named, what is its own included; indexes and groups left out."""
    counts: Counter[str] = Counter()
    for sentence in sentences:
        for actor in sentence.actors:
            if actor.entity is not None:  # a nominal counts as seen, not as named
                counts[cast.owners[actor.entity][-1]] += actor.kind == "name"
    for actor in headline:
        if actor.entity is not None:
            counts[cast.owners[actor.entity][-1]] += IN_HEADLINE
    for key in list(counts):
        if (
            cast.roles[key] & {"index", "source", "sector", "group"}
            and "firm" not in cast.roles[key]
        ):
            del counts[key]
    return counts
