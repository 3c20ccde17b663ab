"""Which claim a number belongs to: words near it, its owner, its size; and why not."""

from collections.abc import Sequence
from dataclasses import dataclass

from monitor.claims.actors import Cast
from monitor.claims.figures import MONEY, Figure
from monitor.claims.ownership import Focus, Owner, owners
from monitor.claims.sentence import Sentence
from monitor.claims.vocabulary import NONE, Tracked, Vocabulary

# Distances count words; commas and "while" count more (sentence.py).
SAY_REACH = 30
HINT_REACH = 24
COUNTED_REACH = 4  # "2,048 of the older H800 chips"
RULE_OUT_REACH = 9
NEXT_REACH = 2
SPAN_REACH = 8  # "fell 3 percent this week"
SUPERLATIVE_REACH = 5  # "its worst day since March 2020" is still one day
DIRECTION_REACH = 16
SAY, HINT, COUNTED = 1.0, 0.6, 1.15  # what a word right beside the number is worth
PER_WORD = 0.025  # loss of worth with every word of distance
PER_OWNER_WORD = 0.012
ENOUGH = 0.2
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


class Matcher:
    """Judges numbers by the claims of a vocabulary."""

    def __init__(self, vocabulary: Vocabulary, cast: Cast) -> None:
        self.vocabulary = vocabulary
        self.cast = cast
        self.by_family: dict[str, list[Tracked]] = {}
        for tracked in vocabulary.claims:
            if tracked.claim.kind in ("number", "rank", "year"):
                self.by_family.setdefault(family_of(tracked), []).append(tracked)

    def best(self, sentence: Sentence, figure: Figure, focus: Focus) -> Verdict | None:
        """The verdict of the claim that takes the number; None: no claim does."""
        taken = [one for one in self.verdicts(sentence, figure, focus) if one.taken]
        return max(taken, key=_score, default=None)

    def verdicts(self, sentence: Sentence, figure: Figure, focus: Focus) -> list[Verdict]:
        """What every claim that could hold such a number makes of it."""
        known: dict[frozenset[str], tuple[Owner, ...]] = {}
        return [
            self._judge(sentence, figure, tracked, focus, known)
            for tracked in self.by_family.get(figure.family, ())
        ]

    def _judge(
        self,
        sentence: Sentence,
        figure: Figure,
        tracked: Tracked,
        focus: Focus,
        known: dict[frozenset[str], tuple[Owner, ...]],
    ) -> Verdict:
        reason = self._unfit(sentence, figure, tracked)
        if reason:
            return Verdict(tracked, False, reason)
        worth, why = _worth(sentence, tracked, sentence.spots[figure.start])
        if worth <= 0:
            return Verdict(tracked, False, "no word of the claim near it")
        if tracked.roles not in known:
            known[tracked.roles] = owners(sentence, figure, tracked.roles, focus, self.cast)
        return self._for(sentence, figure, tracked, known[tracked.roles], (worth, why))

    def _unfit(self, sentence: Sentence, figure: Figure, tracked: Tracked) -> str | None:
        claim, spot = tracked.claim, sentence.spots[figure.start]
        if not claim.accept.holds(figure.magnitude):
            return "outside the accepted range"
        if figure.family == MONEY and figure.quantity.unit not in claim.currencies:
            return f"a sum in {figure.quantity.unit}"
        if tracked.also != NONE and tracked.also not in sentence.hits:
            return "none of the words it also needs in the sentence"
        if _within(sentence, tracked.rule_out, spot, RULE_OUT_REACH):
            return "a word that rules it out near it"
        if _within(sentence, tracked.rule_out_next, spot, NEXT_REACH):
            return "a word that rules it out beside it"
        if claim.period == "day" and self._longer(sentence, spot):
            return "longer than a day"
        return None

    def _longer(self, sentence: Sentence, spot: tuple[int, int]) -> bool:
        """Whether the number is about more than one session."""
        english = self.vocabulary.english
        for place in sentence.hits.get(english["longer_span"], ()):
            if sentence.distance(place, spot) <= SPAN_REACH and not any(
                0 <= place[0] - best[1] <= SUPERLATIVE_REACH
                for best in sentence.hits.get(english["superlative"], ())
            ):
                return True
        return False

    def _for(
        self,
        sentence: Sentence,
        figure: Figure,
        tracked: Tracked,
        holders: tuple[Owner, ...],
        found: tuple[float, str],
    ) -> Verdict:
        claim, (worth, why) = tracked.claim, found
        if not holders:
            return Verdict(tracked, False, "nobody it could belong to")
        owner = holders[0]
        keys = self._keys(tracked, holders)
        if not keys:
            return Verdict(tracked, False, f"belongs to {owner.name}")
        if owner.how == "carried" and not claim.carried:
            return Verdict(tracked, False, "its owner is not in the sentence")
        if len(holders) > 1 and ORG not in claim.key and not claim.joint:
            return Verdict(tracked, False, f"shared with {holders[1].name}")
        score = worth - PER_OWNER_WORD * owner.cost
        if score < ENOUGH:
            return Verdict(tracked, False, f"too far from {owner.name} ({score:.2f})")
        sign = self.direction(sentence, figure) if claim.signed else 1
        if sign == 0:
            return Verdict(tracked, False, "no word says up or down")
        return Verdict(
            tracked, True, f"{why}; owner {owner.name} ({owner.how})", score, keys, owner, sign
        )

    def _keys(self, tracked: Tracked, holders: tuple[Owner, ...]) -> tuple[str, ...]:
        """The claim keys for the owners: empty where the first is none of the subjects."""
        subjects = [
            self.cast.belongs(one.key, tracked.subjects) if one.key else None for one in holders
        ]
        if subjects[0] is None:
            return ()
        if ORG not in tracked.claim.key:
            return (tracked.claim.key,)
        return tuple(dict.fromkeys(tracked.claim.key.replace(ORG, one) for one in subjects if one))

    def direction(self, sentence: Sentence, figure: Figure) -> int:
        """1 up, -1 down, 0 not said, by the sign before the number or the nearest word."""
        spot = sentence.spots[figure.start]
        number = figure.quantity.value if figure.quantity.value is not None else figure.quantity.low
        if number is not None and number < 0:
            return -1
        before = sentence.words[max(0, spot[0] - 1) : spot[1] + 1]
        if (
            before
            and before[0] in ("-", "\u2013", "minus")
            and spot[0]
            and sentence.starts[spot[0]] == sentence.ends[spot[0] - 1]
        ):
            return -1
        if before and before[0] in ("+", "plus"):
            return 1
        english = self.vocabulary.english
        down = _nearest(sentence, english["down"], spot)
        up = _nearest(sentence, english["up"], spot)
        if min(down, up) > DIRECTION_REACH:
            return 0
        return 1 if up < down else -1


def _score(verdict: Verdict) -> float:
    return verdict.score


def family_of(tracked: Tracked) -> str:
    """The family of numbers that the claim takes."""
    claim = tracked.claim
    if claim.kind in ("rank", "year"):
        return claim.kind
    return claim.unit


def _within(sentence: Sentence, group: int, spot: tuple[int, int], reach: int) -> bool:
    nearest = sentence.nearest(group, spot) if group != NONE else None
    return nearest is not None and nearest <= reach


def _nearest(sentence: Sentence, group: int, spot: tuple[int, int]) -> int:
    """Distance of the nearest word; where it stands before the number, half a word nearer."""
    best = 10**6
    for place in sentence.hits.get(group, ()):
        distance = 2 * sentence.distance(place, spot) + (place[0] > spot[1])
        best = min(best, distance)
    return best // 2 if best < 10**6 else best


def _worth(sentence: Sentence, tracked: Tracked, spot: tuple[int, int]) -> tuple[float, str]:
    """What the words of the claim near the number are worth, and which told."""
    best, why = 0.0, ""
    for place in sentence.hits.get(tracked.counted, ()):
        if (
            0 < place[0] - spot[1] <= COUNTED_REACH
            and sentence.distance(place, spot) <= COUNTED_REACH
        ):
            worth = COUNTED - PER_WORD * (place[0] - spot[1])
            best, why = max((best, why), (worth, "counted: " + _said(sentence, place)))
    for group, top, reach, name in (
        (tracked.say, SAY, SAY_REACH, "say"),
        (tracked.hint, HINT, HINT_REACH, "hint"),
    ):
        for place in sentence.hits.get(group, ()):
            distance = sentence.distance(place, spot)
            if distance <= reach:
                words = place[1] - place[0]
                worth = top - PER_WORD * distance + 0.05 * min(words, 3)
                best, why = max((best, why), (worth, f"{name}: {_said(sentence, place)}"))
    return best, why


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
