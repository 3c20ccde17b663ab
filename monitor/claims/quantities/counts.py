"""Which bare numbers count something, and what they count."""

from monitor.claims.quantities.amounts import MINUS, PLUS, Amount
from monitor.claims.quantities.lexicon import BEFORE_LAST, words
from monitor.claims.quantities.tokens import Tokens

# Capitalised words before a number that are no part of a name ("Only 139", "But 50").
_FUNCTION = BEFORE_LAST | words("""
    a about after all almost an and another any approximately around as at because before below
    beyond both but by despite did do does during each even every exactly exceeding few fewer for
    from had has have he her his how i if in into is it its just last less like merely more most my
    nearly no not now of on once only or other our out over per perhaps plus roughly she since so
    some still such than that the their them then there these they this those though through to
    today total under until up upon us versus vs was we were what when where which while who will
    with within without yet you your staff headcount employees says said maybe barely
""")
# Numbers behind these are names of places, parts and versions.
_NAMING = words("""
    page pages chapter chapters article articles section sections rule rows row table figure fig
    version v room flight route tram bus phase part step level tier type grade question exhibit
    paragraph line volume channel highway interstate area bill resolution catch apollo act clause
""")
_NOT_TOUCHED = frozenset("/:@_=&#*\\^.'’")
_CLOCK = words("am pm a.m. p.m. o’clock et est gmt ist utc bst cet")
_DASHES = frozenset("-–—‑‐")
_SIGNS = MINUS | PLUS
_LONGEST = 15  # digits of a count; longer ones are codes
_ENUMERATED = 3  # digits of a list number
_NOUN_WORDS = 4  # tokens looked at for what is counted
_NOUN_STOPS = words("""
    a an the and or but nor for from to in on at by with into over under than as is are was were be
    been being has have had do does did will would could should may might can must that which who
    whose whom when where while if because since until till after before during per each every it
    its this these those he she they we i you his her their our your not no so then said says say
    told according last next ago earlier later more less fewer times between against about around
    across through without within up down off out only also just
""")
_SKIPPED = words("of the a an its their such these those")


def counts(ts: Tokens, found: Amount, tied: bool = False, leads: bool = False) -> bool:
    """Whether a number without unit is a quantity, not part of a name, code, time or list.

    ``tied``: a dash before it joins the two ends of a range; ``leads``: one behind it does.
    """
    i = found.start
    figure = found.figure
    if figure.form != "digits":
        return _word_counts(ts, found)
    if len(figure.printed) > _LONGEST and "," not in figure.printed:
        return False
    if not tied and _tied_before(ts, i):
        return False
    if not leads and _tied_after(ts, found.end, figure.scale != 1):
        return False
    if figure.scale != 1 or "," in figure.printed:
        return True
    if figure.printed == "24" and ts.match(found.end, "-", "hour"):
        return False  # round the clock
    if figure.printed[:1] == "0" and figure.printed[1:2] not in (".", ""):
        return False
    signed = ts.low(i) in _SIGNS  # "Oracle minus 14" is no name
    return tied or signed or (not _names(ts, i) and not _enumerates(ts, found))


def _word_counts(ts: Tokens, found: Amount) -> bool:
    figure = found.figure
    first = ts.low(found.start)
    if first in ("one", "zero") and figure.scale == 1 and figure.end == found.start + 1:
        return False
    if ts.low(figure.end) == "-" and ts.low(figure.end + 1) in ("figure", "digit"):
        return False  # six-figure salaries
    if figure.form in ("vague", "article", "half", "couple") or figure.scale != 1:
        return True
    before = ts.raw(found.start - 1)
    named = ts.raw(found.start)[:1].isupper() and before[:1].isupper() and before.isalpha()
    return ts.low(found.start - 1) not in _NAMING and not (
        named and ts.low(found.start - 1) not in _FUNCTION
    )


def _tied_before(ts: Tokens, i: int) -> bool:
    """Glued to something before it: GPT-4, 11:52, /2025."""
    if not ts.touch(i - 1):
        return False
    before = ts.low(i - 1)
    if before == "*":  # **2015** is printed bold, 3*4 is a product
        return ts.touch(i - 2) and ts.raw(i - 2)[0].isalnum()
    if before in _DASHES:
        return before != "—" and ts.touch(i - 2) and ts.raw(i - 2)[0].isalnum()
    return before in _NOT_TOUCHED or ts.raw(i - 1)[0].isalnum()


def _tied_after(ts: Tokens, end: int, scaled: bool) -> bool:
    """Glued to something behind it: 4o, 27th, 300766.SZ, 11:52; or a time of day."""
    if ts.low(end) in _CLOCK:
        return True
    if not ts.touch(end - 1):
        return False
    after = ts.low(end)
    if ts.is_word(end):
        return not scaled
    if after == ".":
        return ts.touch(end) and ts.is_word(end + 1) and ts.raw(end + 1).isupper()
    if after in _DASHES and ts.touch(end):
        follower = ts.raw(end + 1)
        if follower == "to" and ts.touch(end + 1):  # 5-to-1
            return True
        return ts.is_number(end + 1) or (len(follower) < 3 and follower.isupper())
    return after in "/:@_°" and ts.touch(end)


def _names(ts: Tokens, i: int) -> bool:
    """Part of a name: Nasdaq 100, Llama 3.3, page 31."""
    before = ts.low(i - 1)
    if not ts.is_word(i - 1):
        return ts.low(i - 1) == "&"
    if before in _NAMING:
        return True
    return ts.raw(i - 1) != before and before not in _FUNCTION


def _enumerates(ts: Tokens, found: Amount) -> bool:
    """The number of a list item at the start of a line: "3. What now"."""
    starts = ts.low(found.start - 1) == "\n"
    marked = ts.low(found.end) in (".", ")") and ts.touch(found.end - 1)
    return starts and marked and len(found.figure.printed) <= _ENUMERATED


def noun_after(ts: Tokens, end: int) -> str | None:
    """The words behind a number that may name what it counts; None: none follow."""
    at = end
    while (ts.low(at) in _SKIPPED and ts.low(end) == "of" and at < end + 3) or ts.low(at) == "such":
        at += 1
    if ts.low(at) in _DASHES and ts.touch(at):
        at += 1
    start = at
    while at < start + _NOUN_WORDS and ts.is_word(at) and ts.low(at) not in _NOUN_STOPS:
        at += 1
    return ts.text[ts.start(start) : ts.end(at - 1)] if at > start else None
