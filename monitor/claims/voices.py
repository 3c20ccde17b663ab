"""The voice of every number taken: modality and speaker, over the whole text."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from monitor.claims.actors import Cast
from monitor.claims.document import Document
from monitor.claims.lexicon import words_of
from monitor.claims.modality import Voice, voice
from monitor.claims.quotations import quoted
from monitor.claims.register import Register
from monitor.claims.sentence import Sentence
from monitor.claims.speakers import OUTLET, OWNER, Attribution, Attributor, covering
from monitor.claims.verdicts import Take
from monitor.types import Modality


def voices_of(
    document: Document, takes: Sequence[Take], cast: Cast, english: dict[str, int]
) -> list[Voice]:
    """The voice of each take, in the order of ``takes``."""
    if not takes:
        return []
    said = _all_attributions(document, cast, english)
    spans = quoted(document.text)
    voices = [_voice(take, document, said, spans, cast, english) for take in takes]
    return _amended(document, takes, voices, english)


def _all_attributions(
    document: Document, cast: Cast, english: dict[str, int]
) -> list[tuple[Attribution, ...]]:
    """The attributions of every sentence; a line's head holds to the end of its paragraph."""
    register = Register()
    for sentence in document.sentences:
        register.learn(sentence.actors, cast)
        register.meet(sentence.actors, cast)
        register.introduce(sentence)
    register.digest = sum(_labelled(one) for one in document.sentences) >= DIGEST
    attributor = Attributor(cast, english, register)
    found: list[tuple[Attribution, ...]] = []
    label: Attribution | None = None
    end = 0
    for sentence in document.sentences:
        if "\n" in document.text[end : sentence.start]:
            label = None
        end = sentence.end
        here = attributor.attributions(sentence, document.text)
        heads = [one for one in here if one.kind == "label"]
        if heads:
            label = heads[0]
        elif label is not None:
            here = (*here, replace(label, first=0, last=len(sentence.words) - 1, verb=(0, 0)))
        found.append(here)
    return found


OWN_REACH = 8  # words: "the claimed cost of $5.6 million"
DIGEST = 3  # lines that begin with a name and a colon, from which a text is a digest of sources


def _labelled(sentence: Sentence) -> bool:
    return ":" in sentence.words[1:5] and any(one.first == 0 for one in sentence.actors)


def _voice(
    take: Take,
    document: Document,
    said: Sequence[tuple[Attribution, ...]],
    spans: Sequence[tuple[int, int]],
    cast: Cast,
    english: dict[str, int],
) -> Voice:
    sentence, figure = take.sentence, take.figure
    spot = sentence.spot(figure)
    fact = _is_fact(take)
    said_by = covering(said[sentence.index], spot)
    quotation = _quotation(spans, figure.start)
    if fact:
        said_by = tuple(
            one
            for one in said_by
            if (one.kind == "source" and sentence.distance(one.verb, spot) <= FACT_REACH)
            or quotation
        )
    if quotation and not said_by:
        said_by = _around(document, said, sentence, quotation)
    owner = take.verdict.owner
    own = cast.by_key[cast.owners[owner.key][-1]].name if owner and owner.key else ""
    by_owner = sentence.nearest(english["by_owner"], spot)
    if not said_by and not fact and by_owner is not None and by_owner <= OWN_REACH:
        said_by = (Attribution(OWNER, 0, 0, spot),)
    if said_by and said_by[0].speaker == OUTLET:
        said_by = ()
    said_by = tuple(
        replace(one, speaker=own if one.speaker == OWNER else one.speaker) for one in said_by
    )
    told = voice(sentence, spot, said_by, english, fact, own)
    verdict = _verdict_behind(document, sentence)
    if verdict is not None and told.modality not in ("denied", "doubted"):
        return replace(told, modality=verdict)
    if told.modality in ("asserted", "attributed") and _lies_ahead(document, sentence, spot):
        return replace(told, modality="predicted")
    return told


_FALSE = words_of("false untrue wrong incorrect fake fabricated no nope nonsense rubbish")
_OPEN = words_of("unproven unverified misleading doubtful unsubstantiated unconfirmed hardly")


def _verdict_behind(document: Document, sentence: Sentence) -> Modality | None:
    """What a sentence says that only passes judgement on the one before: "... FALSE."."""
    if sentence.index + 1 >= len(document.sentences):
        return None
    following = document.sentences[sentence.index + 1].words
    if len(following) < 2 or following[1] not in (".", "!", ",", ":"):
        return None
    if following[0] in _FALSE and (following[0] != "no" or following[1] in (".", "!")):
        return "denied"
    return "doubted" if following[0] in _OPEN else None


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


FACT_REACH = 12  # words from a saying to a figure that anybody can look up


def _is_fact(take: Take) -> bool:
    """Whether the figure is one that markets and charts show, so that nobody has to claim it."""
    claim = take.verdict.tracked.claim
    return claim.measure is not None or claim.kind in ("rank", "year")


def _quotation(spans: Sequence[tuple[int, int]], position: int) -> tuple[int, int] | None:
    """The quotation that a place lies in; None: in none."""
    at = bisect_right(spans, (position, 10**12)) - 1
    return spans[at] if at >= 0 and spans[at][0] <= position < spans[at][1] else None


QUOTE_REACH = 5  # sentences back to the words that say whose the quotations of a passage are


def _around(
    document: Document,
    said: Sequence[tuple[Attribution, ...]],
    sentence: Sentence,
    quotation: tuple[int, int],
) -> tuple[Attribution, ...]:
    """The attribution of a quotation whose own sentence does not say whose it is."""
    edges = (quotation[1] + 1, quotation[0] - 2)  # behind its end, before its beginning
    for edge in edges:
        for other in document.sentences[
            max(0, sentence.index - QUOTE_REACH) : sentence.index + QUOTE_REACH
        ]:
            if other.start <= edge <= other.end + 2 and said[other.index]:
                return said[other.index][-1:]
    at_paragraph = document.text[max(0, quotation[0] - 1) : quotation[0]] in ("\n", "")
    for index in range(sentence.index - 1, max(-1, sentence.index - 1 - QUOTE_REACH), -1):
        end = document.sentences[index].end
        if "\n" in document.text[end : sentence.start] and not at_paragraph:
            break
        if said[index]:
            return said[index][-1:]
    return ()


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
    if one.verdict.tracked is not other.verdict.tracked or second.index - first.index > AMENDED:
        return False
    if one.figure.quantity.value == other.figure.quantity.value:
        return False
    if "\n" in document.text[first.end : second.start]:
        return False
    last = second.spot(other.figure)[0]
    since = first.spot(one.figure)[1] if first is second else -1
    mends = any(
        since < place[0] and last - AMENDS_REACH <= place[1] < last
        for place in second.hits.get(english["amends"], ())
    )
    erratum = english["erratum"]
    return mends and (erratum in first.hits or erratum in second.hits)


AMENDS_REACH = 3  # words between "it was" and the right figure
