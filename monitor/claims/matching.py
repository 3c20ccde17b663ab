"""Which claim a number belongs to: words near it, its owner, its size; and why not."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from monitor.claims.actors import Cast
from monitor.claims.echo import goes_on
from monitor.claims.figures import MONEY, Figure
from monitor.claims.focus import Focus
from monitor.claims.lexicon import words_of
from monitor.claims.ownership import FAR, Owner, owners
from monitor.claims.sentence import Sentence
from monitor.claims.vocabulary import NONE, Tracked, Vocabulary
from monitor.rules.claims import Span

# Distances count words; commas and "while" count more (sentence.py).
SAY_REACH = 30
HINT_REACH = 24
COUNTED_REACH = 4  # "2,048 of the older H800 chips"
RULE_OUT_REACH = 9
NEXT_REACH = 2
SPAN_REACH = 8  # "fell 3 percent this week"
IN_MONTH_REACH, LEAST_MONTH = 3, 27  # words, days: "gained 171% in 2024"
SUPERLATIVE_REACH = 5  # "its worst day since March 2020" is still one day
DIRECTION_REACH = 16
BARE_REACH = 7  # "finished the day at 118.42"
SAY, HINT, COUNTED = 1.0, 0.6, 1.15  # what a word right beside the number is worth
PER_WORD = 0.025  # loss of worth with every word of distance
PER_OWNER_WORD = 0.012
ENOUGH = 0.2
TAKEN_BEFORE, SAID_BEFORE = 0.55, 0.45  # worth of words that only the sentence before has
GOES_ON = "goes on about it"
TAKEN_HERE, TYPICAL = 0.7, 0.4
RIVAL_REACH = 10  # a number said again is another's where his name stands this near
CARRIED_LOSS = 0.1  # a number whose owner is only understood
BARE_LOSS = 0.3  # "680 billion": of what, only the words around tell
ORG = "{org}"


@dataclass(frozen=True, slots=True)
class Verdict:
    """What one claim makes of one number. ``reason`` says which rule took or refused it."""

    tracked: Tracked
    taken: bool
    reason: str
    score: float = 0.0
    keys: tuple[str, ...] = ()  # claim keys, several where several companies share the number
    owner: Owner | None = None
    sign: int = 1


@dataclass(frozen=True, slots=True)
class Scene:
    """A sentence with what the text said before it."""

    sentence: Sentence
    focus: Focus
    before: Sentence | None = None  # the sentence before; None: none in the same paragraph
    taken_here: list[Verdict] = field(default_factory=list)  # on its numbers so far
    taken_before: tuple[Verdict, ...] = ()  # verdicts on its numbers, the latest first


@dataclass(frozen=True, slots=True)
class Take:
    """A number that a claim took."""

    sentence: Sentence
    figure: Figure
    verdict: Verdict
    value: str | bool | None = None  # of a fact; None: the number tells


class Matcher:
    """Judges numbers by the claims of a vocabulary."""

    def __init__(self, vocabulary: Vocabulary, cast: Cast) -> None:
        self.vocabulary = vocabulary
        self.cast = cast
        self.by_family: dict[str, list[Tracked]] = {}
        for tracked in vocabulary.claims:
            if tracked.claim.kind in ("number", "rank", "year"):
                self.by_family.setdefault(family_of(tracked), []).append(tracked)

    def best(self, scene: Scene, figure: Figure) -> Verdict | None:
        """The verdict of the claim that takes the number; None: no claim does."""
        taken = [one for one in self.verdicts(scene, figure) if one.taken]
        return max(taken, key=_score, default=None)

    def verdicts(self, scene: Scene, figure: Figure) -> list[Verdict]:
        """What every claim that could hold such a number makes of it."""
        known: dict[frozenset[str], tuple[Owner, ...]] = {}
        return [self._judge(scene, figure, tracked, known) for tracked in self._offered(figure)]

    def repeated(self, scene: Scene, figure: Figure, tracked: Tracked) -> Verdict:
        """The verdict on a number that the claim took elsewhere in the text."""
        reason = self._wrong_place(scene.sentence, figure, tracked)
        if reason:
            return Verdict(tracked, False, reason)
        holders = owners(scene.sentence, figure, tracked.roles, scene.focus, self.cast)
        keys = self._keys(tracked, holders, scene.sentence, figure) if holders else ()
        if holders and not keys and holders[0].cost <= RIVAL_REACH:
            return Verdict(tracked, False, f"belongs to {holders[0].name}")
        return Verdict(
            tracked,
            True,
            "said again",
            ENOUGH,
            (tracked.claim.key,),
            holders[0] if holders else None,
        )

    def _offered(self, figure: Figure) -> list[Tracked]:
        """The claims that could hold such a number; a bare one may be money or percent."""
        offered = self.by_family.get(figure.family, [])
        if figure.bare:
            offered = [*offered, *self.by_family.get(MONEY, ()), *self.by_family.get("percent", ())]
        return offered

    def _judge(
        self,
        scene: Scene,
        figure: Figure,
        tracked: Tracked,
        known: dict[frozenset[str], tuple[Owner, ...]],
    ) -> Verdict:
        sentence = scene.sentence
        reason = self._unfit(scene, figure, tracked)
        if reason:
            return Verdict(tracked, False, reason)
        worth, why = _worth(sentence, tracked, figure)
        if tracked.claim.signed and figure.sign and worth < SAY:
            worth, why = SAY, "a printed sign"
        if worth <= 0:
            worth, why = self._from_context(scene, figure, tracked)
        if worth <= 0:
            return Verdict(tracked, False, "no word of the claim near it")
        if tracked.roles not in known:
            known[tracked.roles] = owners(sentence, figure, tracked.roles, scene.focus, self.cast)
        return self._for(scene, figure, tracked, known[tracked.roles], (worth, why))

    def _from_context(self, scene: Scene, figure: Figure, tracked: Tracked) -> tuple[float, str]:
        """What a number is worth to a claim that has no word near it."""
        if any(one.tracked is tracked for one in scene.taken_here) and tracked.claim.signed:
            return TAKEN_HERE, "goes on in a list"
        before = scene.before
        said = (*reversed(scene.taken_here), *scene.taken_before)
        same = any(one.tracked is tracked for one in said)
        if same and self._given_by_another(scene.sentence, figure):
            return TAKEN_HERE, GOES_ON
        if before is not None and goes_on(scene.sentence, figure):
            if same:
                return TAKEN_BEFORE, GOES_ON
            if tracked.say in before.hits and tracked.also in (NONE, *before.hits):
                return SAID_BEFORE, "say: in the sentence before"
        typical = tracked.claim.typical
        if _tells(tracked, figure) and (not figure.bare or figure.large):
            return TYPICAL, "a size that tells"
        return 0.0, ""

    def _given_by_another(self, sentence: Sentence, figure: Figure) -> bool:
        """Whether a word of saying leads to the number: "Sensor Tower says 3.2 million"."""
        first = sentence.spot(figure)[0]
        say = self.vocabulary.english["say"]
        return any(0 < first - place[1] <= 2 for place in sentence.hits.get(say, ()))

    def _unfit(self, scene: Scene, figure: Figure, tracked: Tracked) -> str | None:
        """Why the claim cannot take such a number here; None: it can."""
        sentence, before = scene.sentence, scene.before
        if (
            tracked.also != NONE
            and tracked.also not in sentence.hits
            and (before is None or tracked.also not in before.hits)
        ):
            return "none of the words it also needs"
        return _wrong_size(sentence, figure, tracked) or self._wrong_place(
            sentence, figure, tracked
        )

    def _wrong_place(self, sentence: Sentence, figure: Figure, tracked: Tracked) -> str | None:
        claim, spot = tracked.claim, sentence.spot(figure)
        if _ruled_out(sentence, tracked, figure):
            return "a word that rules it out near it"
        if _within(sentence, tracked.rule_out_next, spot, NEXT_REACH):
            return "a word that rules it out beside it"
        if claim.measure and not figure.sign and not _measures(sentence, claim.measure, spot):
            return f"no {claim.measure}"
        if claim.about and not _about(sentence, claim.about, spot):
            return "about another time"
        if claim.period == "day" and self._longer(sentence, spot):
            return "longer than a day"
        return None

    def _longer(self, sentence: Sentence, spot: tuple[int, int]) -> bool:
        """Whether the number is about more than one session."""
        english = self.vocabulary.english
        for place, days in sentence.dates:
            behind = 0 < place[0] - spot[1] <= IN_MONTH_REACH
            if behind and (days.end - days.start).days >= LEAST_MONTH:
                return True
        for place in sentence.hits.get(english["longer_span"], ()):
            if sentence.distance(place, spot) <= SPAN_REACH and not any(
                0 <= place[0] - best[1] <= SUPERLATIVE_REACH
                for best in sentence.hits.get(english["superlative"], ())
            ):
                return True
        return False

    def _for(
        self,
        scene: Scene,
        figure: Figure,
        tracked: Tracked,
        holders: tuple[Owner, ...],
        found: tuple[float, str],
    ) -> Verdict:
        sentence, claim, (worth, why) = scene.sentence, tracked.claim, found
        if not holders and claim.typical is not None and claim.typical.holds(figure.magnitude):
            return Verdict(tracked, True, f"{why}; a size that tells", worth / 2, (claim.key,))
        if not holders:
            return Verdict(tracked, False, "nobody it could belong to")
        owner = holders[0]
        if why == GOES_ON and owner.cost > RIVAL_REACH:
            said = (*reversed(scene.taken_here), *scene.taken_before)
            before = next((one.owner for one in said if one.tracked is tracked), None)
            if before is not None:
                owner = replace(before, cost=RIVAL_REACH, how="carried")
                holders = (owner,)
        fits = claim.plausible.holds(figure.magnitude)
        if owner.how == "carried" and not fits:
            return Verdict(tracked, False, "unlikely, and its owner is not in the sentence")
        worth += _size_worth(tracked, figure, fits)
        keys = self._keys(tracked, holders, sentence, figure)
        if not keys and owner.how != "named" and _tells(tracked, figure):
            keys = (claim.key,)
        if not keys:
            return Verdict(tracked, False, f"belongs to {owner.name}")
        if owner.how == "carried" and not claim.carried:
            return Verdict(tracked, False, "its owner is not in the sentence")
        if len(holders) > 1 and ORG not in claim.key and not claim.joint:
            return Verdict(tracked, False, f"shared with {holders[1].name}")
        score = (
            worth - PER_OWNER_WORD * owner.cost - (CARRIED_LOSS if owner.how == "carried" else 0)
        )
        if score < ENOUGH:
            return Verdict(tracked, False, f"too far from {owner.name} ({score:.2f})")
        sign = self.direction(sentence, figure) if claim.signed else 1
        if sign == 0:
            said = (*reversed(scene.taken_here), *scene.taken_before)
            sign = next((one.sign for one in said if one.tracked is tracked), 0)
        if sign == 0 and scene.before is not None:
            sign = self._leaning(scene.before)
        if sign == 0:
            return Verdict(tracked, False, "no word says up or down")
        return Verdict(
            tracked, True, f"{why}; owner {owner.name} ({owner.how})", score, keys, owner, sign
        )

    def _keys(
        self, tracked: Tracked, holders: tuple[Owner, ...], sentence: Sentence, figure: Figure
    ) -> tuple[str, ...]:
        """The claim keys for the owners: empty where the first is none of the subjects."""
        subjects = [self._subject(one, tracked, sentence) for one in holders]
        if subjects[0] is None:
            return (tracked.claim.key,) if self._together(tracked, holders, figure) else ()
        if ORG not in tracked.claim.key:
            return (tracked.claim.key,)
        return tuple(dict.fromkeys(tracked.claim.key.replace(ORG, one) for one in subjects if one))

    def _together(self, tracked: Tracked, holders: tuple[Owner, ...], figure: Figure) -> bool:
        """Whether the number is of several members of a group, or too large for one."""
        if not tracked.claim.joint:
            return False
        roles = frozenset(r for key in tracked.subjects for r in self.cast.roles[key])
        members = [one for one in holders if one.key and self.cast.roles[one.key] & roles]
        typical = tracked.claim.typical
        large = typical is not None and typical.holds(figure.magnitude)
        return len(members) > 1 or (large and len(members) == 1)

    def _subject(self, owner: Owner, tracked: Tracked, sentence: Sentence) -> str | None:
        """The subject that the owner is or is part of, or that is the owner's and named here."""
        if owner.key is None:
            return None
        subject = self.cast.belongs(owner.key, tracked.subjects)
        if subject is None:
            for actor in sentence.actors:
                if actor.entity in tracked.subjects and owner.key in self.cast.owners[actor.entity]:
                    return actor.entity
        return subject

    def _leaning(self, sentence: Sentence) -> int:
        """1 or -1 where a sentence speaks of moves one way only, else 0."""
        english = self.vocabulary.english
        return (english["up"] in sentence.hits) - (english["down"] in sentence.hits)

    def direction(self, sentence: Sentence, figure: Figure) -> int:
        """1 up, -1 down, 0 not said, by the sign before the number or the nearest word."""
        spot = sentence.spot(figure)
        if figure.sign:
            return figure.sign
        english = self.vocabulary.english
        down = _nearest(sentence, english["down"], spot)
        up = _nearest(sentence, english["up"], spot)
        if min(down, up) > DIRECTION_REACH:
            return 0
        return 1 if up < down else -1


DATE_REACH = 12


def _about(sentence: Sentence, about: Span, spot: tuple[int, int]) -> bool:
    """False where a date near the number lies outside the time that the claim is about."""
    near = []
    for place, days in sentence.dates:
        since = place[0] and sentence.words[place[0] - 1] in ("since", "by", "until")
        if sentence.distance(place, spot) <= DATE_REACH and not since:
            near.append(days.start <= about.end and days.end >= about.start)
    return any(near) or not near


_LEVEL_BEFORE = words_of("to at from")


def _ruled_out(sentence: Sentence, tracked: Tracked, figure: Figure) -> bool:
    """Whether a word that rules the claim out is nearer than those that say it."""
    spot = sentence.spot(figure)
    out = _nearest_of(sentence, tracked.rule_out, spot)
    if out > RULE_OUT_REACH or _counted(sentence, tracked, spot):
        return False
    typical = tracked.claim.typical
    if typical is not None and typical.holds(figure.magnitude):
        return out <= NEXT_REACH
    return out <= NEXT_REACH or out <= _nearest_of(sentence, tracked.say, spot)


def _nearest_of(sentence: Sentence, group: int, spot: tuple[int, int]) -> int:
    """Distance of the nearest word of a group that is not part of the number."""
    distances = (sentence.distance(one, spot) for one in sentence.hits.get(group, ()))
    return min((one for one in distances if one), default=FAR)


_SUMMING = words_of("""
    amounted amounting amounts came comes equal estimated put stood close equivalent up down
    totalled
""")


def _measures(sentence: Sentence, measure: str, spot: tuple[int, int]) -> bool:
    """Whether the preposition before the number fits: "by" a change, "to" a level."""
    before = sentence.words[spot[0] - 1] if spot[0] else ""
    if measure == "level":
        return before != "by"
    verb = sentence.words[spot[0] - 2] if spot[0] > 1 else ""
    return before not in _LEVEL_BEFORE or verb in _SUMMING


UNLIKELY_LOSS, TYPICAL_GAIN = 0.25, 0.25  # worth of a size outside the plausible, of one that tells


def _size_worth(tracked: Tracked, figure: Figure, fits: bool) -> float:
    typical = tracked.claim.typical
    worth = 0.0 if fits else -UNLIKELY_LOSS
    if typical is not None and typical.holds(figure.magnitude):
        worth += TYPICAL_GAIN
    if figure.family != family_of(tracked):
        worth -= BARE_LOSS
    return worth


def _tells(tracked: Tracked, figure: Figure) -> bool:
    """Whether the size of the number alone tells the claim."""
    typical = tracked.claim.typical
    if typical is None or tracked.claim.joint:
        return False
    return typical.holds(figure.magnitude)


def _wrong_size(sentence: Sentence, figure: Figure, tracked: Tracked) -> str | None:
    claim = tracked.claim
    if not claim.accept.holds(figure.magnitude):
        return "outside the accepted range"
    if claim.kind == "rank" and figure.quantity.bound == "le":
        return "a top ten, no place"
    if figure.family == MONEY and figure.quantity.unit not in claim.currencies:
        return f"a sum in {figure.quantity.unit}"
    if figure.family != family_of(tracked):
        if not claim.plausible.holds(figure.magnitude):
            return "a bare number outside the plausible range"
        near = _within(sentence, tracked.say, sentence.spot(figure), BARE_REACH)
        if not near and not (figure.large and _tells(tracked, figure)):
            return "a bare number, and no word of the claim beside it"
    return None


def _score(verdict: Verdict) -> float:
    return verdict.score


def family_of(tracked: Tracked) -> str:
    """The family of numbers that the claim takes."""
    claim = tracked.claim
    if claim.kind in ("rank", "year"):
        return claim.kind
    return claim.unit


def _within(sentence: Sentence, group: int, spot: tuple[int, int], reach: int) -> bool:
    """Whether a word of the group stands near the number, not in it ("more than")."""
    return any(0 < sentence.distance(one, spot) <= reach for one in sentence.hits.get(group, ()))


def _nearest(sentence: Sentence, group: int, spot: tuple[int, int]) -> int:
    """Distance of the nearest word; where it stands before the number, half a word nearer."""
    best = 10**6
    for place in sentence.hits.get(group, ()):
        distance = sentence.distance(place, spot)
        if distance:
            distance += _past_comma(sentence, place, spot)
            best = min(best, 2 * distance + (place[0] > spot[1]))
    return best // 2 if best < 10**6 else best


def _worth(sentence: Sentence, tracked: Tracked, figure: Figure) -> tuple[float, str]:
    """What the words of the claim near the number are worth, and which told."""
    best, why = 0.0, ""
    spot = sentence.spot(figure)
    miscounted = bool(tracked.claim.counted and figure.noun)
    place = _counted(sentence, tracked, spot)
    if place:
        best = COUNTED - PER_WORD * (place[0] - spot[1])
        why = "counted: " + _said(sentence, place)
    for group, top, reach, name in (
        (tracked.say, SAY, SAY_REACH, "say"),
        (tracked.hint, HINT, HINT_REACH, "hint"),
    ):
        for place in sentence.hits.get(group, ()):
            distance = sentence.distance(place, spot) + _past_comma(sentence, place, spot)
            if distance <= reach and (distance or not tracked.claim.signed):
                words = place[1] - place[0]
                worth = top - PER_WORD * distance + 0.05 * min(words, 3)
                if miscounted and place[0] > spot[1]:
                    worth -= BARE_LOSS
                best, why = max((best, why), (worth, f"{name}: {_said(sentence, place)}"))
    return best, why


AFTER_COMMA = 6  # a word behind the number and a comma speaks of the next thing


def _past_comma(sentence: Sentence, place: tuple[int, int], spot: tuple[int, int]) -> int:
    if place[0] > spot[1] and spot[1] > sentence.opening:
        between = sentence.words[spot[1] + 1 : place[0]]
        if "," in between or "and" in between:
            return AFTER_COMMA
    return 0


def _counted(sentence: Sentence, tracked: Tracked, spot: tuple[int, int]) -> tuple[int, int] | None:
    """The place of the noun that says what is counted; None: not one of the claim's."""
    for place in sentence.hits.get(tracked.counted, ()):
        after = place[0] - spot[1]
        if 0 < after <= COUNTED_REACH and sentence.distance(place, spot) <= COUNTED_REACH:
            return place
    return None


def _said(sentence: Sentence, place: tuple[int, int]) -> str:
    return " ".join(sentence.words[place[0] : place[1] + 1])


def keys_possible(trackeds: Sequence[Tracked]) -> tuple[str, ...]:
    """Every key that the claims can produce."""
    keys: list[str] = []
    for tracked in trackeds:
        if ORG in tracked.claim.key:
            keys.extend(tracked.claim.key.replace(ORG, one) for one in sorted(tracked.subjects))
        else:
            keys.append(tracked.claim.key)
    return tuple(keys)
