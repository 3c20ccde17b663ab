"""Which claims a number could belong to: proposed freely, for the scorer to decide."""

from collections.abc import Sequence
from dataclasses import dataclass

from monitor.claims.claimants import Claimant, claimants
from monitor.claims.features import Vector, own, owned, ruled, shared
from monitor.claims.figures import COUNT, Figure
from monitor.claims.matching import ORG, Matcher
from monitor.claims.ownership import Owner
from monitor.claims.sentence import Sentence
from monitor.claims.verdicts import BELONGS, RULED_OUT, TOO_LONG, Scene, Verdict, best_of
from monitor.claims.vocabulary import Tracked
from monitor.claims.weights import family_of, tells

LATELY = 3  # sentences for which a party that was named, or a word, can still be meant
LONG_AGO = 100
YEAR = "year"


@dataclass(frozen=True, slots=True)
class Candidate:
    """A claim that a number could belong to."""

    scene: Scene
    figure: Figure
    tracked: Tracked
    key: str
    owner: Owner | None
    sign: int  # 1 or -1: up or down, 1 for what is no move; 0: not said
    features: Vector
    rule: str  # what the rules say of it
    is_ruled: bool = False  # whether the rules alone take it


@dataclass(frozen=True, slots=True)
class _Reached:
    """A key that a number could have, and the parties that could own it."""

    verdict: Verdict
    key: str
    side: "_Side"


@dataclass(frozen=True, slots=True, eq=False)
class _Side:
    """The parties of a number, seen from the subjects of a claim; the same for all with those."""

    subject: str  # in the place of {org}; "" in a key without
    kin: frozenset[str]
    parties: tuple[Claimant, ...]
    mine: list[bool]  # which of the parties are the subject's
    meant: bool  # whether the sentence names one of them, or the text speaks of the subject


class Proposer:
    """Proposes claims for the numbers of sentences."""

    def __init__(self, matcher: Matcher) -> None:
        self.matcher = matcher
        self.vocabulary = matcher.vocabulary
        self.cast = matcher.cast
        self.kin = {one.claim.key: self._kin(one) for one in self.vocabulary.claims}

    def _kin(self, tracked: Tracked) -> frozenset[str]:
        """Everybody who belongs to one of the subjects of a claim."""
        return frozenset(
            key for key in self.cast.by_key if self.cast.belongs(key, tracked.subjects)
        )

    def of(
        self, scene: Scene, figure: Figure, length: int, verdicts: Sequence[Verdict]
    ) -> list[Candidate]:
        """The candidates of a number. ``length``: sentences of the text."""
        reachable = self._reachable(scene, figure, verdicts)
        if not reachable:
            return []
        base = shared(scene, figure, self.vocabulary, length)
        best = best_of(verdicts)
        claims = {one.verdict.tracked.claim.key: one.verdict.tracked for one in reachable}
        seen = own(scene, figure, list(claims.values()))
        owning: dict[tuple[_Side, bool], tuple[Owner | None, Vector]] = {}
        found = []
        for one in reachable:
            tracked, verdict = one.verdict.tracked, one.verdict
            together = tracked.claim.joint and self._together(tracked, one.side.parties)
            if (one.side, together) not in owning:
                owning[one.side, together] = _owning(scene, figure, one.side, together)
            owner, whose = owning[one.side, together]
            sign = self.matcher.sign(scene, figure, tracked)
            rule = ruled(one.key, verdict, best, sign)
            row = [*base, *seen[tracked.look], *whose, *rule]
            is_ruled = verdict.taken and one.key in verdict.keys
            found.append(
                Candidate(
                    scene, figure, tracked, one.key, owner, sign, row, verdict.reason, is_ruled
                )
            )
        return found

    def _reachable(
        self, scene: Scene, figure: Figure, verdicts: Sequence[Verdict]
    ) -> list[_Reached]:
        """The claims that could have the number, with the parties that could own it."""
        known: dict[frozenset[str], tuple[Claimant, ...]] = {}
        fitting: dict[int, bool] = {}
        sides: dict[tuple[frozenset[str], frozenset[str], bool], list[_Side]] = {}
        found = []
        for verdict in verdicts:
            tracked, reason = verdict.tracked, verdict.reason
            if reason.startswith((RULED_OUT, TOO_LONG)):
                continue  # who writes a claim has the last word on what it is not
            if tracked.look not in fitting:
                fitting[tracked.look] = self._fits(scene, figure, tracked)
            if not fitting[tracked.look]:
                continue
            if tracked.roles not in known:
                known[tracked.roles] = claimants(
                    scene.sentence, figure, tracked.roles, scene.focus, self.cast
                )
            whose = tracked.roles, tracked.subjects, ORG in tracked.claim.key
            if whose not in sides:
                sides[whose] = self._sides(scene, tracked, known[tracked.roles])
            for side in sides[whose]:
                if not (side.meant or tells(tracked, figure)):
                    continue
                if not _taken_by_rival(side.parties, side.mine, reason.startswith(BELONGS)):
                    key = tracked.claim.key.replace(ORG, side.subject)
                    found.append(_Reached(verdict, key, side))
        return found

    def _fits(self, scene: Scene, figure: Figure, tracked: Tracked) -> bool:
        """Whether words here or lately, or its size, let a number be the claim's."""
        claim = tracked.claim
        groups = scene.sentence.groups
        if {tracked.say, tracked.hint, tracked.counted} & groups or (figure.sign and claim.signed):
            return True
        heard = scene.focus.heard
        if scene.sentence.index - heard.get(tracked.say, -LONG_AGO) <= LATELY:
            return True
        said = tracked.say in heard
        if not said and (figure.family == YEAR or (figure.bare and family_of(tracked) == COUNT)):
            return False  # nothing so far says what is counted, or what the year is of
        alike = figure.family == family_of(tracked) or figure.large
        return alike and claim.plausible.holds(figure.magnitude)

    def _sides(self, scene: Scene, tracked: Tracked, parties: tuple[Claimant, ...]) -> list[_Side]:
        """The sides from which the claim can be meant: with {org} one of each subject."""
        claim = tracked.claim
        if ORG not in claim.key:
            mine = [self._is_of(one, tracked.subjects, scene.sentence) for one in parties]
            implied = any("sector" in self.cast.roles[key] for key in tracked.subjects)
            topical = (
                implied
                or any(key in scene.focus.topics for key in tracked.subjects)
                or any(
                    scene.sentence.index - scene.focus.seen[key] <= LATELY
                    for key in scene.focus.seen.keys() & self.kin[claim.key]
                )
            )
            return [_Side("", self.kin[claim.key], parties, mine, any(mine) or topical)]
        found = []
        keys = dict.fromkeys(
            subject
            for one in parties
            if one.key and (subject := self.cast.belongs(one.key, tracked.subjects))
        )
        for subject in keys:
            subjects = frozenset([subject])
            mine = [self._is_of(one, subjects, scene.sentence) for one in parties]
            found.append(_Side(subject, subjects, parties, mine, meant=True))
        return found

    def _is_of(self, one: Claimant, subjects: frozenset[str], sentence: Sentence) -> bool:
        if one.key is None:
            return False
        if self.cast.belongs(one.key, subjects) is not None:
            return True
        return any(
            actor.entity in subjects and one.key in self.cast.owners[actor.entity]
            for actor in sentence.actors
            if actor.entity
        )

    def _together(self, tracked: Tracked, parties: Sequence[Claimant]) -> bool:
        """Whether several members of the group that the claim is about are named as one."""
        roles = frozenset(r for key in tracked.subjects for r in self.cast.roles[key])
        linked = [one for one in parties if one.linked and one.key]
        return sum(bool(self.cast.roles[one.key or ""] & roles) for one in linked) > 1


RIVAL_NEAR = 8  # words from which a configured rival may own the number


def _taken_by_rival(parties: Sequence[Claimant], mine: Sequence[bool], refused: bool) -> bool:
    """Whether a rival stands nearest to the number, and ours is only understood or ``refused``."""
    ours = [one for one, is_mine in zip(parties, mine, strict=True) if is_mine]
    if not ours or (not refused and any(one.how == "named" for one in ours)):
        return False
    return any(
        one.key and one.how == "named" and one.cost <= RIVAL_NEAR and one.cost < ours[0].cost
        for one, is_mine in zip(parties, mine, strict=True)
        if not is_mine
    )


def _owning(
    scene: Scene, figure: Figure, side: _Side, together: bool
) -> tuple[Owner | None, Vector]:
    """Who of a side owns the number, and what is to be seen of it."""
    mine = [True, *side.mine[1:]] if together else side.mine
    whose = owned(scene, figure, side.kin, side.parties, mine, together)
    return _owner(side.parties, mine), whose


def _owner(parties: Sequence[Claimant], mine: Sequence[bool]) -> Owner | None:
    """The nearest of the parties that are the claim's; None: only the text speaks of them."""
    best = next((one for one, is_mine in zip(parties, mine, strict=True) if is_mine), None)
    return Owner(best.key, best.name, best.cost, best.how) if best else None
