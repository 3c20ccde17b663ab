"""The voice of every number taken: modality and speaker, over the whole text."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace

from monitor.claims.actors import Cast
from monitor.claims.document import Document
from monitor.claims.matching import Take
from monitor.claims.modality import Voice, voice
from monitor.claims.quotations import quoted
from monitor.claims.sentence import Sentence
from monitor.claims.speakers import Attribution, Attributor, Register, covering


def voices_of(
    document: Document, takes: Sequence[Take], cast: Cast, english: dict[str, int]
) -> list[Voice]:
    """The voice of each take, in the order of ``takes``."""
    if not takes:
        return []
    said = _all_attributions(document, cast, english)
    spans = quoted(document.text)
    return [_voice(take, document, said, spans, cast, english) for take in takes]


def _all_attributions(
    document: Document, cast: Cast, english: dict[str, int]
) -> list[tuple[Attribution, ...]]:
    register = Register()
    for sentence in document.sentences:
        register.learn(sentence.actors, cast)
    register.digest = sum(_labelled(one) for one in document.sentences) >= DIGEST
    attributor = Attributor(cast, english, register)
    return [attributor.attributions(one, document.text) for one in document.sentences]


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
    spot = sentence.spots[figure.start]
    fact = _is_fact(take)
    said_by = covering(said[sentence.index], spot)
    if fact:
        said_by = tuple(one for one in said_by if sentence.distance(one.verb, spot) <= FACT_REACH)
    if not said_by and _in_quotes(spans, figure.start):
        said_by = _around(document, said, sentence)
    owner = take.verdict.owner
    own = cast.by_key[cast.owners[owner.key][-1]].name if owner and owner.key else None
    said_by = tuple(replace(one, speaker=one.speaker or own) for one in said_by)
    return voice(sentence, spot, said_by, english, fact, own)


FACT_REACH = 12  # words from a saying to a figure that anybody can look up


def _is_fact(take: Take) -> bool:
    """Whether the figure is one that markets and charts show, so that nobody has to claim it."""
    claim = take.verdict.tracked.claim
    return claim.measure is not None or claim.kind in ("rank", "year")


def _in_quotes(spans: Sequence[tuple[int, int]], position: int) -> bool:
    at = bisect_right(spans, (position, 10**12)) - 1
    return at >= 0 and spans[at][0] <= position < spans[at][1]


QUOTE_REACH = 3  # sentences of a quotation away from the words that say whose it is


def _around(
    document: Document,
    said: Sequence[tuple[Attribution, ...]],
    sentence: Sentence,
) -> tuple[Attribution, ...]:
    """The attribution of a quotation that another sentence of the paragraph gives."""
    for step in (-1, 1, -2, 2, -3):
        index = sentence.index + step
        if not 0 <= index < len(document.sentences):
            continue
        other = document.sentences[index]
        low, high = sorted((sentence.start, other.start))
        if "\n" not in document.text[low:high] and said[index]:
            return said[index][-1:]
    return ()
