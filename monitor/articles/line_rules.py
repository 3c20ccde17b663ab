"""The rules that look at one line: by its words, its links, its place in the page."""

import re
from collections.abc import Callable

from monitor.articles.layout import MAX_LINE, key
from monitor.articles.markers import count_words, plain
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
_CLOSING = "\"' \u201d\u2019\u00bb\u300d\u300f"
# Kinds that ask the reader to do something: a sentence that reports speech is none of them.
_APPEALS = frozenset({"newsletter", "app", "support", "login", "share", "contact", "copyright"})
# Words; a kicker or the name of a column above the headline.
KICKER = 6
_EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_DAY = re.compile(r"\d{1,4}[./-]\d{1,2}[./-]\d{1,4}")
_COPYRIGHT = re.compile(r"\W*(?:copyright|\(c\)|©)\W*(?:\(c\))?\W*(?:19|20)\d\d", re.IGNORECASE)
# A byline of names that nothing else on the page gives.
_BY = re.compile(
    r"(?:by|von|por|par|di|door|av|af|od|oleh|interview by|text by)[:\s]", re.IGNORECASE
)
# Words: "By Ana María de la Cruz and Jo Reyes in Madrid".
_LONGEST_BYLINE = 12
# Words beside the names in a byline, such as a place; a Chinese character counts as one.
_BESIDE = 2
# Words around an e-mail address behind the text: a name, a telephone.
_CONTACT = 16


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
        if marker.kind in _APPEALS and _is_told(piece, sorter):
            continue
        if not marker.needs or _NEEDS[marker.needs](piece):
            return marker.kind
    return None


def _is_label(piece: Piece) -> bool:
    """Whether a line is no sentence: mostly a link, or without a full stop at its end."""
    return is_link(piece) or piece.text.rstrip(_CLOSING)[-1:] not in _SENTENCE_END


def _is_told(piece: Piece, sorter: Sorter) -> bool:
    return not _is_label(piece) and sorter.markers.is_told(piece.plain)


def _at_end(piece: Piece) -> bool:
    """Such a marker counts by its position, see ``_end``."""
    return False


_NEEDS = {"link": is_link, "label": _is_label, "end": _at_end}


def _learned(piece: Piece, index: int, sorter: Sorter) -> str | None:
    learned = sorter.page.learned
    return "learned" if learned and block_hash(piece.text) in learned else None


def is_whole(piece: Piece) -> bool:
    """Whether a line is nothing but a link."""
    return piece.line is not None and piece.line.linked >= WHOLE


def _contents(piece: Piece, index: int, sorter: Sorter) -> str | None:
    """A link to a place further down the page."""
    line = piece.line
    if line is None or not is_whole(piece) or not line.links or piece.kind != "list":
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


def _email(piece: Piece, index: int, sorter: Sorter) -> str | None:
    """Nothing but an e-mail address."""
    return "contact" if _EMAIL.fullmatch(piece.text.strip(" ()[]")) else None


def _copyright(piece: Piece, index: int, sorter: Sorter) -> str | None:
    """The sign and a year: "Copyright 2025 The Courier", however it goes on."""
    return "copyright" if piece.words <= TEASER and _COPYRIGHT.match(piece.text) else None


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
    return "bio" if starts and sorter.markers.names_job(piece.plain[:300]) else None


ANYWHERE: tuple[Rule, ...] = (
    *(_noise, _headline, _learned, _marked),
    *(_contents, _link_line, _email, _copyright, _caption, _zone, _bio),
)


# --- rules for a line before the first or after the last paragraph -----------------------------


def _byline(piece: Piece, index: int, sorter: Sorter) -> str | None:
    """Nothing but authors, the words of a byline and a date."""
    if sorter.first < index < sorter.last or piece.words > 20 or len(piece.text) > 400:
        return None
    rest = piece.plain
    for author in sorted(sorter.page.authors, key=len, reverse=True):
        rest = rest.replace(plain(author), " ")
    if index < sorter.first and _is_signed(piece):
        return "byline"
    named = len(rest) < len(piece.plain)
    words = re.findall(r"[^\W\d_]+", sorter.markers.wires.sub(" ", rest))
    markers = sorter.markers
    left = [w for w in words if w not in markers.by and w not in markers.time]
    if named and sum(map(count_words, left)) <= _BESIDE:
        return "byline"
    dated = any(char.isdigit() for char in piece.text) and any(
        w in markers.time and (len(w) > 2 or not w.isascii()) for w in words
    )
    dated = dated or _DAY.search(piece.text) is not None
    return "dateline" if dated and not left else None


def _is_signed(piece: Piece) -> bool:
    """Whether a line is "By" and names, whoever bears them."""
    names = re.findall(r"[^\W\d_]+", _BY.sub("", piece.text, count=1))
    return (
        _BY.match(piece.text) is not None
        and 2 <= len(names) <= _LONGEST_BYLINE
        and piece.text[-1] not in ".!?"
        and sum(name[0].isupper() for name in names) > len(names) / 2
    )


def _above(piece: Piece, index: int, sorter: Sorter) -> str | None:
    """Before the text: a part of the headline, or a short line above it; links of a menu."""
    if index >= sorter.first or piece.kind in ("table", "code"):
        return None
    if piece.words > 1 and piece.key in key(sorter.page.headline or ""):
        return "headline"
    if 0 <= piece.at < sorter.title and piece.words <= KICKER:
        return "headline"
    return _menu(piece, index, sorter)


def _menu(piece: Piece, index: int, sorter: Sorter) -> str | None:
    """Nothing but a short link, before or after the text."""
    is_outside = index < sorter.first or index > sorter.last
    return "related" if is_outside and piece.words < 4 and is_whole(piece) else None


def _reach(piece: Piece, index: int, sorter: Sorter) -> str | None:
    """Whom to write to, behind the text."""
    if index <= sorter.last or piece.words > _CONTACT:
        return None
    return "contact" if _EMAIL.search(piece.text) else None


def _end(piece: Piece, index: int, sorter: Sorter) -> str | None:
    """Marked by words that count only after the last paragraph."""
    if index <= sorter.last or piece.kind == "code":
        return None
    found = sorter.markers.find(piece.plain, piece.words)
    return next((marker.kind for marker in found if marker.needs == "end"), None)


BY_POSITION: tuple[Rule, ...] = (_byline, _above, _menu, _reach, _end)


def _absolute(link: str, url: str) -> str:
    return link if "//" in link[:9] else url
