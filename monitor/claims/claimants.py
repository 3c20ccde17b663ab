"""Everybody a number could belong to, with how far off each stands."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from monitor.claims.actors import Cast
from monitor.claims.figures import Figure
from monitor.claims.focus import Focus
from monitor.claims.ownership import (
    CARRIED,
    FAR,
    can_own,
    chain_of,
    cost_of,
    nearest_actors,
    paired_with,
    resolve,
)
from monitor.claims.sentence import Actor, Sentence

ABSENT = (-1, -1)  # the place of a party that the sentence does not name
TOPIC = 40  # distance of a party that only the text as a whole speaks of


@dataclass(frozen=True, slots=True)
class Claimant:
    """A party that a number could belong to. ``key`` None: a party that is not configured."""

    key: str | None
    name: str
    cost: int
    how: str  # "named", "nominal", "pronoun", "carried", "topic"
    place: tuple[int, int] = ABSENT
    possessive: bool = False
    linked: bool = False  # joined by "and" with the nearest
    paired: bool = False  # stands in a list where the number stands in another


def claimants(
    sentence: Sentence, figure: Figure, roles: frozenset[str], focus: Focus, cast: Cast
) -> tuple[Claimant, ...]:
    """The parties with one of the roles, the nearest first; who is only understood included."""
    spot = sentence.spot(figure)
    eligible = nearest_actors([one for one in sentence.actors if can_own(one, roles)], spot)
    twin = paired_with(sentence, figure, eligible)
    found = []
    for actor in eligible:
        cost = cost_of(sentence, actor, spot)
        owner = resolve(actor, sentence, roles, focus, cast, cost) if cost < FAR else None
        if owner is not None:
            place = (actor.first, actor.last)
            found.append(
                Claimant(
                    owner.key,
                    owner.name,
                    0 if actor is twin else cost,
                    owner.how,
                    place,
                    actor.possessive,
                    paired=actor is twin,
                )
            )
    found.sort(key=_cost)
    key = focus.who(roles, cast, sentence.index)
    if key is not None:
        found.append(Claimant(key, cast.by_key[key].name, CARRIED, "carried"))
    return tuple(_joined(sentence, found, eligible))


def _cost(one: Claimant) -> tuple[int, int]:
    return one.cost, one.place[0]


def _joined(
    sentence: Sentence, found: Sequence[Claimant], eligible: Sequence[Actor]
) -> list[Claimant]:
    """The claimants, with those marked that share with the nearest: "A, B and C each fell"."""
    if len(found) < 2 or found[0].place == ABSENT or found[0].paired:
        return list(found)
    best = next((one for one in eligible if one.first == found[0].place[0]), None)
    joined = {one.first for one in chain_of(sentence, eligible, best)} if best else set()
    if len(joined) < 2:
        return list(found)
    return [replace(one, linked=True) if one.place[0] in joined else one for one in found]
