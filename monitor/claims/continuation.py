"""Numbers that go on from the sentence before: "A hundred and fifty, I read somewhere."."""

from monitor.claims.figures import Figure
from monitor.claims.lexicon import words_of
from monitor.claims.sentence import Sentence

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
