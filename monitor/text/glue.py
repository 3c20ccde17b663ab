"""Sentences glued together by a lost ". " are taken apart; no-break spaces become spaces.

Two of the seed documents had every ". " deleted ("companiesNVIDIA", "U.Stechnology"). The repaired
text is for reading only: every place in it leads back to a place in the text as given.
"""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

INSERTED = ". "
# Sure damages in a text after which the less sure ones are repaired as well. Over 4,247 clean texts
# (1.2 m words) 0 split 149 of them, 1 made 17 splits in 7, 2 made 13.
PROOF = 2
# Words; a text with fewer sentence ends than one in so many has lost them. With 50 the same clean
# texts had 60 splits, with 100 as few as with 200.
LONGEST_SENTENCE = 100

# Spaces that are one character wide for a reader but not for a pattern: no-break space, the spaces
# of U+2000 to U+200A, narrow no-break, mathematical and ideographic space.
_SPACES = "".join(map(chr, (0xA0, *range(0x2000, 0x200B), 0x202F, 0x205F, 0x3000)))


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# Words that open English sentences and hardly ever follow a capital inside a name.
_STARTERS = _words("""
    The This That These Those A An It Its He She They We You His Her Their Our My Your There Here
    In On At By For From With Without Within After Before During Despite Since Until While When
    Where Why How What Who Whose Which Although Though Because If Unless Once As But And Or Yet So
    Also However Moreover Meanwhile Furthermore Additionally Nevertheless Nonetheless Therefore
    Thus Hence Instead Indeed Still Then Now Today Yesterday Earlier Later Last Next Some Many Most
    Much More Several Few Other Others Another Each Every Both All Any No None Not Even Only Just
    One Two Three Such According Among Amid Across Against Between Beyond Under Over Through
    Throughout To Of About Above Around Along Alongside Following Given Based Compared Overall
    Perhaps Maybe Finally First Second Third Recently Currently Previously Eventually Ultimately
    Similarly Conversely Consequently Accordingly Specifically Notably Importantly Interestingly
    Surprisingly Unfortunately Fortunately Clearly Obviously Certainly Generally Typically Usually
    Often Sometimes Rather Like Unlike Analysts Investors Experts Officials Shares Reports Critics
    Monday Tuesday Wednesday Thursday Friday Saturday Sunday January February March April June July
    August September October November December
""")
# Names with a capital inside that a text may use only once.
_NAMES = _words("""
    DeepSeek OpenAI ChatGPT iPhone iPad iCloud iMac iOS iTunes macOS SoFi CarPlay genAI DeepMind
    ByteDance SoftBank LinkedIn YouTube PayPal WhatsApp TikTok GitHub SpaceX FedEx AirPods MacBook
    PlayStation JPMorgan BlackRock AstraZeneca BioNTech GlaxoSmithKline UniCredit CrowdStrike
    CoreWeave ServiceNow DoorDash WeChat WeWork GameStop MasterCard eBay easyJet wikiHow AliExpress
    HuffPost BuzzFeed YouGov AccuWeather RealClear MarketWatch TechCrunch VentureBeat BusinessWeek
    BioRxiv bioRxiv medRxiv arXiv LaTeX PhD LeBron DeSantis LaGuardia DeLorean DuPont PowerPoint
    JavaScript TypeScript TensorFlow PyTorch OpenStreetMap QuickTime HarperCollins SunTrust
    AstroTurf AirBnB AirBNB BitTorrent CapitaLand HashiCorp MongoDB NetEase SenseTime StarCraft
    TotalEnergies TransUnion VanEck VMware xAI AlphaGo AlphaFold GeForce CloudFlare AppLovin
""")

_TOKEN = re.compile(r"\S+")
_EDGES = "\"'\u2018\u2019\u201c\u201d\u00ab\u00bb()[]{}.,;:!?\u2013\u2014-\u2026*"
_POSSESSIVE = re.compile(r"['\u2019]s?$")
# A junction is the empty place between what may end a sentence and what may begin one.
_JUNCTION = re.compile(
    r"(?<=[a-z])(?=[\u201c\u2018\"]?[A-Z])"  # companies|NVIDIA, come|“There's
    r"|(?<=[A-Z])(?=[A-Z][a-z])"  # AI|The
    r"|(?<=[0-9%)\]\u201d\"])(?=[A-Z][a-z])"  # 2024|The
    r"|(?<=\.[A-Z])(?=[a-z]{2})"  # U.S|technology
    r"|(?<=[ap]\.m)(?=[A-Za-z]{2})"  # a.m|local
    r"|(?<=[a-z])(?=[0-9])"  # Sept|30
)
_ACRONYM = re.compile(r"(?:[A-Z]\.)+[A-Z]$|\d?[ap]\.m$")
_LEFT = re.compile(r"[A-Za-z\u00c0-\u024f]+$")
_RIGHT = re.compile(r"[A-Za-z\u00c0-\u024f]+")
_FIRST_WORD = re.compile(r"[A-Z]?[a-z\u00df-\u024f]*")
# Abbreviations that lose their full stop in the middle of a sentence.
_ABBREVIATIONS = _words("""
    Mr Mrs Ms Dr Prof Gov Sen Rep Gen Lt Col Sgt St Inc Corp Co Ltd Bros Jr Sr No Nos Vol vol vs
    Jan Feb Mar Apr Jun Jul Aug Sep Sept Oct Nov Dec Fig fig pp Art Sec
""")
# Words that end hardly any sentence.
_NEVER_LAST = _words("""
    a an the and or but nor if than of in to at on for from by with into as is are was were be been
    his her its their our my your this that these those
""")
_PREFIXES = _words("Mc Mac De Di Du La Le Van Von Fitz San O Des Del Da")
# Characters; longer tokens are code, hashes or addresses.
_MAX_TOKEN = 80
_NOT_PROSE = re.compile(r"[/@_#=\\<>{}|]|www\.|[a-z]{2}\.[a-z]{2}")


@dataclass(frozen=True, slots=True)
class Repaired:
    """A text fit for reading and the way back to the text as given."""

    text: str
    insertions: tuple[int, ...] = ()  # offsets in the given text before which ". " was missing

    def raw(self, offset: int) -> int:
        """The offset in the given text of an offset in ``text``; in ". ", the place it fills."""
        low, high = 0, len(self.insertions)
        while low < high:  # how many insertions begin before ``offset``
            middle = (low + high) // 2
            begin = self.insertions[middle] + middle * len(INSERTED)
            low, high = (middle + 1, high) if begin < offset else (low, middle)
        if low == 0:
            return offset
        last = self.insertions[low - 1]
        return max(last, offset - low * len(INSERTED))

    def is_repaired(self, start: int, end: int) -> bool:
        """True where the given text misses a ". " strictly inside its span ``start`` to ``end``."""
        place = bisect_left(self.insertions, start + 1)
        return place < len(self.insertions) and self.insertions[place] < end


def repair(text: str) -> Repaired:
    """``text`` with its lost sentence ends put back and its odd spaces made plain ones.

    First tier, always: a lower-case word directly before a word that opens sentences. Second tier,
    where the first proves the damage: acronyms, figures, quotes, capitalised words. Names with a
    capital inside, and whatever occurs twice, stay. English only: no other text is split.
    """
    for space in _SPACES:
        text = text.replace(space, " ")
    tokens = Counter(text.split())
    suspects = {token for token in tokens if _is_suspect(token)}
    if not suspects:
        return Repaired(text)
    seen: Counter[str] = Counter()
    for token, count in tokens.items():
        seen[_core(token)] += count
    found = [(m.start(), m.group()) for m in _TOKEN.finditer(text) if m.group() in suspects]
    places = [place for start, token in found for place in _places(start, token, seen)]
    sure = [place for place in places if _is_sure(place)]
    if _is_proven(sure, places, text, tokens.total()):
        sure = [place for place in places if _is_likely(place, text, seen)]
    return _insert(text, sure)


def _insert(text: str, places: "list[_Place]") -> Repaired:
    offsets = [place.offset for place in places]
    edges = [0, *offsets, len(text)]
    pieces = [text[a:b] for a, b in pairwise(edges)]
    return Repaired(INSERTED.join(pieces), tuple(offsets))


@dataclass(frozen=True, slots=True)
class _Place:
    """A junction outside names."""

    offset: int
    before: str  # the token up to it
    left: str  # the word that ends there
    right: str  # the word that begins there, behind a quotation mark
    follows: str  # the character behind the junction


def _is_suspect(token: str) -> bool:
    if token.isalpha() and token[1:].islower():
        return False  # most words: no capital inside, no figure, no full stop
    return (
        2 < len(token) <= _MAX_TOKEN
        and _JUNCTION.search(token) is not None
        and _NOT_PROSE.search(token) is None
    )


def _core(token: str) -> str:
    return _POSSESSIVE.sub("", token.strip(_EDGES))


def _places(start: int, token: str, seen: Counter[str]) -> Iterator[_Place]:
    core = _core(token)
    if core in _NAMES or seen[core] > 1:
        return
    names = _names(token, seen)
    last = 0
    for match in _JUNCTION.finditer(token):
        at = match.start()
        if any(begin < at < end for begin, end in names):
            continue
        left = _LEFT.search(token, last, at)
        right = _RIGHT.search(token, at)
        yield _Place(
            start + at,
            token[:at],
            left.group() if left else "",
            right.group() if right else "",
            token[at],
        )
        last = at


def _names(token: str, seen: Counter[str]) -> list[tuple[int, int]]:
    """Where names with a capital inside stand in ``token``: modelsDeepSeek, DeepMindIt."""
    capitals = [m.start() for m in re.finditer(r"[A-Z]", token)]
    ends = [*capitals, len(token.rstrip(_EDGES))]
    found = []
    for start in capitals:
        for end in ends:
            part = _core(token[start:end])
            if _JUNCTION.search(part) and (part in _NAMES or seen[part] > 1):
                found.append((start, start + len(part)))
    return found


def _is_sure(place: _Place) -> bool:
    """First tier: "nowThis", not "indexOf", not "inJanuary"."""
    left = place.left
    is_word = len(left) > 1 and left.islower() and place.before.strip(_EDGES) == left
    return is_word and left not in _NEVER_LAST and place.right in _STARTERS


def _is_proven(sure: list[_Place], places: list[_Place], text: str, tokens: int) -> bool:
    """Whether the text is damaged: sure places, or hardly a sentence end and likely places."""
    if len(sure) >= PROOF:
        return True
    has_ends = text.count(INSERTED) * LONGEST_SENTENCE >= tokens
    return not has_ends and sum(place.left.islower() for place in places) >= PROOF


def _is_likely(place: _Place, text: str, seen: Counter[str]) -> bool:
    """Second tier."""
    if _is_sure(place):
        return True
    if place.follows.isdigit() or place.left in _ABBREVIATIONS:
        return place.left in _ABBREVIATIONS
    if '"' in (place.follows, place.before[-1]):
        line = text.rfind("\n", 0, place.offset) + 1
        is_quoted = text.count('"', line, place.offset) % 2 == 1
        if is_quoted or not place.before.strip(_EDGES):
            return False  # before a closing mark, or behind an opening one
    if not place.left:
        return bool(place.before.strip(_EDGES))
    return _ends_sentence(place) and _begins_sentence(place, seen)


def _ends_sentence(place: _Place) -> bool:
    left = place.left
    if _ACRONYM.search(place.before):
        return True
    return len(left) > 1 and left not in _PREFIXES


def _begins_sentence(place: _Place, seen: Counter[str]) -> bool:
    """Whether a new sentence, not the rest of a name, begins at the place."""
    left, right = place.left, place.right
    found = _FIRST_WORD.match(right)
    word = found.group() if found else ""
    if word in _STARTERS or left.islower() or _ACRONYM.search(place.before):
        return True
    if seen[right] or seen[word]:
        return True
    return bool(seen[word.lower()] and (seen[left] or seen[left.lower()]))
