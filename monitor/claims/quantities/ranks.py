"""Ranks: No. 1, number one, first place, tops the charts."""

from typing import NamedTuple

from monitor.claims.quantities.figures import joined
from monitor.claims.quantities.lexicon import SMALL, numbered, words
from monitor.claims.quantities.tokens import Tokens
from monitor.types import Bound

_ORDINALS = numbered(
    """
    first
    second
    third
    fourth
    fifth
    sixth
    seventh
    eighth
    ninth
    tenth
    """,
    start=1,
)
_PLACES = words("place spot position slot rank ranking")
_CHARTS = words(
    "chart charts list lists ranking rankings leaderboard leaderboards store stores table pops"
)
_TOPPING = words("top tops topped topping")
_RANKING = words("rank ranks ranked ranking finished finishes placed came comes")
_FREE = words("free paid grossing downloaded ranked rated trending free-to-download")
_APPS = words("app application download title program")
_STOPS = words(". ; : ! ? ( ) \n") | {","}
_WINDOW = 8  # tokens between "top" and the chart
_LONGEST = 4  # digits of a rank

ANCHORS = frozenset(_ORDINALS) | _TOPPING | _RANKING | words("no nos number # № most chart highest")


class Rank(NamedTuple):
    """A rank and the token after it."""

    value: int
    end: int
    bound: Bound = "eq"


def rank(ts: Tokens, i: int) -> Rank | None:
    """The rank that begins at token ``i``."""
    low = ts.low(i)
    if low in ("no", "nos", "number", "#", "№"):
        return _numbered(ts, i, low)
    if low in _ORDINALS:
        idiom = ts.low(i - 1) == "the" and ts.low(i - 2) == "in"  # "in the first place"
        return Rank(_ORDINALS[low], i + 2) if ts.low(i + 1) in _PLACES and not idiom else None
    if low in _RANKING:
        return _ranked(ts, i + 2 if ts.low(i + 1) == "in" else i + 1)
    if low in _TOPPING:
        return _top(ts, i, low)
    return _best(ts, i, low)


def _ranked(ts: Tokens, at: int) -> Rank | None:
    """ranked first, came in second, ranks 4th."""
    if ts.low(at) in _ORDINALS:
        return Rank(_ORDINALS[ts.low(at)], at + 1)
    printed = ts.low(at)
    ordinal = ts.touch(at) and ts.low(at + 1) in ("st", "nd", "rd", "th")
    if printed.isdecimal() and len(printed) < _LONGEST and ordinal:
        return Rank(int(printed), at + 2)
    return None


def _numbered(ts: Tokens, i: int, low: str) -> Rank | None:
    at = i + 1
    if low in ("no", "nos"):
        if ts.low(at) == "." and ts.touch(i):
            at += 1
        elif ts.raw(i) == "no" and not ts.touch(i):
            return None
    elif low == "number" and ts.low(at) == "-":
        at += 1
    elif low in ("#", "№") and not ts.touch(i):
        return None
    printed = ts.low(at)
    if printed.isdecimal() and len(printed) < _LONGEST:
        tied = ts.touch(at) and ts.is_word(at + 1)
        return None if tied else Rank(int(printed), at + 1)
    if low == "number" and SMALL.get(printed, 0) > 0:
        return Rank(SMALL[printed], at + 1)
    return None


def _top(ts: Tokens, i: int, low: str) -> Rank | None:
    after = ts.low(i + 1)
    if low == "top" and after in _PLACES:
        return Rank(1, i + 2)
    if low == "top" and after in _APPS and ts.low(i - 1) != "of":
        return Rank(1, i + 2)
    if low == "top" and after == "-" and ts.low(i + 2) in _FREE:
        return Rank(1, i + 3)
    if low == "top" and after in _FREE and ts.low(i - 1) != "of":
        return _top_app(ts, i)
    if low == "top" and (few := _top_few(ts, joined(ts, i + 1))):
        return few
    if (
        low == "top"
        and after != "of"
        and ts.low(i - 1) not in ("to", "will", "could", "may", "and")
    ):
        return None
    end = _chart(ts, i + 1)
    return Rank(1, end) if end else None


def _top_app(ts: Tokens, i: int) -> Rank | None:
    for at in range(i + 2, i + 5):
        if ts.low(at) in _APPS:
            several = ts.low(i - 2) == "of" or ts.low(i - 1) == "of"
            return None if several else Rank(1, at + 1)
        if ts.low(at) in _STOPS:
            break
    return None


def _top_few(ts: Tokens, i: int) -> Rank | None:
    """Among the top ten: rank 10 or better."""
    low = ts.low(i)
    value = SMALL.get(low) or (int(low) if low.isdecimal() and len(low) < _LONGEST else 0)
    return Rank(value, i + 1, "le") if value > 1 else None


def _chart(ts: Tokens, i: int) -> int | None:
    """The token after the chart that is named from ``i`` on."""
    end = None
    for at in range(i, i + _WINDOW):
        low = ts.low(at)
        if low in _STOPS:
            break
        if low in _CHARTS:
            end = at + 1
    return end


def _best(ts: Tokens, i: int, low: str) -> Rank | None:
    """most downloaded, chart-topping, highest-ranked."""
    at = i + 2 if ts.low(i + 1) == "-" else i + 1
    after = ts.low(at)
    if low == "most" and after in ("downloaded", "installed"):
        several = ts.low(i - 1) == "the" and ts.low(i - 2) == "of"
        return None if several else Rank(1, at + 1)
    if low == "chart" and after == "topping":
        return Rank(1, at + 1)
    if low == "highest" and after in ("ranked", "ranking", "rated"):
        return Rank(1, at + 1)
    return None
