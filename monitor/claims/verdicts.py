"""What is made of a number: verdicts, and the scene they are given in."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from monitor.claims.figures import Figure
from monitor.claims.focus import Focus
from monitor.claims.ownership import Owner
from monitor.claims.sentence import Sentence
from monitor.claims.vocabulary import Tracked

NO_WORD = "no word of the claim near it"
BELONGS = "belongs to "
COUNTS = "counts "
LACKS = "none of the words it also needs"
RULED_OUT = "a word that rules it out "
TOO_LONG = "longer than a day"


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


def best_of(verdicts: Iterable[Verdict]) -> Verdict | None:
    """The verdict of the claim that takes the number; None: no claim does."""
    return max((one for one in verdicts if one.taken), key=_score, default=None)


def _score(verdict: Verdict) -> float:
    return verdict.score


@dataclass(frozen=True, slots=True)
class Scene:
    """A sentence with what the text said before it."""

    sentence: Sentence
    focus: Focus
    before: Sentence | None = None  # the sentence before; None: none in the same paragraph
    taken_here: list[Verdict] = field(default_factory=list)  # on its numbers so far
    taken_before: tuple[Verdict, ...] = ()  # verdicts on its numbers, the latest first

    @property
    def said(self) -> tuple[Verdict, ...]:
        """The verdicts so far, the latest first."""
        return (*reversed(self.taken_here), *self.taken_before)


@dataclass(frozen=True, slots=True)
class Take:
    """A number that a claim took."""

    sentence: Sentence
    figure: Figure
    verdict: Verdict
    value: str | bool | None = None  # of a fact; None: the number tells
