"""Which claim a number belongs to: words near it, its owner, its size; and why not."""

from collections.abc import Sequence, Set
from dataclasses import dataclass, replace

from monitor.claims.actors import Cast
from monitor.claims.continuation import goes_on
from monitor.claims.figures import COUNT, MONEY, Figure
from monitor.claims.ownership import Owner, owners
from monitor.claims.sentence import Sentence
from monitor.claims.verdicts import (
    BELONGS,
    COUNTS,
    LACKS,
    NO_WORD,
    RULED_OUT,
    TOO_LONG,
    Scene,
    Verdict,
)
from monitor.claims.vocabulary import NONE, Tracked, Vocabulary
from monitor.claims.weights import (
    NEXT_REACH,
    SAY,
    about,
    could_hold,
    counts_other,
    family_of,
    measures,
    names_things,
    nearest,
    ruled_out,
    size_worth,
    tells,
    within,
    word_worth,
    wrong_size,
)

SPAN_REACH = 8  # "fell 3 percent this week"
IN_MONTH_REACH, LEAST_MONTH = 3, 27  # words, days: "gained 171% in 2024"
SUPERLATIVE_REACH = 5  # "its worst day since March 2020" is still one day
DIRECTION_REACH = 16
PER_OWNER_WORD = 0.012
ENOUGH = 0.2
TAKEN_BEFORE, SAID_BEFORE = 0.55, 0.45  # worth of words that only the sentence before has
GOES_ON = "goes on about it"
TAKEN_HERE, TYPICAL = 0.7, 0.4
RIVAL_REACH = 10  # a number said again is another's where his name stands this near
CARRIED_LOSS = 0.1  # a number whose owner is only understood
ORG = "{org}"
NUMERIC = ("number", "rank", "year")  # kinds of claims that take numbers


@dataclass(frozen=True, slots=True)
class Asked:
    """The claims that are asked about the numbers of a text."""

    claims: dict[str, list[Tracked]]  # by family
    unnamed: set[str]  # keys of those whose subjects the text does not name

    def about(self, figure: Figure) -> list[Tracked]:
        """The claims that could hold it; "a 500-billion project" may be money, "17" percent."""
        asked = self.claims.get(figure.family, [])
        if figure.bare or (figure.family == COUNT and (figure.sign or _could_be_money(figure))):
            asked = [*asked, *self.claims.get(MONEY, ()), *self.claims.get("percent", ())]
        looks = {one.look: one for one in asked}
        holding = {look for look, one in looks.items() if could_hold(one, figure)}
        return [
            one
            for one in asked
            if one.look in holding and (one.claim.key not in self.unnamed or tells(one, figure))
        ]


class Matcher:
    """Judges numbers by the claims of a vocabulary."""

    def __init__(self, vocabulary: Vocabulary, cast: Cast) -> None:
        self.vocabulary = vocabulary
        self.cast = cast
        self._numeric = [one for one in vocabulary.claims if one.claim.kind in NUMERIC]

    def about(self, named: Set[str], above: Set[str], heard: Set[int]) -> Asked:
        """The claims that a text can speak of. ``named``: the parties that it names, and those that
        they are part of; ``above``: those of its headline; ``heard``: its word groups.

        A claim of whose subjects none is named gets no number, for nobody could own it; but for
        those of a whole sector, which stays unnamed, and sizes that tell the claim alone in a text
        that has its words, and no headline about somebody else who could own them.
        """
        found = Asked({}, set())
        for one in self._numeric:
            sector = any("sector" in self.cast.roles[key] for key in one.subjects)
            if not sector and not one.claim.joint and one.subjects.isdisjoint(named):
                if not self._tells(one, above, heard):
                    continue
                found.unnamed.add(one.claim.key)
            found.claims.setdefault(family_of(one), []).append(one)
        return found

    def _tells(self, tracked: Tracked, above: Set[str], heard: Set[int]) -> bool:
        """Whether a size can tell a claim in a text that does not name its subject."""
        if tracked.claim.typical is None or not {tracked.say, tracked.counted} & heard:
            return False
        if tracked.also != NONE and tracked.also not in heard:
            return False
        return not any(tracked.roles & self.cast.roles[key] for key in above)

    def verdicts(self, scene: Scene, figure: Figure, claims: Sequence[Tracked]) -> list[Verdict]:
        """What each of the claims makes of a number."""
        known: dict[frozenset[str], tuple[Owner, ...]] = {}
        looks: dict[int, tuple[float, str]] = {}
        said = [one.tracked for one in scene.said]
        found = []
        for tracked in claims:
            if any(one is tracked for one in said):
                worth = self._worth(scene, figure, tracked)
            elif tracked.look in looks:
                worth = looks[tracked.look]
            else:
                worth = looks[tracked.look] = self._worth(scene, figure, tracked)
            if worth[0] <= 0:
                found.append(Verdict(tracked, False, worth[1]))
                continue
            if tracked.roles not in known:
                known[tracked.roles] = owners(
                    scene.sentence, figure, tracked.roles, scene.focus, self.cast
                )
            found.append(self._for(scene, figure, tracked, known[tracked.roles], worth))
        return found

    def _worth(self, scene: Scene, figure: Figure, tracked: Tracked) -> tuple[float, str]:
        """What the words and the size say for the claim, and which; 0 or less: why it is refused.

        The same for all claims of one look that took no number lately.
        """
        reason = self._unfit(scene, figure, tracked)
        if reason:
            return 0.0, reason
        value, why = word_worth(scene.sentence, tracked, figure)
        if tracked.claim.signed and figure.sign and value < SAY:
            value, why = SAY, "a printed sign"
        if value <= 0:
            value, why = self._from_context(scene, figure, tracked)
        return (value, why) if value > 0 else (0.0, NO_WORD)

    def _from_context(self, scene: Scene, figure: Figure, tracked: Tracked) -> tuple[float, str]:
        """What a number is worth to a claim that has no word near it."""
        if any(one.tracked is tracked for one in scene.taken_here) and tracked.claim.signed:
            return TAKEN_HERE, "goes on in a list"
        before = scene.before
        same = any(one.tracked is tracked for one in scene.said)
        if same and self._given_by_another(scene.sentence, figure):
            return TAKEN_HERE, GOES_ON
        if before is not None and goes_on(scene.sentence, figure):
            if same and not names_things(figure):
                return TAKEN_BEFORE, GOES_ON
            if tracked.say in before.hits and tracked.also in (NONE, *before.hits):
                return SAID_BEFORE, "say: in the sentence before"
        if tells(tracked, figure) and (not figure.bare or figure.large):
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
            return LACKS
        if counts_other(tracked, figure, sentence):
            return f"{COUNTS}{figure.noun}"
        return wrong_size(sentence, figure, tracked) or self._wrong_place(sentence, figure, tracked)

    def _wrong_place(self, sentence: Sentence, figure: Figure, tracked: Tracked) -> str | None:
        claim, spot = tracked.claim, sentence.spot(figure)
        if ruled_out(sentence, tracked, figure):
            return f"{RULED_OUT}near it"
        if within(sentence, tracked.rule_out_next, spot, NEXT_REACH):
            return f"{RULED_OUT}beside it"
        if any(0 < one[0] - spot[1] <= 1 for one in sentence.hits.get(tracked.rule_out_after, ())):
            return f"{RULED_OUT}behind it"
        if claim.measure and not figure.sign and not measures(sentence, claim.measure, spot):
            return f"no {claim.measure}"
        if claim.about and not about(sentence, claim.about, spot):
            return "about another time"
        if claim.period == "day" and self._longer(sentence, spot):
            return TOO_LONG
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
        claim, (worth, why) = tracked.claim, found
        if not holders:
            if tells(tracked, figure):
                return Verdict(tracked, True, f"{why}; a size that tells", worth / 2, (claim.key,))
            return Verdict(tracked, False, "nobody it could belong to")
        if why == GOES_ON and holders[0].cost > RIVAL_REACH:
            holders = self._as_before(scene, tracked) or holders
        owner = holders[0]
        keys = self._keys(tracked, holders, scene.sentence, figure)
        spoken_of = not tracked.subjects.isdisjoint(scene.focus.topics)
        if not keys and spoken_of and owner.how != "named" and tells(tracked, figure):
            keys = (claim.key,)
        refused = _refused(tracked, figure, holders, keys)
        if refused:
            return Verdict(tracked, False, refused)
        worth += size_worth(tracked, figure) - PER_OWNER_WORD * owner.cost
        worth -= CARRIED_LOSS if owner.how == "carried" else 0
        if worth < ENOUGH:
            return Verdict(tracked, False, f"too far from {owner.name} ({worth:.2f})")
        sign = self.sign(scene, figure, tracked)
        if sign == 0:
            return Verdict(tracked, False, "no word says up or down")
        why = f"{why}; owner {owner.name} ({owner.how})"
        return Verdict(tracked, True, why, worth, keys, owner, sign)

    def _as_before(self, scene: Scene, tracked: Tracked) -> tuple[Owner, ...]:
        """The owner of the number that this one goes on from."""
        for one in scene.said:
            if one.tracked is tracked and one.owner is not None:
                return (replace(one.owner, cost=RIVAL_REACH, how="carried"),)
        return ()

    def sign(self, scene: Scene, figure: Figure, tracked: Tracked) -> int:
        """1 or -1: up or down; always 1 for claims that are no moves; 0: not said."""
        if not tracked.claim.signed:
            return 1
        sign = self.direction(scene.sentence, figure)
        if sign == 0:
            sign = next((one.sign for one in scene.said if one.tracked is tracked), 0)
        if sign == 0 and scene.before is not None:
            sign = self._leaning(scene.before)
        return sign

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
        down = nearest(sentence, english["down"], spot)
        up = nearest(sentence, english["up"], spot)
        if min(down, up) > DIRECTION_REACH:
            return 0
        return 1 if up < down else -1


def _could_be_money(figure: Figure) -> bool:
    """Whether it may be money: "a 500-billion project", not "600 billion users"."""
    return figure.large and not any(word.endswith("s") for word in (figure.noun or "").split())


def _refused(
    tracked: Tracked, figure: Figure, holders: tuple[Owner, ...], keys: tuple[str, ...]
) -> str | None:
    """Why the claim cannot have a number of these owners; None: it can."""
    claim, owner = tracked.claim, holders[0]
    if not keys:
        return f"{BELONGS}{owner.name}"
    if owner.how == "carried" and not claim.carried:
        return "its owner is not in the sentence"
    if owner.how == "carried" and not claim.plausible.holds(figure.magnitude):
        return "unlikely, and its owner is not in the sentence"
    if len(holders) > 1 and ORG not in claim.key and not claim.joint:
        return f"shared with {holders[1].name}"
    return None
