"""How surely it is said: denied, doubted, predicted, hedged, attributed or asserted."""

from collections.abc import Sequence
from dataclasses import dataclass

from monitor.claims import cues
from monitor.claims.judgements import STRUCTURE, judgement, seems_impossible
from monitor.claims.lexicon import words_of
from monitor.claims.refusals import left_open, refused
from monitor.claims.saying import VERBS
from monitor.claims.sentence import Sentence
from monitor.claims.speakers import is_fact
from monitor.claims.verdicts import Take
from monitor.types import Modality

# How far a word of doubt reaches, in words of distance. What a market shows, closing prices and
# moves, is hardly ever doubted: there the word has to stand right beside the number.
REACH = 16
REACH_OF_FACTS = 4
PREDICTED_REACH = 14
PREDICTED_REACH_OF_FACTS = 5
HEDGED_REACH = 10
DISBELIEF_REACH = 12
NEAR = 6
# Weak words deny or doubt only right beside the number.
_WEAK = words_of("""
    was isn't wasn't wrong should instead contrary correction mistake really only hype spin joke
    challenge challenged challenges question questions suspect exclude excluded marketing
    optimistic theatre theater credible
""")


@dataclass(frozen=True, slots=True)
class Voice:
    """How a number is said, and by whom. ``speaker`` None: the outlet itself."""

    modality: Modality
    speaker: str | None


def modality(take: Take, english: dict[str, int]) -> Modality | None:
    """How the words around a number say it; None: nothing there but perhaps a source."""
    sentence, spot = take.sentence, take.sentence.spot(take.figure)
    fact = is_fact(take)
    reach = REACH_OF_FACTS if fact else REACH
    if _denied(sentence, spot, english, reach) or refused(sentence.words, spot):
        return "denied"
    if _doubted(sentence, spot, english, reach) or left_open(sentence.words, spot, fact):
        return "doubted"
    judged = judgement(sentence.words, spot, fact)
    if judged is not None:
        return judged
    if not fact and (
        _spoken_against(sentence, spot, english, "disbelief", DISBELIEF_REACH)
        or _spoken_against(sentence, spot, english, "unease", DISBELIEF_REACH)
        or seems_impossible(sentence.words[max(0, spot[0] - STRUCTURE) : spot[0]])
    ):
        return "doubted"
    if not fact and _spoken_against(sentence, spot, english, "rebuff", DISBELIEF_REACH):
        return "denied"
    if not fact and _surmised(sentence, spot, english):
        return "hedged"
    if _predicted(sentence, spot, english, PREDICTED_REACH_OF_FACTS if fact else PREDICTED_REACH):
        return "predicted"
    if _foretold(sentence, spot, english, fact):
        return "predicted"
    if _near(sentence, spot, english["sure_hedge"], REACH_OF_FACTS if fact else HEDGED_REACH):
        return "hedged"
    return None


def _surmised(sentence: Sentence, spot: tuple[int, int], english: dict[str, int]) -> bool:
    """Whether a word right before the number only supposes it: "may employ", "perhaps 200"."""
    if sentence.words[spot[0] - 1 : spot[0]] in (["perhaps"], ["maybe"], ["possibly"]):
        return True
    return any(
        place[1] < spot[0] and sentence.distance(place, spot) <= SURMISED_REACH
        for place in sentence.hits.get(english["surmise"], ())
    )


SURMISED_REACH = 7  # words from "may employ" to the number


def is_hedged(take: Take, english: dict[str, int]) -> bool:
    """Whether a word leaves open who says it: "perhaps", "is believed to"."""
    return _near(take.sentence, take.sentence.spot(take.figure), english["hedge"], HEDGED_REACH)


_NOT = words_of("wasn't isn't weren't ain't")  # "it wasn't $6 million", "$6 million isn't it"
DENIED_REACH = 2  # words from the number to them
NEXT_CLAUSE = 6  # more distance for words behind the number and a comma


def _near(sentence: Sentence, spot: tuple[int, int], group: int, reach: int) -> bool:
    return any(_distance(sentence, one, spot) <= reach for one in sentence.hits.get(group, ()))


def _distance(sentence: Sentence, place: tuple[int, int], spot: tuple[int, int]) -> int:
    distance = sentence.distance(place, spot)
    if place[0] > spot[1] and {",", "and"} & set(sentence.words[spot[1] + 1 : place[0]]):
        distance += NEXT_CLAUSE
    return distance


def _denied(sentence: Sentence, spot: tuple[int, int], english: dict[str, int], reach: int) -> bool:
    before = sentence.words[max(0, spot[0] - DENIED_REACH) : spot[0]]
    behind = sentence.words[spot[1] + 1 : spot[1] + 1 + DENIED_REACH]
    if before[-1:] == ["not"] or not _NOT.isdisjoint(before) or not _NOT.isdisjoint(behind):
        return True
    if _is_not(sentence.words[spot[1] + 1 : spot[1] + 1 + NEAR]):
        return True
    if "earlier version" in " ".join(sentence.words[: spot[0]]):
        return True
    if _undone(sentence.words[max(0, spot[0] - UNDONE_REACH) : spot[0]]):
        return True
    return _spoken_against(sentence, spot, english, "deny", reach)


def _is_not(behind: Sequence[str]) -> bool:
    """Whether "is not" follows the number: "$6m is not the training cost", but "is not false"."""
    if len(behind) < 3 or behind[0] not in cues.COPULAS or behind[1] != "not":
        return False
    cleared = cues.FALSE | cues.DOUBTFUL | _SMALL
    return cleared.isdisjoint(behind[2:])


_SMALL = words_of(
    "only just bad small in yet known clear included comparable new far nothing enough"
)


def _undone(before: Sequence[str]) -> bool:
    """Whether a verb right before the number is negated: "did not fall", "does not have"."""
    for at, word in enumerate(before):
        if word in _NEVER or (word == "not" and at and before[at - 1] in _DID):
            return _OPEN.isdisjoint(before[at + 1 :]) and _SAID.isdisjoint(before[at + 1 :])
    return False


_SAID = VERBS - {"have", "has", "had"}
UNDONE_REACH = 5  # words: "didn't do it in two months"
_NEVER = words_of("didn't doesn't don't never hasn't haven't")
_DID = words_of("did does do has have was were is are")
_OPEN = words_of("""
    , . ; : only just merely even until yet more less but include count cover think about care
""")


def _doubted(
    sentence: Sentence, spot: tuple[int, int], english: dict[str, int], reach: int
) -> bool:
    return _spoken_against(sentence, spot, english, "doubt", reach)


def _spoken_against(
    sentence: Sentence, spot: tuple[int, int], english: dict[str, int], group: str, reach: int
) -> bool:
    cleared = sentence.hits.get(english["no_doubt"], ())
    if group == "doubt" and any(sentence.distance(one, spot) <= NEAR for one in cleared):
        return False
    for place in sentence.hits.get(english[group], ()):
        if any(one[0] <= place[1] and place[0] <= one[1] for one in cleared):
            continue
        if _bounds(sentence, place, spot):
            continue
        if place[1] < spot[0] and not _INSTEAD.isdisjoint(sentence.words[place[1] + 1 : spot[0]]):
            continue  # "disputed that figure, saying it was closer to 14,000"
        weak = any(word in _WEAK for word in sentence.words[place[0] : place[1] + 1])
        if 0 < sentence.distance(place, spot) <= (min(reach, NEAR) if weak else reach):
            return True
    return False


def _bounds(sentence: Sentence, place: tuple[int, int], spot: tuple[int, int]) -> bool:
    """Whether "at most" only bounds the number ("200 people at most"): it "can at most be"."""
    words = sentence.words
    if words[place[0] : place[1] + 1] != ["at", "most"]:
        return False
    return sentence.distance(place, spot) <= BOUND and words[place[0] - 1] not in _MODALS


BOUND = 2  # words from a number to what bounds it
_INSTEAD = words_of("saying closer nearer instead rather")


FORETOLD_REACH = 20  # words of a list of names between "its forecast for" and the number
_STOPS = words_of(". ; : ! ? but while whereas against after who which compared than")


def _foretold(
    sentence: Sentence, spot: tuple[int, int], english: dict[str, int], fact: bool
) -> bool:
    """Whether a forecast stands in front of the number, or a time to come right behind it."""
    for place in sentence.hits.get(english["foretell"], ()):
        between = sentence.words[place[1] + 1 : spot[0]]
        if fact and "," in between:
            continue
        if place[1] < spot[0] and sentence.distance(place, spot) <= PREDICTED_REACH:
            return True
        if not fact and 0 < spot[0] - place[1] <= FORETOLD_REACH and _STOPS.isdisjoint(between):
            return True
    return any(
        place[0] > spot[1] and sentence.distance(place, spot) <= NEAR
        for place in sentence.hits.get(english["later"], ())
    )


def _only_speaks(words: Sequence[str], modal: int, number: int) -> bool:
    """Whether a modal verb only softens a saying: "I would say 12,000"."""
    if words[modal] not in _MODALS or number - modal > SOFTENED:
        return False
    return not _SPEAKING.isdisjoint(words[modal + 1 : modal + 3])


SOFTENED = 7  # words from the modal verb to the number
_MODALS = words_of("would could might can may 'd")
_SPEAKING = words_of("say point multiply stand argue guess")


def _predicted(
    sentence: Sentence, spot: tuple[int, int], english: dict[str, int], reach: int
) -> bool:
    """Whether a word of the future stands before the number, or close behind it."""
    words = sentence.words
    for place in sentence.hits.get(english["predict"], ()):
        if place[1] >= spot[0] or sentence.distance(place, spot) > reach:
            continue
        if _only_speaks(words, place[1], spot[0]):
            continue
        return True
    return _near(sentence, spot, english["future"], NEAR)
