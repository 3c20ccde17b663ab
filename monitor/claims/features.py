"""What a number looks like to a claim, as numbers that mean the same for every claim.

None of them knows a claim, a party or a word of a topic: distances, sides, sizes against the
claim's own ranges, competitors. So claims written later are judged by the same scorer.
"""

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from math import log10

from monitor.claims.claimants import ABSENT, Claimant
from monitor.claims.figures import COUNT, MONEY, Figure
from monitor.claims.lexicon import words_of
from monitor.claims.ownership import nearest_actors
from monitor.claims.sentence import Place, Sentence
from monitor.claims.surroundings import SURROUNDINGS
from monitor.claims.verdicts import BELONGS, NO_WORD, Scene, Verdict
from monitor.claims.vocabulary import NONE, Tracked, Vocabulary
from monitor.claims.weights import family_of, measures
from monitor.rules.claims import Range

CAP = 40  # words; what stands farther off counts as absent
FIRST_YEAR, LAST_YEAR = 1900, 2100  # a count of this size may be a year
MANY = 30  # sentences from which a text is simply long
LONG = 9  # sentences after which a word counts as not heard
WIDE = 12  # decades of a range that is open
ANY_SIZE = (0.0, 0.0, WIDE, 0.5)  # size.low to size.within of a number in an open range

_ROLES = ("up", "down", "lose", "win", "value", "shares", "close", "longer_span", "superlative",
          "predict", "future", "doubt", "deny", "hedge", "sure_hedge", "say")  # fmt: skip
_BEFORE = ("by", "to", "from", "of", "at", "for", "in", "on", "than", "with", "a", "the", ",", "(")
_AFTER = ("of", "in", "to", "for", "from", "on", "at", "and", ",", ".", "lower", "higher")
_VERBS = words_of("is was are were be been has have had")
HEARD = ("longer_span", "session", "span")  # groups that sentences before may have said

SHARED = (
    "sentence.place", "sentence.words", "sentence.figures", "sentence.parties", "figure.order",
    "figure.rivals", "figure.money", "figure.percent", "figure.count", "figure.bare",
    "figure.large", "figure.noun", "figure.sign", "figure.digits", "figure.exact", "figure.range",
    "figure.one_sided", "figure.yearlike", "figure.opens", "dates.near", "dates.days",
    "quoted.marks", "text.sentences", "last.percent", "last.money",
    *(f"near.{name}" for name in (*_ROLES, *SURROUNDINGS)),
    *(f"{name}.since" for name in HEARD),
    *(f"before={word}" for word in _BEFORE), "before.verb",
    *(f"after={word}" for word in _AFTER),
    "text.known", "text.naming", "text.figures",
)  # fmt: skip
OWN = (
    "claim.signed", "claim.change", "claim.level", "claim.carried", "claim.joint", "claim.words",
    "claim.day", "claim.family",
    "size.low", "size.high", "size.width", "size.within", "size.unit", "measure.fits", "about.fits",
    "say.before", "say.after", "say.count", "say.phrase", "say.nearer",
    "hint.before", "hint.after", "counted", "counts.other", "also", "also.before",
    "out.before", "out.after", "out.next", "out.behind",
    "say.since", "also.since", "counted.since",
    "rival.say", "rival.lead", "rival.count",
)  # fmt: skip
OWNER = (
    "owner.cost", "owner.before", "owner.after", "owner.named", "owner.nominal", "owner.pronoun",
    "owner.carried", "owner.topic", "owner.possessive", "owner.linked", "owner.paired",
    "owner.first", "owner.figures", "owner.rank", "owner.mentions", "owner.share", "owner.since",
    "owner.named_since",
    "other.cost", "other.lead", "other.known", "other.before", "other.after", "other.paired",
    "others", "together",
    "anybody.cost", "anybody.lead", "owner.opens", "owner.leads", "text.parties",
    "text.strangers", "text.stranger", "stranger.since", "stranger.spoken", "stranger.lead",
)  # fmt: skip
RULES = (
    "rule.taken", "rule.best", "rule.other", "rule.score", "rule.owner", "rule.word",
    "rule.refused", "sign",
)  # fmt: skip
NAMES = (*SHARED, *OWN, *OWNER, *RULES)

Vector = list[float]


def shared(scene: Scene, figure: Figure, vocabulary: Vocabulary, length: int) -> Vector:
    """What every claim sees of a number. ``length``: sentences of the text."""
    sentence = scene.sentence
    spot = sentence.spot(figure)
    words = sentence.words
    same = [one for one in sentence.figures if one.family == figure.family]
    before = words[spot[0] - 1] if spot[0] else "."
    after = words[spot[1] + 1] if spot[1] + 1 < len(words) else "."
    quantity = figure.quantity
    english = vocabulary.english
    return floats(
        (
            sentence.index / max(1, length),
            len(words),
            len(sentence.figures),
            len({one.name for one in sentence.actors}),
            same.index(figure) if figure in same else 0,
            len(same),
            figure.family == MONEY,
            figure.family == "percent",
            figure.family == COUNT,
            figure.bare,
            figure.large,
            figure.noun is not None,
            figure.sign,
            quantity.significant_digits or 0,
            quantity.bound == "eq",
            quantity.bound == "range",
            quantity.bound in ("gt", "ge", "lt", "le", "upto"),
            figure.family == COUNT and FIRST_YEAR <= figure.magnitude <= LAST_YEAR,
            spot[0] / max(1, len(words)),
            *_dated(sentence, spot),
            words[: spot[0]].count('"') % 2,
            min(length, MANY),
            *_last(sentence, figure),
            *(_nearest(sentence, english[name], spot) for name in (*_ROLES, *SURROUNDINGS)),
            *(_since_heard(scene, english[name]) for name in HEARD),
            *(before == word for word in _BEFORE),
            before in _VERBS,
            *(after == word for word in _AFTER),
            *_kind(scene, length),
        )
    )


def _kind(scene: Scene, length: int) -> tuple[float, float, float]:
    """What kind of text it is: names of configured parties, these and numbers in a sentence."""
    named = sum(scene.focus.topics.values())
    return min(named, MANY), named / max(1, length), scene.focus.figures / max(1, length)


def _dated(sentence: Sentence, spot: Place) -> tuple[float, float]:
    """How far off the nearest date stands, and how many days it spans; 0: there is none."""
    near = min(
        ((sentence.distance(place, spot), days) for place, days in sentence.dates),
        key=lambda one: one[0],
        default=None,
    )
    return (near[0], (near[1].end - near[1].start).days + 1) if near else (CAP, 0)


def _last(sentence: Sentence, figure: Figure) -> tuple[bool, bool]:
    """Whether the number before this one is a percentage, or a sum of money."""
    at = bisect_left(sentence.figures, figure.start, key=lambda one: one.start)
    family = sentence.figures[at - 1].family if at else ""
    return family == "percent", family == MONEY


def _nearest(sentence: Sentence, group: int, spot: Place) -> float:
    places = sentence.hits.get(group)
    if not places:
        return CAP
    return min(CAP, min(sentence.distance(place, spot) or CAP for place in places))


def _sides(sentence: Sentence, group: int, spot: Place) -> tuple[float, float]:
    """Distance of the nearest hit before and behind the number; inside it, none."""
    before = after = CAP
    for place in sentence.hits.get(group, ()):
        distance = sentence.distance(place, spot)
        if place[0] < spot[0] and place[1] > spot[1]:  # "wiped $600 billion off": around it
            before, after = 1, 1
        elif distance and place[0] < spot[0]:
            before = min(before, distance)
        elif distance:
            after = min(after, distance)
    return before, after


def own(scene: Scene, figure: Figure, claims: Sequence[Tracked]) -> dict[int, Vector]:
    """What each of the claims that could take a number sees of it, by the look of the claim."""
    looks = {one.look: one for one in claims}
    spot = scene.sentence.spot(figure)
    near = {look: min(_sides(scene.sentence, one.say, spot)) for look, one in looks.items()}
    ranked = sorted(near[one.look] for one in claims)
    return {
        look: floats((*_seen(scene, figure, one), *_rivals(near[look], ranked)))
        for look, one in looks.items()
    }


def _rivals(mine: float, ranked: Sequence[float]) -> tuple[float, float, float]:
    """How near the words of the nearest other claim stand, how much nearer than ``mine``, and of
    how many they are nearer. ``ranked``: the distances of all, ``mine`` among them."""
    nearest = next(iter(ranked[ranked[0] == mine :]), CAP)
    return nearest, mine - nearest, bisect_left(ranked, mine)


def floats(values: Iterable[float]) -> Vector:
    """The values as numbers of one sort: tables are made of them fast."""
    return [float(one) for one in values]


def _seen(scene: Scene, figure: Figure, tracked: Tracked) -> Vector:
    sentence, claim = scene.sentence, tracked.claim
    spot = sentence.spot(figure)
    say = _sides(sentence, tracked.say, spot)
    hint = _sides(sentence, tracked.hint, spot)
    out = _sides(sentence, tracked.rule_out, spot)
    counted = _counted(sentence, tracked, spot)
    return [
        claim.signed,
        claim.measure == "change",
        claim.measure == "level",
        claim.carried,
        claim.joint,
        len(claim.say),
        claim.period == "day",
        figure.family == family_of(tracked),
        *_size(claim.plausible, figure),
        figure.family == MONEY and figure.quantity.unit == claim.currencies[0],
        not claim.measure or figure.sign != 0 or measures(sentence, claim.measure, spot),
        _timely(sentence, tracked, spot),
        *say,
        len(sentence.hits.get(tracked.say, ())),
        max((b - a + 1 for a, b in sentence.hits.get(tracked.say, ())), default=0),
        _nearer(sentence, tracked.say, figure, min(say)),
        *hint,
        counted,
        bool(claim.counted) and figure.noun is not None and counted >= CAP,
        tracked.also == NONE or tracked.also in sentence.hits,
        tracked.also != NONE and scene.before is not None and tracked.also in scene.before.groups,
        *out,
        _nearest(sentence, tracked.rule_out_next, spot),
        _sides(sentence, tracked.rule_out_after, spot)[1],
        _since_heard(scene, tracked.say),
        _since_heard(scene, tracked.also),
        _since_heard(scene, tracked.counted),
    ]


def _since_heard(scene: Scene, group: int) -> float:
    """Sentences since a word of the group was read; 0: in this one, LONG: not lately."""
    if group in scene.sentence.groups:
        return 0
    return min(LONG, scene.sentence.index - scene.focus.heard.get(group, -LONG))


def _counted(sentence: Sentence, tracked: Tracked, spot: Place) -> float:
    behind = [place[0] - spot[1] for place in sentence.hits.get(tracked.counted, ())]
    return min((one for one in behind if one > 0), default=CAP)


def _size(plausible: Range, figure: Figure) -> tuple[float, float, float, float]:
    """Decades below and above the plausible range, its width, and the share of it below."""
    size = log10(max(float(figure.magnitude), 1e-6))
    low = log10(float(plausible.low)) if plausible.low else size
    high = log10(float(plausible.high)) if plausible.high else size
    width = high - low if plausible.low and plausible.high else WIDE
    within = (size - low) / width if plausible.low and width else 0.5
    return max(0.0, low - size), max(0.0, size - high), width, min(1.0, max(0.0, within))


def _timely(sentence: Sentence, tracked: Tracked, spot: Place) -> float:
    """-1 where the nearest date lies outside the time that the claim is about, 1 inside, else 0."""
    about = tracked.claim.about
    if about is None or not sentence.dates:
        return 0
    place, days = min(sentence.dates, key=lambda one: sentence.distance(one[0], spot))
    if sentence.distance(place, spot) > CAP // 2:
        return 0
    return 1 if days.start <= about.end and days.end >= about.start else -1


def _nearer(sentence: Sentence, group: int, figure: Figure, distance: float) -> float:
    """How much nearer the claim's words stand to another number of the sort."""
    if distance >= CAP:
        return 0
    others = [
        min(_sides(sentence, group, sentence.spots[one.start]))
        for one in sentence.figures
        if one is not figure and one.family == figure.family
    ]
    return distance - min(others, default=CAP)


def owned(
    scene: Scene,
    figure: Figure,
    kin: frozenset[str],
    parties: Sequence[Claimant],
    mine: Sequence[bool],
    together: bool,
) -> Vector:
    """Who could own the number: the nearest of ``kin`` against the nearest other."""
    sentence, focus = scene.sentence, scene.focus
    spot = sentence.spot(figure)
    ours = [one for one, is_mine in zip(parties, mine, strict=True) if is_mine]
    others = [one for one, is_mine in zip(parties, mine, strict=True) if not is_mine]
    best = ours[0] if ours else None
    other = min(others, key=lambda one: one.cost, default=None)
    cost = best.cost if best else CAP
    rival = min(CAP, other.cost) if other else CAP
    anybody = _anybody(sentence, kin, spot)
    total = sum(focus.topics.values())
    counts = sum(focus.topics.get(key, 0) for key in kin)
    how = best.how if best else "topic"
    place = best.place if best else ABSENT
    other_place = other.place if other else ABSENT
    return floats(
        (
            min(CAP, cost),
            place != ABSENT and place[1] < spot[0],
            place[0] > spot[1],
            *(how == name for name in ("named", "nominal", "pronoun", "carried", "topic")),
            best is not None and best.possessive,
            best is not None and best.linked,
            best is not None and best.paired,
            place != ABSENT and place[0] <= 2,
            _between(sentence, figure, place, spot),
            sum(one.cost < cost for one in parties),
            counts,
            counts / max(1, total),
            *_since(scene, kin),
            rival,
            min(CAP, cost) - rival,
            other is not None and other.key is not None,
            other_place != ABSENT and other_place[1] < spot[0],
            other_place[0] > spot[1],
            other is not None and other.paired,
            len(others),
            together,
            anybody,
            min(CAP, cost) - anybody,
            not kin.isdisjoint(focus.opening),
            counts > 0 and counts == max(focus.topics.values(), default=0),
            len(focus.topics),
            sum(focus.strangers.values()) / max(1, total + sum(focus.strangers.values())),
            max(focus.strangers.values(), default=0),
            min(LONG, sentence.index - focus.strange),
            min(LONG, sentence.index - focus.strange_subject),
            counts - max(focus.strangers.values(), default=0),
        )
    )


def _anybody(sentence: Sentence, kin: frozenset[str], spot: Place) -> float:
    """How far off the nearest party stands that is not of the kin, whatever it could own."""
    others = (
        sentence.distance((one.first, one.last), spot)
        for one in nearest_actors(sentence.actors, spot)
        if one.kind in ("name", "unknown") and one.entity not in kin
    )
    return min(CAP, min(others, default=CAP))


def _between(sentence: Sentence, figure: Figure, place: Place, spot: Place) -> float:
    """How many numbers of the sort stand between the party and the number."""
    if place == ABSENT:
        return 0
    low, high = min(place[1], spot[1]), max(place[0], spot[0])
    return sum(
        low < sentence.spots[one.start][0] < high
        for one in sentence.figures
        if one is not figure and one.family == figure.family
    )


def _since(scene: Scene, subjects: frozenset[str]) -> tuple[float, float]:
    """Sentences since one of them was the subject, and since one was named; at most LONG."""
    seen = scene.focus.seen
    named = max((seen[key] for key in seen.keys() & subjects), default=-LONG)
    index = scene.sentence.index
    spoken = -LONG
    for at, key in reversed(scene.focus.recent):
        if key in subjects or index - at > LONG:
            spoken = at
            break
    return min(LONG, index - spoken), min(LONG, index - named)


def ruled(key: str, verdict: Verdict, best: Verdict | None, sign: int) -> Vector:
    """What the rules alone make of it: the verdict of the claim, and the one that won."""
    taken = verdict.taken and key in verdict.keys
    reason = verdict.reason
    known = [reason.startswith(one) for one in (BELONGS, NO_WORD)]
    return floats(
        (
            taken,
            taken and verdict is best,
            best is not None and verdict is not best,
            verdict.score if taken else 0.0,
            *known,
            not verdict.taken and not any(known),
            sign,
        )
    )
