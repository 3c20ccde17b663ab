"""The rules that look at one line: by its words, its links, its place in the page."""

import re
from collections.abc import Callable

from monitor.articles.layout import MAX_LINE, key
from monitor.articles.markers import plain
from monitor.articles.pieces import LONG, TEASER, Piece, Sorter, inner, is_link, zones
from monitor.articles.recurring import block_hash
from monitor.urls import same_site

Rule = Callable[[Piece, int, Sorter], str | None]

EMBED = "embed"
# Share of a line that must be link for it to be nothing but a link.
WHOLE = 0.95
# Characters a label before a link may have: "Read also: ".
LABEL = 32
# A "word" of so many Latin characters is base64, a hash list or an attack.
_DATA = re.compile(r"[!-~]{1000}")
_SENTENCE_END = ".\u3002"


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
        if not marker.needs or (marker.needs == "link" and is_link(piece)):
            return marker.kind
    return None


def _learned(piece: Piece, index: int, sorter: Sorter) -> str | None:
    learned = sorter.page.learned
    return "learned" if learned and block_hash(piece.text) in learned else None


def _contents(piece: Piece, index: int, sorter: Sorter) -> str | None:
    """A link to a place further down the page."""
    line = piece.line
    if line is None or line.linked < WHOLE or not line.links or piece.kind != "list":
        return None
    return "toc" if all(link.startswith("#") for link in line.links) else None


def _link_line(piece: Piece, index: int, sorter: Sorter) -> str | None:
    """A link to another story of the site, with no more than a label before it."""
    line = piece.line
    if line is None or not is_link(piece) or piece.kind in ("heading", "table", "code"):
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
    return "caption" if any(p.tag == "figcaption" for p in inner(piece, sorter.page)) else None


def _zone(piece: Piece, index: int, sorter: Sorter) -> str | None:
    """Inside a small element whose class names a kind of residue; embedded posts are kept."""
    found = zones(piece, sorter.page, sorter.markers)
    return next((kind for kind in found if kind != EMBED), None)


def _bio(piece: Piece, index: int, sorter: Sorter) -> str | None:
    """A note on the author: begins with a known author's name and names a job."""
    if not 6 <= piece.words <= 160:
        return None
    starts = any(piece.plain.startswith(plain(author)) for author in sorter.page.authors)
    return "bio" if starts and sorter.markers.jobs.search(piece.plain[:300]) else None


ANYWHERE: tuple[Rule, ...] = (
    *(_noise, _headline, _learned, _marked),
    *(_contents, _link_line, _caption, _zone, _bio),
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


BY_POSITION: tuple[Rule, ...] = (_byline, _end)


def _absolute(link: str, url: str) -> str:
    return link if "//" in link[:9] else url
