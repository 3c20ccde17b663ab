"""Numbers that are said again: "the $5.6 million is genuine", "the correct figure is ..."."""

from collections.abc import Iterable
from decimal import Decimal

from monitor.claims.figures import COUNT, MONEY, Figure
from monitor.claims.lexicon import words_of
from monitor.claims.sentence import Sentence

SAME = Decimal("0.01")  # share of a value within which it is the same one said again
LEAST_COUNT = 1000  # smaller counts come back by chance
FRAGMENT = 8  # words and marks beside the number: "A hundred and fifty, I read somewhere."
SHORT = 18  # words of a sentence that can go on about the number of the one before
_GOING_ON = words_of("""
    is was are were be been stood reached total totalled figure number amount sum it that its had
    has they this now
""")


def goes_on(sentence: Sentence, figure: Figure) -> bool:
    """Whether the sentence can go on about the number of the one before it."""
    first, last = sentence.spot(figure)
    if len(sentence.words) - (last - first) <= FRAGMENT:
        return True
    return len(sentence.words) <= SHORT and not _GOING_ON.isdisjoint(sentence.words[:first])


def is_echo(figure: Figure, known: Iterable[Figure]) -> bool:
    """Whether the number was said before, or after, about the claim."""
    if figure.family not in (MONEY, COUNT) or figure.quantity.value is None:
        return False
    if figure.family == COUNT and figure.magnitude < LEAST_COUNT:
        return False
    return any(_same(figure, one) for one in known)


def _same(figure: Figure, other: Figure) -> bool:
    value, known = figure.quantity.value, other.quantity.value
    if value is None or known is None:
        return False
    units = {figure.quantity.unit, other.quantity.unit}
    if len(units) > 1 and not figure.bare:
        return False
    return abs(abs(value) - abs(known)) <= SAME * abs(known)
