"""How surely it is said: denied, doubted, predicted, hedged, attributed or asserted."""

from dataclasses import dataclass

from monitor.claims.lexicon import words_of
from monitor.claims.sentence import Sentence
from monitor.claims.speakers import Attribution
from monitor.types import Modality

# How far a word of doubt reaches, in words of distance. What a market shows, closing prices and
# moves, is hardly ever doubted: there the word has to stand right beside the number.
REACH = 16
REACH_OF_FACTS = 4
PREDICTED_REACH = 14
PREDICTED_REACH_OF_FACTS = 5
HEDGED_REACH = 10
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


def voice(
    sentence: Sentence,
    spot: tuple[int, int],
    said_by: tuple[Attribution, ...],
    english: dict[str, int],
    fact: bool,
    owner: str | None,
) -> Voice:
    """The modality and speaker of the number at ``spot``. ``fact``: a figure that markets show."""
    reach = REACH_OF_FACTS if fact else REACH
    speaker = said_by[0].speaker or None if said_by else None
    doubter = _doubter(sentence, said_by, english, owner)
    if _denied(sentence, spot, english, reach):
        return Voice("denied", doubter)
    if _doubted(sentence, spot, english, reach) or _asked(sentence, spot, fact):
        return Voice("doubted", doubter)
    if _predicted(sentence, spot, english, PREDICTED_REACH_OF_FACTS if fact else PREDICTED_REACH):
        return Voice("predicted", speaker)
    if _near(sentence, spot, english["sure_hedge"], REACH_OF_FACTS if fact else HEDGED_REACH):
        return Voice("hedged", None)
    if not said_by and _near(sentence, spot, english["hedge"], HEDGED_REACH):
        return Voice("hedged", None)
    if said_by:
        return Voice("attributed", speaker)
    return Voice("asserted", None)


def _doubter(
    sentence: Sentence, said_by: tuple[Attribution, ...], english: dict[str, int], owner: str | None
) -> str | None:
    """Who doubts: the subject of a word of doubt, else whoever speaks that is not the owner."""
    against = {
        place[0] for name in ("doubt", "deny") for place in sentence.hits.get(english[name], ())
    }
    for one in said_by:
        if one.verb[0] in against and one.speaker:
            return one.speaker
    return next((one.speaker for one in said_by if one.speaker not in ("", owner)), None)


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
    return _spoken_against(sentence, spot, english, "deny", reach)


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
        weak = any(word in _WEAK for word in sentence.words[place[0] : place[1] + 1])
        if 0 < sentence.distance(place, spot) <= (min(reach, NEAR) if weak else reach):
            return True
    return False


def _asked(sentence: Sentence, spot: tuple[int, int], fact: bool) -> bool:
    """Whether the number stands in a question."""
    if fact:
        return False
    for at in range(spot[1] + 1, len(sentence.words)):
        if sentence.words[at] == "?":
            return True
        if sentence.words[at] in (".", "!", ";"):
            return False
    return False


def _predicted(
    sentence: Sentence, spot: tuple[int, int], english: dict[str, int], reach: int
) -> bool:
    """Whether a word of the future stands before the number, or close behind it."""
    for place in sentence.hits.get(english["predict"], ()):
        if place[1] < spot[0] and sentence.distance(place, spot) <= reach:
            return True
    return _near(sentence, spot, english["future"], NEAR)
