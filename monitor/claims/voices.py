"""The voice of every number taken: modality and speaker, over the whole text."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from monitor.claims import cues
from monitor.claims.actors import Cast
from monitor.claims.document import Document
from monitor.claims.lexicon import words_of
from monitor.claims.modality import Voice, is_hedged, modality
from monitor.claims.naming import is_one
from monitor.claims.quotations import quotation_at
from monitor.claims.saying import VERBS
from monitor.claims.sentence import Sentence
from monitor.claims.speakers import Speaker, Speakers, is_fact
from monitor.claims.stance import Circumstances, Weights, features, said_before
from monitor.claims.stance_weights import STORED
from monitor.claims.verdicts import Take
from monitor.types import Modality

WEIGHTS = Weights(STORED)


def voices_of(
    document: Document, takes: Sequence[Take], cast: Cast, english: dict[str, int]
) -> list[Voice]:
    """The voice of each take, in the order of ``takes``."""
    if not takes:
        return []
    speakers = Speakers(document, cast, english)
    voices = ruled(document, takes, speakers, english)
    return [
        _weighed(take, voice, speakers, features(take, english, known))
        for take, voice, known in zip(
            takes, voices, circumstances(document, takes, voices, speakers), strict=True
        )
    ]


def ruled(
    document: Document, takes: Sequence[Take], speakers: Speakers, english: dict[str, int]
) -> list[Voice]:
    """The voices by the rules alone."""
    voices = [_voice(take, document, speakers, english) for take in takes]
    return _amended(document, takes, voices, english)


def circumstances(
    document: Document, takes: Sequence[Take], voices: Sequence[Voice], speakers: Speakers
) -> Iterator[Circumstances]:
    """What is known of each number besides its sentence. ``voices``: by the rules."""
    year = document.published_at.year if document.published_at else None
    for take, voice, before in zip(takes, voices, said_before(takes), strict=True):
        told = None if voice.modality in SAID else voice.modality
        speaker = speakers.of(take, is_fact(take) and told != "predicted")
        quoted = quotation_at(speakers.spans, take.figure.start) is not None
        yield Circumstances(told, speaker, quoted, before, year)


SAID = ("asserted", "attributed")
AGAINST = ("denied", "doubted")


def _weighed(take: Take, voice: Voice, speakers: Speakers, names: set[str]) -> Voice:
    """The voice after weighing; the rules decide facts in words, and claims of other topics."""
    if take.value is not None or not WEIGHTS.knows(take.verdict.tracked.claim.key):
        return voice
    told = WEIGHTS.of(names)
    if told in AGAINST and voice.modality in AGAINST:
        return voice  # which of the two, the rules know better
    if told is None or told in SAID:
        return _said(told, take, voice, speakers)
    return voice if told == voice.modality else _told(told, take, speakers)


def _said(told: Modality | None, take: Take, voice: Voice, speakers: Speakers) -> Voice:
    """The voice of what is said, where the weights may overrule whether it has a speaker.

    What is another's word, though no source stands with it, is the owner's: "the footnote's $5.6m".
    """
    if voice.modality not in SAID:
        voice = _told(None, take, speakers)
    if told == "asserted":
        return Voice("asserted", None)
    name = "" if is_fact(take) else speakers.owner(take)
    if told == "attributed" and voice.speaker is None and name:
        return Voice("attributed", name)
    return voice


def _voice(take: Take, document: Document, speakers: Speakers, english: dict[str, int]) -> Voice:
    told = modality(take, english)
    verdict = _verdict_behind(document, take.sentence)
    if verdict is not None and told not in ("denied", "doubted"):
        told = verdict
    if told is None and _lies_ahead(document, take.sentence, take.sentence.spot(take.figure)):
        told = "predicted"
    if told is None and is_hedged(take, english) and speakers.of(take, is_fact(take)) is None:
        told = "hedged"
    return _told(told, take, speakers)


def _told(told: Modality | None, take: Take, speakers: Speakers) -> Voice:
    """The voice of a number that is told so, with its speaker."""
    speaker = speakers.of(take, is_fact(take) and told != "predicted")
    name = speaker.name or None if speaker else None
    if told is None:
        return Voice("attributed" if name else "asserted", name)
    if told in ("denied", "doubted"):
        name = _doubter(take, speaker, speakers) if speaker is not None else None
        return Voice(told, name or speakers.person_in(take))
    if told == "hedged" and speaker is not None and not _is_personal(speaker):
        name = None
    return Voice(told, name)


def _is_personal(speaker: Speaker) -> bool:
    """Whether a person hedges: what firms and crowds are said to say is nobody's word."""
    cue = speaker.cue
    return cue is None or cue.source == "person" or (cue.source == "group" and is_one(cue.speaker))


def _doubter(take: Take, speaker: Speaker, speakers: Speakers) -> str | None:
    """Who doubts or denies: whoever speaks, unless only the number's owner does."""
    if speaker.name == speakers.owner(take) and speaker.cue is None:
        return None
    return speaker.name or None


SHORT = 9  # words up to which a sentence only passes judgement on the one before
_SAME = words_of("it that this they these those which")


def _verdict_behind(document: Document, sentence: Sentence) -> Modality | None:
    """What a sentence says that only passes judgement on the one before: "... FALSE."."""
    if sentence.index + 1 >= len(document.sentences):
        return None
    following = document.sentences[sentence.index + 1]
    parted = "\n" in document.text[sentence.end : following.start]
    words = following.words
    while words and not words[0][0].isalnum():
        words = words[1:]
    answers = words[:1] and (words[0] in cues.ANSWERS or words[0] == "not")
    if len(words) > SHORT and not (answers and words[1:2] != [] and words[1] in _ANSWERED):
        return None
    if not answers and (not words or words[0].partition("'")[0] not in _SAME):
        return None
    said = words[:SHORT]
    if words[0] == "not":
        answered = words[2:3] == [","] and words[3:4] and words[3] in VERBS  # "Not so, said Kim"
        return "denied" if words[1] in _NOT_SO and not answered else None
    if words[0] in ("no", "nope"):
        return "denied" if words[1:2] and words[1] in ".!" else None
    negated = not cues.NEGATIVE.isdisjoint(said)
    if not cues.FALSE.isdisjoint(said):
        return None if negated else "denied"
    if not cues.DOUBTFUL.isdisjoint(said) or words[0] in ("unverified", "hardly"):
        return None if negated else "doubted"
    if negated and {"did", "was", "is", "does", "didn't", "wasn't", "isn't"} & set(said[:3]):
        return "denied" if len(words) <= BRIEF and not parted else None
    return None


_NOT_SO = words_of("true so quite exactly really correct")
_ANSWERED = words_of(". ! , : ; true so quite exactly really correct")
BRIEF = 5  # words of "It was not." and "They did not."
AHEAD_REACH = 5  # words from a figure to a year that is still to come: "$600 billion for 2026"


def _lies_ahead(document: Document, sentence: Sentence, spot: tuple[int, int]) -> bool:
    """Whether the figure is for a time after the article's year."""
    if document.published_at is None:
        return False
    year = document.published_at.year
    return any(
        days.start.year > year and 0 < place[0] - spot[1] <= AHEAD_REACH
        for place, days in sentence.dates
    )


AMENDED = 2  # sentences from a figure to the one that corrects it


def _amended(
    document: Document, takes: Sequence[Take], voices: Sequence[Voice], english: dict[str, int]
) -> list[Voice]:
    """The voices, with figures denied that a correction takes back: "... It was 17.4 percent"."""
    amended = list(voices)
    for at, (one, other) in enumerate(pairwise(takes)):
        if _takes_back(document, one, other, english):
            amended[at] = Voice("denied", None)
            if amended[at + 1].modality in ("denied", "hedged"):
                amended[at + 1] = Voice("asserted", None)
    return amended


def _takes_back(document: Document, one: Take, other: Take, english: dict[str, int]) -> bool:
    """Whether ``other`` is the right figure for ``one`` in a note on an error."""
    first, second = one.sentence, other.sentence
    if one.verdict.keys != other.verdict.keys or second.index - first.index > AMENDED:
        return False
    if one.figure.quantity.value == other.figure.quantity.value:
        return False
    if "\n" in document.text[first.end : second.start]:
        return False
    spot = first.spot(one.figure)
    last = second.spot(other.figure)[0]
    since = spot[1] if first is second else -1
    mends = any(
        since < place[0] and last - AMENDS_REACH <= place[1] < last
        for place in second.hits.get(english["amends"], ())
    )
    erratum = english["erratum"]
    if mends and (erratum in first.hits or erratum in second.hits):
        return True
    printed = not cues.VERSIONS.isdisjoint(first.words[: spot[0]])
    near = document.sentences[max(0, first.index - 1) : second.index + AMENDED]
    return printed and any(not cues.ERRATA.isdisjoint(sentence.words) for sentence in near)


AMENDS_REACH = 3  # words between "it was" and the right figure
