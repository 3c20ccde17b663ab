"""Claims that are no numbers: names, dates, yes or no, up or down."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from monitor.claims.actors import Cast
from monitor.claims.figures import Figure
from monitor.claims.matching import ORG, Matcher
from monitor.claims.ownership import Owner, owners
from monitor.claims.quantities import DateSpan
from monitor.claims.sentence import Actor, Sentence
from monitor.claims.verdicts import Scene, Take, Verdict
from monitor.claims.vocabulary import NONE, Tracked
from monitor.types import Quantity

VALUE_REACH = 10  # words between what says a fact and its value: "based in both Beijing and ..."
PARTY_REACH = 14  # "Liang Wenfeng, 40, a former trader and founder of DeepSeek"
LONGEST = 31  # days of a span that still dates an event
MOVE_REACH = 7  # words between a share and its move
RULE_OUT_REACH = 5
FULL_NAME = 2  # words of a person's name that no configuration knows

Place = tuple[int, int]


class FactFinder:
    """Finds the facts of a vocabulary's claims in sentences."""

    def __init__(self, matcher: Matcher, cast: Cast) -> None:
        self._matcher = matcher
        self._cast = cast
        self._claims = tuple(
            one
            for one in matcher.vocabulary.claims
            if one.claim.kind in ("text", "date", "boolean", "direction")
        )
        self._said = frozenset(g for one in self._claims for g in self._triggers(one))

    def find(self, scene: Scene) -> list[Take]:
        """The facts that a sentence states."""
        found: list[Take] = []
        if self._said.isdisjoint(scene.sentence.groups):
            return found
        for tracked in self._claims:
            if self._mentioned(scene.sentence, tracked):
                found.extend(self._of(scene, tracked))
        return found

    def _mentioned(self, sentence: Sentence, tracked: Tracked) -> bool:
        if tracked.also != NONE and tracked.also not in sentence.groups:
            return False
        return any(group in sentence.groups for group in self._triggers(tracked))

    def _triggers(self, tracked: Tracked) -> Iterable[int]:
        if tracked.claim.kind == "direction":
            english = self._matcher.vocabulary.english
            return (english["up"], english["down"])
        if tracked.claim.kind == "boolean":
            return [group for _, group in tracked.values]
        return (tracked.say,)

    def _of(self, scene: Scene, tracked: Tracked) -> Iterator[Take]:
        seen: set[tuple[object, int]] = set()
        for value, place in self._values(scene.sentence, tracked):
            if self._ruled_out(scene.sentence, tracked, place):
                continue
            figure = _figure(scene.sentence, place, tracked.claim.unit)
            holders = self._owners(scene, figure, tracked)
            keys = self._keys(tracked, holders)
            if not keys or (value, place[0]) in seen:
                continue
            if not self._near_enough(holders, tracked):
                continue
            seen.add((value, place[0]))
            owner = holders[0] if holders else None
            verdict = Verdict(tracked, True, "says it", 1.0, keys, owner)
            yield Take(scene.sentence, figure, verdict, value)

    def _near_enough(self, holders: tuple[Owner, ...], tracked: Tracked) -> bool:
        if not holders or tracked.claim.carried:
            return True
        how = holders[0].how
        named = how == "named" or (how == "pronoun" and tracked.claim.kind == "boolean")
        return named and (tracked.claim.kind != "direction" or holders[0].cost <= MOVE_REACH)

    def _values(self, sentence: Sentence, tracked: Tracked) -> Iterator[tuple[str | bool, Place]]:
        kind = tracked.claim.kind
        if kind == "boolean":
            for name, group in tracked.values:
                for place in _apart(sentence.hits.get(group, ())):
                    yield name == "true", place
        elif kind == "direction":
            yield from self._directions(sentence, tracked)
        elif kind == "date":
            yield from _dated(sentence, tracked)
        elif tracked.values:
            yield from _listed(sentence, tracked)
        else:
            yield from self._named(sentence, tracked)

    def _named(self, sentence: Sentence, tracked: Tracked) -> Iterator[tuple[str, Place]]:
        """Values that are parties: the founder, the parent fund."""
        for actor in sentence.actors:
            if not self._fits(actor, tracked):
                continue
            for place in sentence.hits.get(tracked.say, ()):
                span = (actor.first, actor.last)
                if sentence.distance(span, place) <= PARTY_REACH:
                    yield actor.name, (min(span[0], place[0]), max(span[1], place[1]))
                    break

    def _fits(self, actor: Actor, tracked: Tracked) -> bool:
        wanted = frozenset(tracked.claim.value_roles)
        if actor.entity is not None:
            free = self._cast.by_key[actor.entity].of is None
            own = self._cast.belongs(actor.entity, tracked.subjects) is not None
            return actor.kind == "name" and bool(actor.roles & wanted) and (free or own)
        return "person" in wanted and actor.speaks and len(actor.name.split()) >= FULL_NAME

    def _directions(self, sentence: Sentence, tracked: Tracked) -> Iterator[tuple[str, Place]]:
        """Moves without a figure: "Shares in Nvidia and Meta plunged"."""
        if any(one.family in ("percent", "money") for one in sentence.figures):
            return
        english = self._matcher.vocabulary.english
        for name, group in (("up", english["up"]), ("down", english["down"])):
            for place in _longest(sentence.hits.get(group, ())):
                if sentence.words[place[1] + 1 : place[1] + 2] != ["of"]:  # "the rise of DeepSeek"
                    yield name, place

    def _ruled_out(self, sentence: Sentence, tracked: Tracked, place: Place) -> bool:
        near = (
            sentence.distance(one, place) <= RULE_OUT_REACH
            for one in sentence.hits.get(tracked.rule_out, ())
        )
        return any(near)

    def _owners(self, scene: Scene, figure: Figure, tracked: Tracked) -> tuple[Owner, ...]:
        sentence = scene.sentence
        first, last = sentence.spot(figure)
        for one in sentence.actors:  # "the open-source DeepSeek V3" names its owner itself
            if one.entity is None or not first <= one.first <= last:
                continue
            mine = self._cast.belongs(one.entity, tracked.subjects) is not None
            if one.entity in tracked.subjects or (mine and tracked.claim.kind == "boolean"):
                return (Owner(one.entity, one.name, 0, "named"),)
        return owners(sentence, figure, tracked.roles, scene.focus, self._cast)

    def _keys(self, tracked: Tracked, holders: tuple[Owner, ...]) -> tuple[str, ...]:
        if not tracked.claim.owned:
            return (tracked.claim.key,)
        keys = []
        for one in holders:
            subject = self._cast.belongs(one.key, tracked.subjects) if one.key else None
            if subject is None:
                break
            keys.append(tracked.claim.key.replace(ORG, subject))
        return tuple(dict.fromkeys(keys))


def _figure(sentence: Sentence, place: Place, unit: str) -> Figure:
    """A fact as a figure without number, so that it is owned and voiced like one."""
    start, end = sentence.starts[place[0]], sentence.ends[place[1]]
    return Figure(start, end, unit, Quantity(None, None, None, "eq", unit), "")


def _listed(sentence: Sentence, tracked: Tracked) -> Iterator[tuple[str, Place]]:
    """Values of a list near the words that say it: "trained on H800 chips"."""
    for name, group in tracked.values:
        for value in sentence.hits.get(group, ()):
            if "not" in sentence.words[max(0, value[0] - NOT_REACH) : value[0]]:
                continue
            for place in sentence.hits.get(tracked.say, ()):
                if sentence.distance(value, place) <= VALUE_REACH:
                    yield name, (min(value[0], place[0]), max(value[1], place[1]))
                    break


NOT_REACH = 5  # words: "and not the most advanced H100"


def _apart(places: Iterable[Place]) -> Iterator[Place]:
    """The places that share no word with the one before: "export controls" is said once."""
    end = -1
    for place in sorted(places, key=lambda one: (one[0], -one[1])):
        if place[0] > end:
            yield place
            end = place[1]


def _longest(places: Iterable[Place]) -> list[Place]:
    """The places that lie in no other: "took a hit", not its "hit"."""
    every = list(places)
    return [
        one
        for one in every
        if not any(two != one and two[0] <= one[0] and one[1] <= two[1] for two in every)
    ]


def _dated(sentence: Sentence, tracked: Tracked) -> Iterator[tuple[str, Place]]:
    about = tracked.claim.about
    for value, days in sentence.dates:
        if (days.end - days.start).days > LONGEST:
            continue
        if about is not None and (days.start > about.end or days.end < about.start):
            continue
        for place in sentence.hits.get(tracked.say, ()):
            if sentence.distance(value, place) <= VALUE_REACH:
                yield _iso(days), (min(value[0], place[0]), max(value[1], place[1]))
                break


def _iso(days: DateSpan) -> str:
    """The date as precise as stated; a week as start/end."""
    length = (days.end - days.start).days
    if 0 < length < 27:
        return f"{days.start.isoformat()}/{days.end.isoformat()}"
    return days.iso


def with_quotes(text: str, takes: Iterable[Take]) -> list[Take]:
    """The takes with the words of facts filled in."""
    return [
        replace(one, figure=replace(one.figure, quote=text[one.figure.start : one.figure.end]))
        if not one.figure.quote
        else one
        for one in takes
    ]
