"""How the observations of one version of an article live on in the next."""

from bisect import bisect_left
from collections.abc import Callable, Collection, Hashable, Iterable, Sequence
from itertools import product

from rapidfuzz.fuzz import ratio

from monitor.history.ballots import DISSENT, content, figures, meaning
from monitor.types import LinkKind, ObservationLink, Sighting

# Changed observations of one claim that are compared with each other: articles have a handful, and
# a hostile one must not cost the square of its length (test_links.py). Further ones count as added
# and removed.
MOST_COMPARED = 100


def link(before: Sequence[Sighting], after: Sequence[Sighting]) -> tuple[ObservationLink, ...]:
    """One link for every observation of both versions, in reading order of the newer one.

    same: says the same in the same words; moved: the same, but past others that stayed; edited:
    another value, modality, speaker, qualifier or wording of the same claim; added; removed.
    Equal ones are matched first, then the most alike of the same claim; support is never matched
    with dissent while a better partner is left.
    """
    old, new = sorted(before, key=_reading_order), sorted(after, key=_reading_order)
    pairs: list[tuple[int, int]] = []
    for key in (_words, _meaning):
        pairs += _equal(old, new, pairs, key)
    equal = len(pairs)
    pairs += _alike(old, new, pairs)
    stayed = _longest_rising(sorted(pairs[:equal]))
    links = [
        (position, ObservationLink(_kind(old[i], new[j], (i, j) in stayed), old[i], new[j]))
        for position, (i, j) in ((j, (i, j)) for i, j in pairs)
    ]
    paired_old, paired_new = {i for i, _ in pairs}, {j for _, j in pairs}
    links += [
        (j, ObservationLink("added", None, new[j])) for j in range(len(new)) if j not in paired_new
    ]
    links.sort(key=lambda item: item[0])
    gone = [
        ObservationLink("removed", old[i], None) for i in range(len(old)) if i not in paired_old
    ]
    return (*(one for _, one in links), *gone)


def _reading_order(sighting: Sighting) -> tuple[int, int, str]:
    return (sighting.observation.start, sighting.observation.end, content(sighting))


def _meaning(sighting: Sighting) -> Hashable:
    return meaning(sighting)


def _words(sighting: Sighting) -> Hashable:
    return (meaning(sighting), " ".join(sighting.observation.quote.split()))


def _kind(old: Sighting, new: Sighting, stayed: bool) -> LinkKind:
    if _words(old) != _words(new):
        return "edited"
    return "same" if stayed else "moved"


def _equal(
    old: Sequence[Sighting],
    new: Sequence[Sighting],
    taken: Iterable[tuple[int, int]],
    key: Callable[[Sighting], Hashable],
) -> list[tuple[int, int]]:
    """Pairs with equal keys, first with first."""
    gone = {i for i, _ in taken}, {j for _, j in taken}
    waiting: dict[Hashable, list[int]] = {}
    for j in range(len(new) - 1, -1, -1):
        if j not in gone[1]:
            waiting.setdefault(key(new[j]), []).append(j)
    pairs = []
    for i, sighting in enumerate(old):
        if i not in gone[0] and (left := waiting.get(key(sighting))):
            pairs.append((i, left.pop()))
    return pairs


def _alike(
    old: Sequence[Sighting], new: Sequence[Sighting], taken: Iterable[tuple[int, int]]
) -> list[tuple[int, int]]:
    """The rest of each claim, most alike first."""
    gone = {i for i, _ in taken}, {j for _, j in taken}
    left = _by_claim(old, gone[0]), _by_claim(new, gone[1])
    scored = []
    for claim, olds in left[0].items():
        for i, j in product(olds, left[1].get(claim, ())):
            if _may_succeed(old[i], new[j]):
                scored.append((-_likeness(old[i], new[j]), abs(i - j), i, j))
    pairs = []
    for _, _, i, j in sorted(scored):
        if i not in gone[0] and j not in gone[1]:
            gone[0].add(i)
            gone[1].add(j)
            pairs.append((i, j))
    return pairs


def _by_claim(sightings: Sequence[Sighting], taken: Collection[int]) -> dict[str, list[int]]:
    """Places of the sightings not taken, the first ones of each claim."""
    places: dict[str, list[int]] = {}
    for place, one in enumerate(sightings):
        of_claim = places.setdefault(one.observation.claim, [])
        if place not in taken and len(of_claim) < MOST_COMPARED:
            of_claim.append(place)
    return places


def _may_succeed(one: Sighting, other: Sighting) -> bool:
    """Whether the one can have become the other: of one series, or of one value elsewhere."""
    a, b = one.observation, other.observation
    if a.claim != b.claim:
        return False
    series = dict(a.qualifiers) == dict(b.qualifiers) and a.about_start == b.about_start
    return series or figures(one) == figures(other)


def _likeness(one: Sighting, other: Sighting) -> float:
    """0..1, by what an editor is least likely to change: stance, series, speaker, value, words."""
    a, b = one.observation, other.observation
    return (
        0.4 * ((a.modality in DISSENT) == (b.modality in DISSENT))
        + 0.2 * (dict(a.qualifiers) == dict(b.qualifiers) and a.about_start == b.about_start)
        + 0.15 * (a.speaker == b.speaker)
        + 0.1 * (figures(one) == figures(other))
        + 0.15 * ratio(a.quote, b.quote) / 100
    )


def _longest_rising(pairs: Sequence[tuple[int, int]]) -> frozenset[tuple[int, int]]:
    """The longest run of pairs that kept their order; what is not in it has moved."""
    ends: list[int] = []  # newer positions at which a run of each length ends
    heads: list[int] = []
    previous: list[int] = []
    for index, (_, j) in enumerate(pairs):
        length = bisect_left(ends, j)
        previous.append(heads[length - 1] if length else -1)
        ends[length : length + 1] = [j]
        heads[length : length + 1] = [index]
    run = []
    index = heads[-1] if heads else -1
    while index >= 0:
        run.append(pairs[index])
        index = previous[index]
    return frozenset(run)
