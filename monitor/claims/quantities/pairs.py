"""Two amounts that belong together: ranges, changes, lists that share a unit."""

from typing import NamedTuple

from monitor.claims.quantities.amounts import Amount, amount
from monitor.claims.quantities.counts import counts
from monitor.claims.quantities.figures import Figure, plain
from monitor.claims.quantities.lexicon import BEFORE_LAST, PERCENT, words
from monitor.claims.quantities.tokens import Tokens

_DASHES = frozenset("-–‑‐")
# More than this from end to end is a step to a level ("rose $25 billion to $3 trillion").
_WIDEST = 10
_OR_WIDEST = 2  # "two or three months"; wider ones are alternatives
_RANGING = words("range ranges ranged ranging anywhere vary varies varied varying spanning")
# A move by an amount before "to" ends in a level: "rose $5 to $25".
_MOVING = words("""
    rose rises fell falls gained gains lost loses added adds climbed climbs dropped drops jumped
    jumps slipped slid sank surged soared tumbled plunged up down advanced declined shed slumped
""")
_LIST_MARKS = words(", and or")
_LIST_TOKENS = 12  # looked over for the unit that a list of figures shares
_LONGEST_LIST = 12  # names with numbers looked over for their percent sign
_LONGEST_NAME = 4
_SAID_WHERE = 4  # words behind a percentage that say when or where
_ITEM_MARKS = words(", ; and & (")
_PERCENT_LAST = words("% ％ percent pct pc cent")
_MOVED = words("down up lower higher off weaker firmer")
_ENDS_ITEM = _MOVED | words("and & or while whereas but")
_LARGEST_WHOLE = 1000  # of "one in ..."; larger ones are years
_TEN = 10
_LARGEST_SHARED = 100  # a figure that borrows a percent sign; larger ones count something
_PERCENT_FIRST = PERCENT | {"per", "basis"}


class Pair(NamedTuple):
    """Two amounts with their shared unit; ``apart``: two quantities, not one range."""

    first: Amount
    second: Amount
    start: int  # token of the first word: "between" belongs to a range
    apart: bool = False


def pair(ts: Tokens, first: Amount, floor: int) -> Pair | None:
    """The range or list that begins with ``first``; None: it stands alone."""
    link, at = _link(ts, first.end)
    if link is None or first.figure.value is None or first.figure.form == "fraction":
        return None
    second = amount(ts, at)
    if second is None or second.figure.form in ("fraction", "article", "vague"):
        return None
    before = ts.low(first.start - 1)
    shared = None if link == "and" and before != "between" else _shared(first, second)
    if shared is None:
        return None
    if shared[0].bare and not _both_count(ts, first, second, link == "-"):
        return None
    two_tellings = link == "or" and first.leads and second.leads and first.figure.scale > 1
    first, second = shared
    if before == "from" and ts.low(first.start - 2) not in _RANGING:
        return Pair(first, second, first.start, apart=True)
    if two_tellings:
        return Pair(first, second, first.start, apart=True)  # "$589bn or $593bn": two tellings
    if not _is_range(link, first, second) or (link == "to" and _steps(first, before)):
        return None
    start = first.start - 1 if before == "between" and first.start > floor else first.start
    return Pair(first, second, start)


def share(ts: Tokens, first: Amount) -> Amount | None:
    """one in five, 3 in 10, nine out of ten, as a ratio."""
    end, out_of = first.end, ts.match(first.end, "out", "of")
    if not out_of and ts.low(end) != "in":
        return None
    second = amount(ts, end + 2 if out_of else end + 1)
    if second is None or not second.bare:
        return None
    part, whole = first.figure.value, second.figure.value
    if part is None or whole is None or not 0 < part < whole <= _LARGEST_WHOLE:
        return None
    if not (out_of or part == 1 or whole == _TEN):
        return None
    figure = Figure(plain(part / whole), 1, second.end, "fraction")
    return Amount(figure, first.start, second.end, "ratio")


def lent_percent(ts: Tokens, first: Amount) -> Amount | None:
    """``first`` as a percentage where the first or last of its list has the sign.

    "20, 18 and 7 percent", "Nvidia 17 percent, Oracle 14 and Dell 9".
    """
    value = first.figure.value
    if not first.bare or value is None or value > _LARGEST_SHARED or first.figure.scale != 1:
        return None
    if _follows_percent(ts, first):
        return first._replace(unit="percent", noun=None, bare=False)
    last = first.end
    while last < first.end + _LIST_TOKENS and (
        ts.low(last) in _LIST_MARKS or (ts.low(last - 1) in _LIST_MARKS and ts.is_number(last))
    ):
        last += 1
    if ts.low(last - 2) not in ("and", "or") or ts.low(last) not in _PERCENT_FIRST:
        return None
    unit = amount(ts, last - 1)
    if unit is None or unit.unit != "percent":
        return None
    return first._replace(unit="percent", factor=unit.factor, noun=unit.noun, bare=False)


def _follows_percent(ts: Tokens, found: Amount) -> bool:
    """Whether a name and number go on a list of names with percentages."""
    if ts.low(found.end) not in _ENDS_ITEM and ts.is_word(found.end):
        return False
    at = found.start
    for _ in range(_LONGEST_LIST):
        before = _item_before(ts, at)
        if before is None:
            return False
        if ts.low(before) in _PERCENT_LAST:
            return True
        at = before - 1 if ts.low(before - 1) in ("minus", "plus") else before
        if not ts.is_number(before):
            return False
    return False


def _item_before(ts: Tokens, at: int) -> int | None:
    """The last token of the number that a name and a comma part from the number at ``at``."""
    at -= 1
    if ts.low(at) in BEFORE_LAST:
        at -= 1
    last = at
    while ts.is_word(at) and ts.raw(at)[0].isupper() and last - at < _LONGEST_NAME:
        at -= 1
    if at == last or ts.low(at) not in _ITEM_MARKS:
        return None
    at -= 1
    if ts.low(at) == ",":  # "14, and Dell 9"
        at -= 1
    for back in range(_SAID_WHERE):  # "17 percent on Monday, Oracle 14"
        if ts.low(at - back) in _PERCENT_LAST:
            return at - back
        if not ts.is_word(at - back):
            break
    return at - 1 if ts.low(at) in _MOVED else at


def _both_count(ts: Tokens, first: Amount, second: Amount, dash: bool) -> bool:
    return counts(ts, first, leads=dash) and counts(ts, second, tied=dash)


def _link(ts: Tokens, end: int) -> tuple[str | None, int]:
    low = ts.low(end)
    if low in ("to", "and", "or"):
        return low, end + 1
    if low == "-" and ts.match(end + 1, "to", "-"):  # 3-to-4 percent
        return "-", end + 3
    if low in _DASHES and ts.touch(end - 1) == ts.touch(end):
        return ("-", end + 1) if ts.touch(end) or low != "-" else (None, end)
    return None, end


def _shared(first: Amount, second: Amount) -> tuple[Amount, Amount] | None:
    """Both with one unit and, where only the second names a magnitude, with that."""
    if first.bare and not second.bare:
        first = first._replace(unit=second.unit, factor=second.factor, noun=second.noun, bare=False)
    elif second.bare and not first.bare and first.leads:
        second = second._replace(unit=first.unit, bare=False, leads=True)
    if first.unit != second.unit or first.factor != second.factor or first.noun != second.noun:
        return None
    one, two = first.figure, second.figure
    if one.value is None or two.value is None:
        return None
    if one.scale == 1 and two.scale != 1 and one.value < two.value / two.scale:
        scaled = one._replace(value=plain(one.value * two.scale), scale=two.scale)
        first = first._replace(figure=scaled)
    return first, second


def _is_range(link: str, first: Amount, second: Amount) -> bool:
    low, high = first.figure.value, second.figure.value
    if low is None or high is None or (second.negative and not first.negative):
        return False
    widest = _OR_WIDEST if link == "or" else _WIDEST
    if first.negative:
        low, high = max(low, high), min(low, high)
        return high < low <= widest * high
    return low < high <= widest * low


def _steps(first: Amount, before: str) -> bool:
    """Whether "A to B" is a move by A to the level B."""
    return before == "by" or (before in _MOVING and first.leads)
