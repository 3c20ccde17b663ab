"""What the words and the size around a number are worth to a claim, and what rules it out."""

from monitor.claims.figures import COUNT, MONEY, Figure
from monitor.claims.lexicon import words_of
from monitor.claims.ownership import FAR
from monitor.claims.sentence import Sentence
from monitor.claims.vocabulary import Tracked
from monitor.rules.claims import Span

# Distances count words; commas and "while" count more (sentence.py).
SAY_REACH = 30
HINT_REACH = 24
COUNTED_REACH = 4  # "2,048 of the older H800 chips"
RULE_OUT_REACH = 9
NEXT_REACH = 2
MOVE_OUT_REACH = 6  # "a 12% increase in revenue"
UNLIKELY_REACH = 6  # an unlikely size needs its word this near
BARE_REACH = 7  # "finished the day at 118.42"
SAY, HINT, COUNTED = 1.0, 0.6, 1.15  # what a word right beside the number is worth
PER_WORD = 0.025  # loss of worth with every word of distance
BARE_LOSS = 0.3  # "680 billion": of what, only the words around tell
DATE_REACH = 12


def about(sentence: Sentence, about: Span, spot: tuple[int, int]) -> bool:
    """False where a date near the number lies outside the time that the claim is about."""
    near = []
    for place, days in sentence.dates:
        since = place[0] and sentence.words[place[0] - 1] in ("since", "by", "until")
        if sentence.distance(place, spot) <= DATE_REACH and not since:
            near.append(days.start <= about.end and days.end >= about.start)
    return any(near) or not near


_LEVEL_BEFORE = words_of("to at from")


def ruled_out(sentence: Sentence, tracked: Tracked, figure: Figure) -> bool:
    """Whether a word that rules the claim out is nearer than those that say it."""
    spot = sentence.spot(figure)
    out = _nearest_of(sentence, tracked.rule_out, spot)
    if out > RULE_OUT_REACH or _counted(sentence, tracked, spot):
        return False
    typical = tracked.claim.typical
    if typical is not None and typical.holds(figure.magnitude):
        return out <= NEXT_REACH
    if tracked.claim.signed or tracked.claim.measure == "change":
        return out <= MOVE_OUT_REACH
    return out <= NEXT_REACH or out <= _nearest_of(sentence, tracked.say, spot)


def _nearest_of(sentence: Sentence, group: int, spot: tuple[int, int]) -> int:
    """Distance of the nearest word of a group that is not part of the number."""
    distances = (sentence.distance(one, spot) for one in sentence.hits.get(group, ()))
    return min((one for one in distances if one), default=FAR)


_SUMMING = words_of("""
    amounted amounting amounts came comes equal estimated put stood close equivalent up down
    totalled
""")


def measures(sentence: Sentence, measure: str, spot: tuple[int, int]) -> bool:
    """Whether the preposition before the number fits: "by" a change, "to" a level."""
    before = sentence.words[spot[0] - 1] if spot[0] else ""
    if measure == "level":
        return before != "by"
    verb = sentence.words[spot[0] - 2] if spot[0] > 1 else ""
    return before not in _LEVEL_BEFORE or verb in _SUMMING


UNLIKELY_LOSS, TYPICAL_GAIN = 0.25, 0.25  # worth of a size outside the plausible, of one that tells


def size_worth(tracked: Tracked, figure: Figure) -> float:
    """What the size of the number adds to its worth, or takes from it."""
    typical = tracked.claim.typical
    fits = tracked.claim.plausible.holds(figure.magnitude)
    worth = 0.0 if fits else -UNLIKELY_LOSS
    if typical is not None and typical.holds(figure.magnitude):
        worth += TYPICAL_GAIN
    if figure.family != family_of(tracked):
        worth -= BARE_LOSS
    return worth


def tells(tracked: Tracked, figure: Figure) -> bool:
    """Whether the size of the number alone tells the claim."""
    typical = tracked.claim.typical
    if typical is None or tracked.claim.joint:
        return False
    return typical.holds(figure.magnitude)


def could_hold(tracked: Tracked, figure: Figure) -> bool:
    """Whether a number is of the sort that the claim takes, whatever the words around it."""
    claim = tracked.claim
    if claim.kind == "rank" and figure.quantity.bound == "le":
        return False  # a top ten is no place
    if figure.family == MONEY and figure.quantity.unit not in claim.currencies:
        return False
    return claim.accept.holds(figure.magnitude)


def wrong_size(sentence: Sentence, figure: Figure, tracked: Tracked) -> str | None:
    """Why the size of the number is none of the claim's here; None: it could be."""
    claim = tracked.claim
    spot = sentence.spot(figure)
    fits = claim.plausible.holds(figure.magnitude)
    if (
        not fits
        and claim.say
        and not (
            within(sentence, tracked.say, spot, UNLIKELY_REACH) or _counted(sentence, tracked, spot)
        )
    ):
        return "an unlikely size, and no word of the claim beside it"
    if figure.family != family_of(tracked):
        if not claim.plausible.holds(figure.magnitude):
            return "a bare number outside the plausible range"
        near = within(sentence, tracked.say, sentence.spot(figure), BARE_REACH)
        if not near and not (figure.large and tells(tracked, figure)):
            return "a bare number, and no word of the claim beside it"
    return None


def family_of(tracked: Tracked) -> str:
    """The family of numbers that the claim takes."""
    claim = tracked.claim
    if claim.kind in ("rank", "year"):
        return claim.kind
    return claim.unit


def within(sentence: Sentence, group: int, spot: tuple[int, int], reach: int) -> bool:
    """Whether a word of the group stands near the number, not in it ("more than")."""
    return any(0 < sentence.distance(one, spot) <= reach for one in sentence.hits.get(group, ()))


def nearest(sentence: Sentence, group: int, spot: tuple[int, int]) -> int:
    """Distance of the nearest word; where it stands before the number, half a word nearer."""
    best = 10**6
    for place in sentence.hits.get(group, ()):
        distance = sentence.distance(place, spot)
        if distance:
            distance += _past_comma(sentence, place, spot)
            best = min(best, 2 * distance + (place[0] > spot[1]))
    return best // 2 if best < 10**6 else best


def word_worth(sentence: Sentence, tracked: Tracked, figure: Figure) -> tuple[float, str]:
    """What the words of the claim near the number are worth, and which told."""
    best, why = 0.0, ""
    spot = sentence.spot(figure)
    miscounted = bool(tracked.claim.counted and figure.noun)
    things = names_things(figure)
    place = _counted(sentence, tracked, spot)
    if place:
        best = COUNTED - PER_WORD * (place[0] - spot[1])
        why = "counted: " + _said(sentence, place)
    for group, top, reach, name in (
        (tracked.say, SAY, SAY_REACH, "say"),
        (tracked.hint, HINT, HINT_REACH, "hint"),
    ):
        for place in sentence.hits.get(group, ()):
            if spot[0] <= place[0] and place[1] <= spot[1] and figure.family in UNITED:
                continue  # "up to $90" says nothing of a rise
            if things and _of_another(sentence, place, spot):
                continue
            distance = sentence.distance(place, spot) + _past_comma(sentence, place, spot)
            if distance <= reach and (distance or not tracked.claim.signed):
                words = place[1] - place[0]
                worth = top - PER_WORD * distance + 0.05 * min(words, 3)
                if miscounted and place[0] > spot[1]:
                    worth -= BARE_LOSS
                best, why = max((best, why), (worth, f"{name}: {_said(sentence, place)}"))
    return best, why


def counts_other(tracked: Tracked, figure: Figure, sentence: Sentence) -> bool:
    """Whether a noun right behind the number says that it counts other things: "900 boats"."""
    if not tracked.claim.counted or not names_things(figure):
        return False
    spot = sentence.spot(figure)
    said = any(0 < one[0] - spot[1] <= NEXT_REACH for one in sentence.hits.get(tracked.say, ()))
    return not said and _counted(sentence, tracked, spot) is None


def names_things(figure: Figure) -> bool:
    """Whether the text says in the plural what a count counts: "1,900 homes"."""
    noun = figure.noun or ""
    if figure.family != COUNT or not noun or figure.quote.endswith(noun):  # "3 million times"
        return False
    counted = noun.split()[0]
    return counted.endswith("s") or counted in _MANY


_MANY = words_of("people men women children cattle sheep aircraft")


def _of_another(sentence: Sentence, place: tuple[int, int], spot: tuple[int, int]) -> bool:
    """Whether a word is what another number counts: "21,000 hectares and 137 homes"."""
    return any(place[0] - one[1] == 1 for one in sentence.spots.values() if one != spot)


UNITED = (MONEY, "percent")  # families whose claims are not said by the number itself
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
