"""Who a sentence names: configured entities, strangers, nominals and pronouns."""

from collections.abc import Container, Mapping, Sequence
from dataclasses import replace

from monitor.claims.lexicon import fold, words_of
from monitor.claims.pointers import pointed_at, pointers, speaking_pointer
from monitor.claims.sentence import Actor, Sentence
from monitor.claims.strangers import ANY, bare, speaking, strangers
from monitor.rules.entities import Entities, Entity


class Cast:
    """The configured entities, ready to be found in sentences."""

    def __init__(self, entities: Entities) -> None:
        self.by_key: dict[str, Entity] = {entity.key: entity for entity in entities.entity}
        self.roles: dict[str, frozenset[str]] = {
            entity.key: frozenset(entity.roles) for entity in entities.entity
        }
        self.owners: dict[str, tuple[str, ...]] = {key: self._line(key) for key in self.by_key}
        self.patterns: list[tuple[str, str, str]] = []  # pattern, "name"/"nominal"/"ticker", key
        for entity in entities.entity:
            for alias in (entity.name, *entity.aliases):
                self.patterns.append((alias, "name", entity.key))
            for ticker in entity.tickers:
                self.patterns.append((ticker, "ticker", entity.key))
            for nominal in entity.nominals:
                self.patterns.append((nominal, "nominal", entity.key))

    def _line(self, key: str) -> tuple[str, ...]:
        line = [key]
        while (parent := self.by_key[line[-1]].of) is not None and parent not in line:
            line.append(parent)
        return tuple(line)

    def belongs(self, key: str, subjects: Container[str]) -> str | None:
        """The subject that the entity is, or is part of; None: it belongs to none of them."""
        for one in self.owners.get(key, ()):
            if one in subjects:
                return one
        return None


def find_actors(
    sentence: Sentence,
    text: str,
    cast: Cast,
    groups: Mapping[int, Sequence[tuple[str, str]]],
    verbs: Sequence[int],
) -> tuple[Actor, ...]:
    """The actors of a sentence in order. ``groups``: hit group -> (kind, entity key) pairs."""
    found: list[Actor] = []
    taken: set[int] = set()
    named = []
    for group in sentence.groups & groups.keys():
        for place in sentence.hits.get(group, ()):
            named.append((place, groups[group]))
    named.sort(key=lambda item: (item[0][0] - item[0][1], item[0][0], item[1]))
    for place, targets in named:
        if any(position in taken for position in range(place[0], place[1] + 1)):
            continue
        if _is_venue(sentence, place):
            taken.update(range(place[0], place[1] + 1))
            continue
        actor = _configured(sentence, text, cast, place, targets)
        if actor is not None:
            found.append(actor)
            taken.update(range(place[0], place[1] + 1))
    found.extend(
        speaking(sentence, one, verbs[0]) for one in strangers(sentence, text, taken, verbs)
    )
    found.extend(speaking_pointer(sentence, one, verbs[0]) for one in pointers(sentence, taken))
    found.sort(key=_first)
    kept = (one for at, one in enumerate(found) if not _in_apposition(sentence, found, at))
    return tuple(_another(one) if _is_another(sentence, one) else one for one in kept)


def _in_apposition(sentence: Sentence, found: Sequence[Actor], at: int) -> bool:
    """Whether a noun only describes the name beside it: "chipmaker ASML", "a fire, the Hollin"."""
    one = found[at]
    if one.kind != "nominal":
        return False
    following = found[at + 1] if at + 1 < len(found) else one
    if following.kind in ("name", "unknown") and following.first == one.last + 1:
        return True
    if following.kind in ("name", "unknown") and _names(sentence, one, following):
        return True
    named_before = at > 0 and found[at - 1].kind in ("name", "unknown")
    named_before = named_before and (one.entity is None or found[at - 1].kind == "unknown")
    return named_before and found[at - 1].last + 1 == one.first


def _names(sentence: Sentence, noun: Actor, name: Actor) -> bool:
    """Whether a name between commas says what the noun is: "a second blaze, the Hollin fire,"."""
    between = sentence.words[noun.last + 1 : name.first]
    closing = sentence.words[name.last + 1 : name.last + 3]
    return between in ([","], [",", "the"]) and "," in closing


def _is_another(sentence: Sentence, noun: Actor) -> bool:
    """Whether the noun brings up one more party, not the one spoken of: "a second blaze"."""
    if noun.kind != "nominal" or noun.entity is None:
        return False
    return not _ANOTHER.isdisjoint(sentence.words[max(0, noun.first - 2) : noun.first])


def _another(noun: Actor) -> Actor:
    """The party that nobody configured for which the noun stands."""
    return replace(noun, kind="unknown", entity=None, roles=frozenset([ANY]))


_ANOTHER = words_of("another second third fourth other")


def _first(actor: Actor) -> int:
    return actor.first


def _configured(
    sentence: Sentence,
    text: str,
    cast: Cast,
    place: tuple[int, int],
    targets: Sequence[tuple[str, str]],
) -> Actor | None:
    start, end = sentence.starts[place[0]], sentence.ends[place[1]]
    seen = text[start:end]
    for kind, key in targets:
        entity = cast.by_key[key]
        if kind == "ticker" and not seen.split("'")[0].isupper():
            continue
        if kind == "name" and not _written_as_name(seen, entity):
            continue
        if kind == "nominal" and not pointed_at(sentence, place[0]):
            continue
        possessive = sentence.words[place[1]].endswith(("'s", "s'"))
        negated = place[0] > 0 and sentence.words[place[0] - 1] == "not"
        name = bare(seen) if entity.each else entity.name
        kind = "nominal" if kind == "nominal" else "name"
        roles = cast.roles[key]
        return Actor(*place, start, end, kind, name, key, roles, possessive, negated=negated)
    return None


_VENUE_FOLLOWS = words_of("trading trade listing listed listings exchange traded")


def _is_venue(sentence: Sentence, place: tuple[int, int]) -> bool:
    """Whether the name is where shares trade: "in Nasdaq trading", "New York Stock Exchange"."""
    before = sentence.words[place[0] - 1] if place[0] else ""
    after = sentence.words[place[1] + 1] if place[1] + 1 < len(sentence.words) else ""
    return after in _VENUE_FOLLOWS or before == "exchange"


def _written_as_name(seen: str, entity: Entity) -> bool:
    """Whether the spelling in the text has the capital that the configured name has."""
    if seen[:1].isupper():
        return True
    lower = fold(seen).removesuffix("'s")
    return any(
        alias[:1].islower() and fold(alias) == lower for alias in (entity.name, *entity.aliases)
    )
