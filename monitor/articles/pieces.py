"""The lines of an extracted body as the rules see them, each with its place in the page."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from monitor.articles.layout import MAX_LINE, Line, Place, key, names
from monitor.articles.markers import Markers, count_words, plain
from monitor.types import Block

# Words; a paragraph of running text, not a teaser, label or caption.
LONG = 25
# Words; where not even two lines are as long, as in the tabloids, shorter ones tell where text is.
RUNNING = (LONG, 15, 8)
# Words; a headline with its teaser. A longer line is left alone unless it is nothing but a link.
TEASER = 45
# Share of a line that must be link for it to be a link with a label, not text with links.
LINKED = 0.6
# Share of the text found above which the class of an element says nothing about a line in it.
ZONE_SHARE = 0.33
# Share of the running text that makes a style the article's own.
HOME_SHARE = 0.2
# Words from which a line tells the style of the text.
_STYLED = 9


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
    at: int = -1  # the number of that line; -1: none


@dataclass(frozen=True, slots=True)
class Context:
    """What the rules know of the page as a whole."""

    url: str
    headline: str | None
    titles: frozenset[str]  # keys of headline, title and h1 elements
    authors: tuple[str, ...]
    learned: frozenset[str] = frozenset()
    questions: frozenset[str] = frozenset()  # keys of questions that JSON-LD answers
    shares: dict[int, float] = field(default_factory=dict)  # of the text, by identity of a place


@dataclass(frozen=True, slots=True)
class Sorter:
    """The pieces of one page with what is known of them so far."""

    page: Context
    markers: Markers
    pieces: tuple[Piece, ...]
    first: int  # first long paragraph
    last: int  # last long paragraph
    home: frozenset[str] = frozenset()  # styles in which the text is set
    title: int = -1  # number of the line with the headline in an h1; -1: none


_NOWHERE: tuple[int, None] = (-1, None)


def pieces_of(blocks: Sequence[Block], lines: Sequence[Line]) -> tuple[Piece, ...]:
    places: dict[str, tuple[int, Line]] = {}
    for i, line in enumerate(lines):  # of equal ones that with less link: contents come first
        if line.key not in places or line.linked < places[line.key][1].linked:
            places[line.key] = (i, line)
    found = []
    for number, block in enumerate(blocks):
        for text in block.text.split("\n"):
            flat = plain(text) if len(text) <= MAX_LINE else ""
            name = key(text)
            at, place = places.get(name, _NOWHERE) if name else _NOWHERE
            found.append(Piece(number, block.kind, text, flat, count_words(flat), name, place, at))
    return tuple(found)


def shares_of(pieces: Iterable[Piece]) -> dict[int, float]:
    sizes: Counter[int] = Counter()
    total = 0
    for piece in pieces:
        total += len(piece.text)
        if piece.line:
            for place in piece.line.place.around():
                sizes[id(place)] += len(piece.text)
    return {place: size / (total or 1) for place, size in sizes.items()}


def home_of(pieces: Iterable[Piece]) -> frozenset[str]:
    """The styles that hold a fair share of the running text."""
    sizes: Counter[str] = Counter()
    for piece in pieces:
        if piece.line and piece.words >= _STYLED:
            sizes[style_of(piece.line)] += len(piece.text)
    total = sum(sizes.values())
    return frozenset(style for style, size in sizes.items() if size >= HOME_SHARE * total)


def style_of(line: Line) -> str:
    """Tag and class of the element around a line and of the one around that."""
    parent = line.place.parent
    return f"{line.place.style} < {parent.style if parent else ''}"


def is_at_home(piece: Piece, sorter: Sorter) -> bool:
    """Whether a line is set as the running text is; True where its place is not known."""
    return piece.line is None or style_of(piece.line) in sorter.home


def is_link(piece: Piece) -> bool:
    """Whether a line is mostly a link."""
    return piece.line is not None and piece.line.linked >= LINKED


def inner(piece: Piece, page: Context) -> Iterator[Place]:
    """The places around a piece that hold little of the text found, innermost first."""
    if piece.line is not None:
        for place in piece.line.place.around():
            if page.shares.get(id(place), 0) < ZONE_SHARE:
                yield place


def zones(piece: Piece, page: Context, markers: Markers) -> Iterator[str]:
    """The kinds of residue that the classes of these places name."""
    for place in inner(piece, page):
        for name in names(place.label):
            if kind := markers.zones.get(name):
                yield kind
