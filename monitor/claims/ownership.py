"""Whose number it is: the party that a figure belongs to, by structure and distance."""

from collections.abc import Sequence
from dataclasses import dataclass

from monitor.claims.actors import Cast
from monitor.claims.comparisons import COMPARING, is_compared, is_overtaken
from monitor.claims.figures import Figure
from monitor.claims.focus import Focus
from monitor.claims.lexicon import words_of
from monitor.claims.sentence import Actor, Sentence

FAR = 60  # words of distance from which a party owns nothing
CARRIED = 16  # distance of a party that only an earlier sentence names
STRAINED = 34  # distance from which the party that the text is about is the likelier one
WHOLE = 3  # extra distance of a whole sector: its members are nearer to a number
LOOSE = 14  # extra distance of a party after the number that no preposition ties to it
COMPARED = 12  # extra distance of a party that is only compared with
# Extra distance of a party inside "which rival AMD has long chased", "the main supplier to Nvidia".
WITHIN = 20
CLOSED = 8  # extra distance of a party inside an aside that is over

_TIES = words_of("""
    of for at in off from to by on with among across per between into
""")
_STRONG_TIES = words_of("""
    of for at off from
""")
_RELATIVE = words_of("""
    which who whose where that when
""")


@dataclass(frozen=True, slots=True)
class Owner:
    """The party that a number belongs to. ``key`` None: a party that is not configured."""

    key: str | None
    name: str
    cost: int
    how: str  # "named", "coordinated", "pronoun", "nominal", "carried"


def owners(
    sentence: Sentence, figure: Figure, roles: frozenset[str], focus: Focus, cast: Cast
) -> tuple[Owner, ...]:
    """The parties that ``figure`` belongs to, best first; several only where they share it."""
    spot = sentence.spot(figure)
    eligible = nearest_actors([one for one in sentence.actors if can_own(one, roles)], spot)
    paired = paired_with(sentence, figure, eligible)
    if paired is not None:
        found = resolve(paired, sentence, roles, focus, cast)
        return (found,) if found else ()
    carried = _carried(sentence, roles, focus, cast)
    ranked = sorted(
        (
            (cost, at)
            for at, one in enumerate(eligible)
            if (cost := cost_of(sentence, one, spot)) < FAR
        )
    )
    for cost, at in ranked:
        actor = eligible[at]
        if cost > (CARRIED if actor.kind == "unknown" else STRAINED) and carried:
            break
        owner = resolve(actor, sentence, roles, focus, cast, cost)
        if owner is not None:
            return (owner, *_sharers(sentence, actor, eligible, spot))
    return (carried,) if carried else ()


MOST = 24  # parties looked at for one number, so that endless lists stay cheap


def nearest_actors(actors: Sequence[Actor], spot: tuple[int, int]) -> Sequence[Actor]:
    """The parties nearest to a number, in their order."""
    if len(actors) <= MOST:
        return actors
    at = next((i for i, one in enumerate(actors) if one.first > spot[0]), len(actors))
    first = max(0, min(at - MOST // 2, len(actors) - MOST))
    return actors[first : first + MOST]


def _carried(sentence: Sentence, roles: frozenset[str], focus: Focus, cast: Cast) -> Owner | None:
    key = focus.who(roles, cast, sentence.index)
    return Owner(key, cast.by_key[key].name, CARRIED, "carried") if key else None


def can_own(actor: Actor, roles: frozenset[str]) -> bool:
    """Whether a party could own a number that one with the roles owns."""
    if actor.kind == "unknown":
        return not actor.speaks
    if actor.entity is not None:
        return bool(actor.roles & roles) and not actor.negated
    if actor.speaks:
        return False
    if actor.roles & {"thing", "firm"}:
        return True
    return "listed" in roles


def cost_of(sentence: Sentence, actor: Actor, spot: tuple[int, int]) -> int:
    """How far a party stands from a number, by words and structure; FAR: it cannot own it."""
    place = (actor.first, actor.last)
    distance = sentence.distance(place, spot)
    if distance >= FAR:
        return FAR
    if actor.last < spot[0]:
        return distance + _before(sentence, actor, spot)
    if actor.first > spot[1]:
        return _after(sentence, actor, spot, distance)
    return FAR


def _before(sentence: Sentence, actor: Actor, spot: tuple[int, int]) -> int:
    """Extra distance of a party before the number; FAR: it cannot own it."""
    words, start = sentence.words, actor.first
    preceding = words[start - 1] if start else ""
    if is_overtaken(words, start):
        return FAR
    extra = _aside(words, actor, spot)
    extra += WHOLE if "sector" in actor.roles else 0
    near = spot[0] - actor.last <= 2  # "behind Apple at $3 trillion": its own all the same
    if not near and is_compared(words, start):
        extra += COMPARED
    if preceding == "by" or words[max(0, start - 2) : start] == ["out", "of"]:
        extra += CLOSED
    if actor.kind == "unknown" and _is_place(words, start):
        extra += LOOSE
    return extra


def _is_place(words: Sequence[str], start: int) -> bool:
    """Whether a name is where something is: "in the Calder Valley", "around Dorrance"."""
    at = start - 2 if words[start - 1 : start] == ["the"] else start - 1
    return at >= 0 and words[at] in _PLACING


_PLACING = words_of("in on at near around outside across")


def _aside(words: Sequence[str], actor: Actor, spot: tuple[int, int]) -> int:
    """Extra distance of a party between commas or brackets that closed before the number."""
    opened = None
    for position in range(actor.first - 1, -1, -1):
        word = words[position]
        if word in (",", "(", "\u2014", "\u2013"):
            opened = position
            break
        if word in (";", ":", ".", "?", "!"):
            return 0
    if opened is None:
        return 0
    following = words[opened + 1]
    closing = ")" if words[opened] == "(" else words[opened]
    if closing not in words[actor.last + 1 : spot[0]]:
        return 0
    if following in _RELATIVE or (following in _ASIDES and words[actor.first - 1] in _GOVERNING):
        return WITHIN
    return CLOSED if words[opened] == "(" or following in _ASIDES else 0


_ASIDES = words_of("a an the including like such")
_GOVERNING = words_of("to of for from by with")  # the last word before the party


def _after(sentence: Sentence, actor: Actor, spot: tuple[int, int], distance: int) -> int:
    """Distance of a party after the number: near where a preposition ties it."""
    words = sentence.words
    if spot[1] <= sentence.opening:  # "$589 billion. What Nvidia lost on Monday."
        return distance
    between = words[spot[1] + 1 : actor.first]
    if between in (["that"], ["which"]):  # "the $78 million that GPT-4 is thought to have cost"
        return 1
    if not COMPARING.isdisjoint(between) or is_overtaken(words, actor.first):
        return FAR
    for back in range(len(between) - 1, -1, -1):
        word = between[back]
        if word in _TIES:
            others = [
                w
                for w in between[:back]
                if w in (",", ";", ".", ":", "(", "and", "but", "?", "while")
            ]
            if others and word not in ("off", "from"):
                return distance + LOOSE
            if _figure_between(sentence, spot, actor):
                return distance + LOOSE
            return max(1, distance - 3) if word in _STRONG_TIES else distance + 4
        if word in (",", ";", ".", ":", ")", "and", "but", "that", "which"):
            break
    return distance + LOOSE


def _figure_between(sentence: Sentence, spot: tuple[int, int], actor: Actor) -> bool:
    return any(spot[1] < place[0] < actor.first for place in sentence.spots.values())


def resolve(
    actor: Actor, sentence: Sentence, roles: frozenset[str], focus: Focus, cast: Cast, cost: int = 0
) -> Owner | None:
    """Whom an actor means."""
    if actor.entity is not None:
        how = "nominal" if actor.kind == "nominal" else "named"
        return Owner(actor.entity, actor.name, cost, how)
    if actor.kind == "unknown":
        return Owner(None, actor.name, cost, "named")
    meant = _antecedent(actor, sentence)
    if meant is not None:
        if not can_own(meant, roles):
            return None
        return Owner(meant.entity, meant.name, cost, actor.kind)
    key = focus.who(roles, cast, sentence.index, pointed=True)
    return Owner(key, cast.by_key[key].name, cost, actor.kind) if key else None


def _antecedent(actor: Actor, sentence: Sentence) -> Actor | None:
    """The party named earlier in the sentence that a pronoun or "the company" means."""
    place = (actor.first, actor.last)
    named = [
        one
        for one in sentence.actors
        if one.first < actor.first
        and (
            one.kind == "name"
            or one.entity is not None
            or (one.kind == "unknown" and not _placed(sentence, one))
        )
        and not (one.negated or one.speaks)
        and not one.roles & _NEVER_MEANT
    ]
    if not named:
        return None
    if actor.kind == "nominal":  # "the company" goes back to the subject, "its" to what is near
        opens = next((one for one in sentence.actors if one.kind == "pronoun"), None)
        if opens is not None and opens.first < named[0].first and "thing" in opens.roles:
            return None
        return named[0]
    return min(named, key=lambda one: cost_of(sentence, one, place))


def _placed(sentence: Sentence, actor: Actor) -> bool:
    """Whether a stranger's name is a place: "Based in Hangzhou, Zhejiang"."""
    before = sentence.words[max(0, actor.first - 3) : actor.first]
    return bool(before) and (
        before[-1] in _PLACING or (before[-1] == "," and not _PLACING.isdisjoint(before))
    )


_NEVER_MEANT = words_of("index person place")

_LINKS = words_of("""
    and , & both all or plus
""")


def chain_of(
    sentence: Sentence, eligible: Sequence[Actor], member: Actor, possessive: bool = False
) -> list[Actor]:
    """The parties joined with ``member`` by commas and "and"; ``possessive``: "A's and B's" too."""
    names = [
        actor
        for actor in eligible
        if actor.kind in ("name", "unknown") and (possessive or not actor.possessive)
    ]
    if member not in names:
        return [member]
    at = names.index(member)
    low = high = at
    while low > 0 and _linked(sentence, names[low - 1].last, names[low].first):
        low -= 1
    while high + 1 < len(names) and _linked(sentence, names[high].last, names[high + 1].first):
        high += 1
    return names[low : high + 1]


def _linked(sentence: Sentence, last: int, first: int) -> bool:
    between = sentence.words[last + 1 : first]
    return 0 < len(between) <= 2 and all(word in _LINKS for word in between)


def paired_with(sentence: Sentence, figure: Figure, eligible: Sequence[Actor]) -> Actor | None:
    """The party that stands in the place of the number: "A and B, down 20% and 18%"."""
    row = _row(sentence, figure) if figure in sentence.figures else []
    if len(row) < 2:
        return None
    first = sentence.spots[row[0].start][0]
    before = [a for a in eligible if a.kind in ("name", "unknown") and a.last < first]
    for last in before[: -ASIDES - 1 : -1]:  # "A and B, the makers of C, fell 20% and 18%": not C
        chain = chain_of(sentence, eligible, last, possessive=True)
        if len(chain) == len(row) and chain[-1] is last:
            return chain[row.index(figure)]
    return None


ASIDES = 3  # parties behind a list that may be named between it and its numbers


def _row(sentence: Sentence, figure: Figure) -> list[Figure]:
    """The numbers of one kind joined with ``figure`` by commas and "and"."""
    same = [one for one in sentence.figures if one.family == figure.family]
    at = same.index(figure)
    low = high = at
    while low > 0 and _linked(
        sentence, sentence.spots[same[low - 1].start][1], sentence.spots[same[low].start][0]
    ):
        low -= 1
    while high + 1 < len(same) and _linked(
        sentence, sentence.spots[same[high].start][1], sentence.spots[same[high + 1].start][0]
    ):
        high += 1
    return same[low : high + 1]


def _sharers(
    sentence: Sentence, best: Actor, eligible: Sequence[Actor], spot: tuple[int, int]
) -> tuple[Owner, ...]:
    """The others of "A, B and C each fell 2%"."""
    if best.last > spot[0]:
        return ()
    chain = chain_of(sentence, eligible, best)
    return tuple(
        Owner(actor.entity, actor.name, 0, "coordinated") for actor in chain if actor is not best
    )
