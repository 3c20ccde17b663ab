"""The second stage: which lines of the extracted body are no article text, and by which rule.

Words come from boilerplate.toml; structure is judged here, from the place each line has in the
page. Rules look at one line at a time, then at what follows a line that announces other stories.
"""

import hashlib
import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby

from monitor.articles.layout import MAX_LINE, Line, Place, key, names
from monitor.articles.markers import Markers, count_words, plain
from monitor.types import Block
from monitor.urls import same_site

# Words; a paragraph of running text, not a teaser, label or caption.
LONG = 25
# Words; the longest headline of 20,000 in the field has some 30.
TEASER = 45
# Share of a line that must be link for it to be a link with a label, not text with links.
LINKED = 0.6
# Share of a line that must be link for it to be nothing but a link.
WHOLE = 0.95
# Share of the page's text above which the class names of an element say nothing about a line.
ZONE_SHARE = 0.33
# Share of the running text that makes a style the article's own.
HOME_SHARE = 0.2
# Characters a label before a link may have: "Read also: ".
LABEL = 32


# A "word" of so many Latin characters is base64, a hash list or an attack.
_DATA = re.compile(r"[!-~]{1000}")
_SENTENCE_END = ".\u3002"


@dataclass(frozen=True, slots=True)
class Piece:
    """A line of an extracted block and its place in the page; None: it stands nowhere as such."""

    block: int
    kind: str
    text: str
    plain: str
    words: int
    key: str
    line: Line | None


@dataclass(frozen=True, slots=True)
class Context:
    """What the rules know of the page as a whole."""

    url: str
    headline: str | None
    titles: frozenset[str]  # keys of headline, title and h1 elements
    authors: tuple[str, ...]
    learned: frozenset[str] = frozenset()
    shares: dict[int, float] = field(default_factory=dict)  # of the text, by identity of a place


Rule = Callable[[Piece, int, "Sorter"], str | None]


@dataclass(frozen=True, slots=True)
class Sorter:
    """The pieces of one page with what is known of them so far."""

    page: Context
    markers: Markers
    pieces: tuple[Piece, ...]
    first: int  # first long paragraph
    last: int  # last long paragraph
    home: frozenset[str] = frozenset()  # styles in which the text is set


def block_hash(text: str) -> str:
    """What a recurring block is known by: equal for texts that differ in spaces and marks only."""
    return hashlib.sha256(key(text).encode()).hexdigest()[:16]


def sort(
    blocks: Sequence[Block], lines: Sequence[Line], page: Context, markers: Markers
) -> tuple[Block, ...]:
    """The blocks with what is residue in them split off, each with the rule that found it."""
    pieces = _pieces(blocks, lines)
    page = replace(page, shares=_shares(pieces))
    verdicts = _verdicts(page, markers, pieces)
    return tuple(_rebuilt(blocks, pieces, verdicts))


def _pieces(blocks: Sequence[Block], lines: Sequence[Line]) -> tuple[Piece, ...]:
    places: dict[str, Line] = {}
    for line in lines:  # of equal lines the one with less link: a table of contents comes first
        if line.key not in places or line.linked < places[line.key].linked:
            places[line.key] = line
    found = []
    for number, block in enumerate(blocks):
        for text in block.text.split("\n"):
            flat = plain(text) if len(text) <= MAX_LINE else ""
            name = key(text)
            place = places.get(name) if name else None
            found.append(Piece(number, block.kind, text, flat, count_words(flat), name, place))
    return tuple(found)


def _shares(pieces: Iterable[Piece]) -> dict[int, float]:
    sizes: Counter[int] = Counter()
    total = 0
    for piece in pieces:
        total += len(piece.text)
        if piece.line:
            for place in piece.line.place.around():
                sizes[id(place)] += len(piece.text)
    return {place: size / (total or 1) for place, size in sizes.items()}


def _verdicts(page: Context, markers: Markers, pieces: tuple[Piece, ...]) -> list[str | None]:
    sorter = Sorter(page, markers, pieces, 0, len(pieces))
    rules = [_first(piece, i, sorter, _ANYWHERE) for i, piece in enumerate(pieces)]
    long = [
        i
        for i, piece in enumerate(pieces)
        if rules[i] is None and piece.words >= LONG and not _is_link(piece)
    ]
    if long:
        home = _home(piece for piece, rule in zip(pieces, rules, strict=True) if rule is None)
        sorter = replace(sorter, first=long[0], last=long[-1], home=home)
    for i, piece in enumerate(pieces):
        if rules[i] is None:
            rules[i] = _first(piece, i, sorter, _BY_POSITION)
    _repeated(pieces, rules)
    _opened(sorter, rules)
    return rules


def _home(pieces: Iterable[Piece]) -> frozenset[str]:
    """The styles that hold a fair share of the running text."""
    sizes: Counter[str] = Counter()
    for piece in pieces:
        if piece.line and piece.words >= TEASER // 5:
            sizes[_style(piece.line)] += len(piece.text)
    total = sum(sizes.values())
    return frozenset(style for style, size in sizes.items() if size >= HOME_SHARE * total)


def _style(line: Line) -> str:
    parent = line.place.parent
    return f"{line.place.style} < {parent.style if parent else ''}"


def _first(piece: Piece, index: int, sorter: Sorter, rules: Sequence[Rule]) -> str | None:
    return next((name for rule in rules if (name := rule(piece, index, sorter))), None)


# --- rules for a line, wherever it stands ------------------------------------------------------


def _noise(piece: Piece, index: int, sorter: Sorter) -> str | None:
    """Encoded data, or a line too long to be text."""
    return "noise" if len(piece.text) > MAX_LINE or _DATA.search(piece.text) else None


def _headline(piece: Piece, index: int, sorter: Sorter) -> str | None:
    """The headline once more, alone or with its kicker."""
    page = sorter.page
    if piece.key in page.titles and piece.words > 1:
        return "headline"
    if piece.kind == "heading" and piece.line and piece.line.place.tag == "h1":
        return "headline"
    whole = key(page.headline or "")
    near = piece.kind == "heading" and index < 4 and len(piece.key) > 8
    if near and whole and (whole in piece.key or piece.key in whole):
        return "headline"
    return None


def _marked(piece: Piece, index: int, sorter: Sorter) -> str | None:
    if piece.kind == "code":
        return None
    for marker in sorter.markers.find(piece.plain, piece.words):
        if not marker.needs or (marker.needs == "link" and _is_link(piece)):
            return marker.kind
    return None


def _learned(piece: Piece, index: int, sorter: Sorter) -> str | None:
    learned = sorter.page.learned
    return "learned" if learned and block_hash(piece.text) in learned else None


def _link_line(piece: Piece, index: int, sorter: Sorter) -> str | None:
    """A link to another story of the site, with no more than a label before it."""
    line = piece.line
    if line is None or not _is_link(piece) or piece.kind in ("heading", "table", "code"):
        return None
    is_whole = line.linked >= WHOLE
    if piece.words < 4 or line.trail > 3 or line.lead > LABEL:
        return None
    if piece.words > TEASER and not is_whole:
        return None
    if piece.text[0].islower() or piece.text[0] in "(":
        return None
    if piece.text[-1] in _SENTENCE_END and ":" not in piece.text[:LABEL]:
        # a sentence of the text that happens to be a link, or a teaser that is one
        return "related" if is_whole and piece.words >= LONG else None
    own = all(same_site(_absolute(link, sorter.page.url), sorter.page.url) for link in line.links)
    return "related" if own else None


def _caption(piece: Piece, index: int, sorter: Sorter) -> str | None:
    if piece.line is None or piece.kind == "quote" or piece.words > 2 * LONG:
        return None
    return "caption" if any(p.tag == "figcaption" for p in _inner(piece, sorter)) else None


def _zone(piece: Piece, index: int, sorter: Sorter) -> str | None:
    """Inside a small element whose class names a kind of residue."""
    for place in _inner(piece, sorter):
        for name in names(place.label):
            if kind := sorter.markers.zones.get(name):
                return kind
    return None


def _bio(piece: Piece, index: int, sorter: Sorter) -> str | None:
    """A note on the author: begins with a known author's name and names a job."""
    if not 6 <= piece.words <= 160:
        return None
    starts = any(piece.plain.startswith(plain(author)) for author in sorter.page.authors)
    return "bio" if starts and sorter.markers.jobs.search(piece.plain[:300]) else None


_ANYWHERE: tuple[Rule, ...] = (
    *(_noise, _headline, _learned, _marked),
    *(_link_line, _caption, _zone, _bio),
)


# --- rules for a line before the first or after the last paragraph -----------------------------


def _byline(piece: Piece, index: int, sorter: Sorter) -> str | None:
    """Nothing but authors, the words of a byline and a date."""
    if sorter.first < index < sorter.last or piece.words > 20 or len(piece.text) > 400:
        return None
    rest = piece.plain
    for author in sorted(sorter.page.authors, key=len, reverse=True):
        rest = rest.replace(plain(author), " ")
    named = len(rest) < len(piece.plain)
    words = re.findall(r"[^\W\d_]+", sorter.markers.wires.sub(" ", rest))
    markers = sorter.markers
    left = [w for w in words if w not in markers.by and w not in markers.time]
    if named and len(left) <= 2:
        return "byline"
    dated = any(char.isdigit() for char in piece.text) and any(
        w in markers.time and (len(w) > 2 or not w.isascii()) for w in words
    )
    return "dateline" if dated and not left else None


def _end(piece: Piece, index: int, sorter: Sorter) -> str | None:
    """Marked by words that count only after the last paragraph."""
    if index <= sorter.last or piece.kind == "code":
        return None
    found = sorter.markers.find(piece.plain, piece.words)
    return next((marker.kind for marker in found if marker.needs == "end"), None)


_BY_POSITION: tuple[Rule, ...] = (_byline, _end)


# --- rules for what follows --------------------------------------------------------------------


def _repeated(pieces: Sequence[Piece], rules: list[str | None]) -> None:
    seen: set[str] = set()
    for i, piece in enumerate(pieces):
        if rules[i] is None and piece.words >= LONG // 2:
            if piece.key in seen:
                rules[i] = "repeated"
            seen.add(piece.key)


def _opened(sorter: Sorter, rules: list[str | None]) -> None:
    """Teasers behind a line that announces other stories go with it."""
    opener: str | None = None
    for i, piece in enumerate(sorter.pieces):
        if rules[i] is not None:
            opener = _opens(piece, sorter) or opener
        elif opener and _is_teaser(piece, i, sorter):
            rules[i] = opener
        else:
            opener = None


def _opens(piece: Piece, sorter: Sorter) -> str | None:
    found = sorter.markers.find(piece.plain, piece.words)
    return next((marker.kind for marker in found if marker.opens), None)


def _is_teaser(piece: Piece, index: int, sorter: Sorter) -> bool:
    if _is_link(piece):
        return True
    if index <= sorter.last or piece.words > TEASER:
        return False
    return piece.kind in ("heading", "list") or not _is_at_home(piece, sorter)


def _is_at_home(piece: Piece, sorter: Sorter) -> bool:
    return piece.line is None or _style(piece.line) in sorter.home


def _is_link(piece: Piece) -> bool:
    return piece.line is not None and piece.line.linked >= LINKED


def _inner(piece: Piece, sorter: Sorter) -> Iterable[Place]:
    """The places around a piece that hold little of the page's text."""
    if piece.line is None:
        return ()
    shares = sorter.page.shares
    return (p for p in piece.line.place.around() if shares.get(id(p), 0) < ZONE_SHARE)


def _absolute(link: str, url: str) -> str:
    return link if "//" in link[:9] else url


# --- blocks again ------------------------------------------------------------------------------


def _rebuilt(
    blocks: Sequence[Block], pieces: Sequence[Piece], rules: Sequence[str | None]
) -> Iterable[Block]:
    paired = zip(pieces, rules, strict=True)
    for (number, rule), group in groupby(paired, key=lambda pair: (pair[0].block, pair[1])):
        text = "\n".join(piece.text for piece, _ in group)
        yield Block(rule or blocks[number].kind, text, rule)
