"""Numbers that keep coming back near a known party and that no claim takes."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from monitor.claims.figures import Figure
from monitor.claims.reader import Reader
from monitor.claims.sentence import Sentence

LEAST = 2  # sightings of a kind of number before it is suggested
CLOSE = 12  # words of distance from the number to the party
WORDS_NEAR = 4  # words on either side that may say what the number is
_SHORT = 3  # letters; shorter words say nothing
_FAMILIES = frozenset({"money", "percent", "count", "ratio", "rank", "months", "years"})


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A claim that could be written. ``draft`` is TOML to start from."""

    entity: str
    unit: str
    seen: int
    words: tuple[str, ...]
    quotes: tuple[str, ...]
    draft: str


def suggest(reader: Reader, texts: Iterable[str], limit: int = 20) -> tuple[Suggestion, ...]:
    """The most frequent kinds of number that no claim takes, most frequent first."""
    words: dict[tuple[str, str], Counter[str]] = {}
    quotes: dict[tuple[str, str], list[str]] = {}
    for text in texts:
        for sentence, figure in reader.untaken(text):
            entity = _party(sentence, figure)
            if entity is None or figure.family not in _FAMILIES:
                continue
            kind = (entity, figure.family)
            words.setdefault(kind, Counter()).update(_near(sentence, figure))
            quotes.setdefault(kind, []).append(figure.quote)
    found = [_suggestion(kind, words[kind], quotes[kind]) for kind in quotes]
    found = [one for one in found if one.seen >= LEAST]
    return tuple(sorted(found, key=lambda one: (-one.seen, one.entity, one.unit))[:limit])


def _party(sentence: Sentence, figure: Figure) -> str | None:
    spot = sentence.spot(figure)
    near = [
        (distance, actor.entity)
        for actor in sentence.actors
        if actor.entity is not None
        and (distance := sentence.distance((actor.first, actor.last), spot)) <= CLOSE
    ]
    return min(near)[1] if near else None


def _near(sentence: Sentence, figure: Figure) -> set[str]:
    first, last = sentence.spot(figure)
    around = sentence.words[max(0, first - WORDS_NEAR) : first]
    around += sentence.words[last + 1 : last + 1 + WORDS_NEAR]
    return {word for word in around if word.isalpha() and len(word) > _SHORT}


def _suggestion(kind: tuple[str, str], words: Counter[str], quotes: list[str]) -> Suggestion:
    entity, unit = kind
    common = tuple(word for word, _ in words.most_common(5))
    say = ", ".join(f'"{word}"' for word in common)
    draft = (
        f'[[claim]]\nkey = "{entity}.name_me"\ntitle = "..."\nunit = "{unit}"\n'
        f'subjects = ["{entity}"]\nsay = [{say}]\nexamples = []\ncounterexamples = []\n'
    )
    return Suggestion(entity, unit, len(quotes), common, tuple(quotes[:5]), draft)
