"""Where sentences begin and end, as offsets into the text as given."""

import re

# One or more terminators with the marks that close after them. Never followed by a look-ahead:
# a run of a million dots is matched once, and what follows is looked at in Python.
_STOP = re.compile(
    r"""[.!?\u2026\u3002\uff01\uff1f]+["'\u2019\u201d\u00bb\u300d\u300f)\]]*|[\n\r\v\f\x85\u2028\u2029]+"""
)
_CJK = frozenset("\u3002\uff01\uff1f")
_BREAKS = frozenset("\n\r\v\f\x85\u2028\u2029")
_OPENERS = "\"'\u2018\u201c\u00ab\u201e\u300c\u300e([*\u2022-\u2013\u2014"
_WORD = re.compile(r"[^\W_]+(?:['\u2019&.\-][^\W_]+)*")
_WORD_WINDOW = 24  # characters looked back for the word before a dot: longer than abbreviations
_ENUMERATED = 6  # characters of a list number with the blanks before it
_SPACE_WINDOW = 64  # characters of blank looked over for the next word


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# After these a full stop goes on, whatever follows.
_NEVER_LAST = _words("""
    mr mrs ms mx dr prof sen rep gov gen col lt sgt capt cmdr adm maj rev hon pres messrs mme mlle
    st mt ft vs v cf e.g i.e eg ie viz fig figs vol ed eds al ca approx est resp dept univ assoc
    herr hr fr
""")
# After these it goes on where a figure follows.
_BEFORE_FIGURE = _words("""
    no nos nr art sec ch p pp rs re jan feb mar apr jun jul aug sep sept oct nov dec mon tue tues
    wed thu thur thurs fri sat sun ver approx
""")
# These may end a sentence: they do where the next word commonly opens one.
_MAY_BE_LAST = _words("""
    inc corp ltd co cos bros llc plc jr sr esq etc u.s u.k u.n e.u u.s.a a.m p.m a.i d.c l.a n.y
    b.c a.d ph.d m.d s.a n.v a.g s.p.a rs fla calif mass conn ave blvd rd hon ret dec
""")
_STARTERS = _words("""
    a about after all although an and another any as at because before both but by can despite did
    do does during each even every few for former from given had has have he her here his how
    however i if in instead is it its just last later many meanwhile more most much my neither
    never next no nonetheless nor not nothing now of officials on once one only or other others our
    over overall people reports she shares since so some still such than that the their then there
    these they this those though three through to today two under unlike until was we were what
    when where whether which while who why with within without yes yet you your analysts investors
""")
_EXCLAIMING_NAMES = frozenset({"yahoo", "jeopardy", "yum"})


def sentences(text: str) -> tuple[tuple[int, int], ...]:
    """The spans of the sentences, in order, without the blanks around them.

    Every line break ends a sentence. Spans never overlap and hold every character that is not
    blank. Linear in the length of the text.
    """
    spans: list[tuple[int, int]] = []
    start = 0
    for stop in _STOP.finditer(text):
        if _ends(text, stop.start(), stop.end()) and not _enumerates(text, start, stop.start()):
            _add(spans, text, start, stop.end())
            start = stop.end()
    _add(spans, text, start, len(text))
    return tuple(spans)


def _add(spans: list[tuple[int, int]], text: str, start: int, end: int) -> None:
    piece = text[start:end]
    inner = piece.strip()
    if inner:
        start += len(piece) - len(piece.lstrip())
        spans.append((start, start + len(inner)))


def _ends(text: str, start: int, end: int) -> bool:
    """Whether the terminator at ``start``..``end`` ends a sentence."""
    first = text[start]
    if first in _BREAKS or first in _CJK or end >= len(text):
        return True
    if not text[end].isspace():
        return _glued(text, start, end)
    following = text[end : end + _SPACE_WINDOW].lstrip()
    if not following:
        return True
    opener = following.lstrip(_OPENERS)
    if opener[:1].islower() and not _camel(opener):
        return False
    word = _word_before(text, start)
    if first == ".":
        return not _goes_on(word, opener, end - start)
    return word not in _EXCLAIMING_NAMES


def _enumerates(text: str, start: int, stop: int) -> bool:
    """Whether the sentence so far is the number of a list item: "3. What now?"."""
    return (
        text[stop] == "." and stop - start <= _ENUMERATED and text[start:stop].strip().isdecimal()
    )


def _goes_on(word: str, following: str, length: int) -> bool:
    """Whether the dot after ``word`` belongs to an abbreviation inside a sentence."""
    if length > 1 and word not in _MAY_BE_LAST:  # '..."' and the like: an abbreviation has one dot
        return False
    if word in _NEVER_LAST:
        return True
    if word in _BEFORE_FIGURE and following[:1].isdigit():
        return True
    initial = len(word) == 1 and word.isalpha() and word != "i"
    dotted = len(word) > 2 and word[-2] == "." and word[-1].isalpha()
    if word in _MAY_BE_LAST or initial or dotted:
        match = _WORD.match(following)
        return match is not None and match.group().lower() not in _STARTERS
    return False


def _word_before(text: str, end: int) -> str:
    """The lower-case run of letters, digits and dots that ends at ``end``."""
    start = end
    floor = max(0, end - _WORD_WINDOW)
    while start > floor and (text[start - 1].isalnum() or text[start - 1] == "."):
        start -= 1
    return text[start:end].lower().lstrip(".")


def _camel(word: str) -> bool:
    """A name that begins in lower case: iPhone, eBay, xAI."""
    return len(word) > 2 and word[1:3].isalpha() and not word[1:3].islower()


def _glued(text: str, start: int, end: int) -> bool:
    """A sentence end that lost its blank: "on Monday.The company"."""
    before = text[max(0, start - 3) : start]
    after = text[end : end + 3]
    if len(before) < 3 or not before.isalpha() or not before.islower():
        return False
    return len(after) > 1 and after[0].isupper() and after[1:].isalpha() and after[1:].islower()
