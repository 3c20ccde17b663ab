"""What the rest of a text says about a candidate: who else wants the number, where else it stands.

Read from a first opinion of every candidate, for the second and last one.
"""

from collections import Counter
from collections.abc import Hashable, Iterable, Mapping, Sequence
from math import log10

from monitor.claims.candidates import Candidate

NAMES = (
    "first", "claim.rival", "sentence.same", "figure.before", "figure.behind", "sentence.before",
    "value.same", "value.other", "text.best", "text.ratio", "text.count",
    "text.sum", "text.density", "text.numbers", "party.ruled", "key.ruled",
)  # fmt: skip
LIKELY = 0.5  # first opinion from which a candidate counts as taken
FAR_OFF = 3.0  # decades from which two sizes are simply different

Vector = list[float]


class _Best:
    """The two best opinions of a group, so that each member can be told the best of the others."""

    __slots__ = ("first", "place", "second")

    def __init__(self) -> None:
        self.first = self.second = 0.0
        self.place = -1

    def add(self, place: int, opinion: float) -> None:
        if self.place < 0 or opinion > self.first:
            self.first, self.second, self.place = opinion, self.first, place
        else:
            self.second = max(self.second, opinion)

    def without(self, place: int) -> float:
        return self.second if place == self.place else self.first


class _Groups:
    """Opinions by group."""

    def __init__(self, keys: Iterable[Hashable], opinions: Sequence[float]) -> None:
        self.keys = list(keys)
        self.best: dict[Hashable, _Best] = {}
        for place, key in enumerate(self.keys):
            self.best.setdefault(key, _Best()).add(place, opinions[place])

    def others(self, place: int) -> float:
        """The best opinion in the group of a candidate, its own left out."""
        return self.best[self.keys[place]].without(place)

    def of(self, key: Hashable) -> float:
        """The best opinion of a group; 0 where it is empty."""
        best = self.best.get(key)
        return best.first if best else 0.0


def context(candidates: Sequence[Candidate], opinions: Sequence[float]) -> list[Vector]:
    """The context of every candidate of one text, in their order."""
    order = {start: at for at, start in enumerate(dict.fromkeys(_start(c) for c in candidates))}
    numbers = [order[_start(one)] for one in candidates]
    places = [one.scene.sentence.index for one in candidates]
    claims = [one.tracked.claim.key for one in candidates]
    keys = [one.key for one in candidates]
    values = [_rounded(one) for one in candidates]
    by_sentence = _Groups(zip(places, keys, strict=True), opinions)
    by_place = _Groups(zip(places, numbers, claims, strict=True), opinions)
    by_key = _Groups(keys, opinions)
    by_value = _Groups(zip(values, keys, strict=True), opinions)
    rivals = _rivals(numbers, claims, opinions)
    elsewhere = _rivals(values, keys, opinions)
    likely: dict[str, int] = {}
    for key, opinion in zip(keys, opinions, strict=True):
        likely[key] = likely.get(key, 0) + (opinion > LIKELY)
    claimed = _total(numbers, opinions)
    ruled = Counter(one.tracked.subjects for one in candidates if one.is_ruled)
    taken = Counter(one.key for one in candidates if one.is_ruled)
    subjects = {one.tracked.subjects for one in candidates}
    parties = {one: _ruled_about(one, ruled) for one in subjects}
    found = []
    for at in range(len(candidates)):
        leader = by_key.best[keys[at]]
        found.append(
            [
                opinions[at],
                rivals[at],
                by_sentence.others(at),
                by_place.of((places[at], numbers[at] - 1, claims[at])),
                by_place.of((places[at], numbers[at] + 1, claims[at])),
                by_sentence.of((places[at] - 1, keys[at])),
                by_value.others(at),
                elsewhere[at],
                by_key.others(at),
                _apart(candidates, at, leader),
                likely[keys[at]],
                claimed,
                claimed / len(order),
                len(order),
                parties[candidates[at].tracked.subjects],
                taken[keys[at]],
            ]
        )
    return found


def _total(numbers: Sequence[int], opinions: Sequence[float]) -> float:
    """How many numbers of the text belong to a claim, by their best opinions."""
    best: dict[int, float] = {}
    for number, opinion in zip(numbers, opinions, strict=True):
        best[number] = max(best.get(number, 0.0), opinion)
    return sum(best.values())


def _ruled_about(subjects: frozenset[str], ruled: Mapping[frozenset[str], int]) -> int:
    """How many numbers the rules take for claims about one of the subjects."""
    return sum(count for key, count in ruled.items() if not subjects.isdisjoint(key))


def _start(one: Candidate) -> int:
    return one.figure.start


def _rounded(one: Candidate) -> Hashable:
    """What numbers that are the same one said again have in common: two digits of its size."""
    size = float(one.figure.magnitude)
    return one.figure.family, f"{size:.1e}"


def _rivals(
    groups: Sequence[Hashable], claims: Sequence[str], opinions: Sequence[float]
) -> list[float]:
    """For each candidate the best opinion in its group that is of another claim."""
    best: dict[Hashable, dict[str, float]] = {}
    for group, claim, opinion in zip(groups, claims, opinions, strict=True):
        mine = best.setdefault(group, {})
        mine[claim] = max(mine.get(claim, 0.0), opinion)
    # The two best claims of a group tell the best other one of each of its claims.
    two = {group: sorted(mine.values(), reverse=True)[:2] for group, mine in best.items()}
    return [
        0.0 if len(two[group]) < 2 else two[group][best[group][claim] == two[group][0]]
        for group, claim in zip(groups, claims, strict=True)
    ]


def _apart(candidates: Sequence[Candidate], at: int, leader: _Best) -> float:
    """Decades between the number and the likeliest of its claim; -1: there is none, or it is it."""
    if leader.place == at or leader.first <= LIKELY:
        return -1.0
    size = max(float(candidates[at].figure.magnitude), 1e-6)
    other = max(float(candidates[leader.place].figure.magnitude), 1e-6)
    return min(FAR_OFF, abs(log10(size / other)))
