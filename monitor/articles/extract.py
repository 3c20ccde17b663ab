"""Bytes to a tree and to the body that trafilatura finds; the only file that knows it."""

import logging
import re
from functools import cache
from typing import TYPE_CHECKING, cast

from lxml.etree import XPath, strip_tags
from lxml.html import HtmlElement, HTMLParser, document_fromstring

from monitor.articles.decode import decode

if TYPE_CHECKING:
    from lxml.etree import _Element
    from trafilatura.settings import Document, Extractor

# It warns about every page without text; here such a page is a value.
logging.getLogger("trafilatura").setLevel(logging.CRITICAL)

# Levels; libxml2 stops reading a page at 256 without a word, trafilatura then finds nothing.
DEEP = 245
# Levels to which a deep page is made flat; libxml2 with huge_tree reads 2,048.
FLAT = 100
# Characters of a body that is believed; trafilatura's own 250 turn a news flash, and most short
# pages in Chinese or Japanese, into one run of all the page's text. The labelled pages score the
# same from 150 to 250.
SHORTEST = 150
# Elements; 40,000 paragraphs take 4 s of CPU, and the time grows with their square. The largest of
# 352 real pages has 4,098.
MOST_ELEMENTS = 50_000
# Attributes of one tag; 100,000 hang inside libxml2, where no Python time limit reaches.
MOST_ATTRIBUTES = 2_000
# Bytes of a tag from which its attributes are counted; longer tags are rare, so counting is cheap.
_LONG_TAG = re.compile(rb"<[a-zA-Z][^<>]{20000,}")

# A name for elements to be taken away in one pass inside libxml2; drop_tag copies text through
# Python and raises where the text has control characters.
_WRAPPER = "wrapper"
# A cell with paragraphs lays the page out; tables of figures have none of such length.
_LAYOUT_CELLS = XPath("//td[string-length(.) > 500][count(.//br | .//p) >= 2]")
_TABLE = ("table", "thead", "tbody", "tfoot", "tr", "td", "th")
_IS_DEEP = XPath("boolean(" + "/*" * DEEP + ")")
_COUNT = XPath("count(//*)")
_TEXTUAL = frozenset({"p", "br", "a", "h1", "h2", "h3", "h4", "h5", "h6", "html", "body", "head"})


class TooLarge(Exception):
    """A page with more elements or attributes than can be read in time; says which."""


def load(body: bytes, content_type: str | None = None) -> HtmlElement | None:
    """The tree of an HTML page; None: not HTML. Raises TooLarge.

    A page nested deeper than libxml2 reads by default is read up to 2,048 levels and made flat.
    """
    from trafilatura import load_html
    from trafilatura.utils import decode_file

    for tag in _LONG_TAG.finditer(body):
        if (attributes := tag.group().count(b"=")) > MOST_ATTRIBUTES:
            raise TooLarge(f"a tag with {attributes} attributes")
    text = decode(body, content_type)
    tree = load_html(body if text is None else text)
    if tree is None:
        return None
    if (elements := int(cast(float, _COUNT(tree)))) > MOST_ELEMENTS:
        raise TooLarge(f"{elements} elements")
    tree = _flat(decode_file(body) if text is None else text) if _IS_DEEP(tree) else tree
    return _without_layout_tables(tree)


def _without_layout_tables(tree: HtmlElement) -> HtmlElement:
    """The tree with divisions for the tables that only lay out the page."""
    cells = cast("list[HtmlElement]", _LAYOUT_CELLS(tree))
    tables = {table for cell in cells for table in cell.iterancestors("table")}
    parts = [e for e in tree.iter(*_TABLE) if _owner(e) in tables] if tables else []
    for element in parts:
        element.tag = "div"
    return tree


def _owner(element: HtmlElement) -> HtmlElement | None:
    """The table that an element is or is a part of."""
    return element if element.tag == "table" else next(element.iterancestors("table"), None)


def _flat(text: str) -> HtmlElement:
    """The tree of a deep page, without wrappers below ``FLAT`` levels."""
    parser = HTMLParser(
        collect_ids=False, encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=True
    )
    tree = document_fromstring(text.encode("utf-8", "replace"), parser=parser)
    depths: dict[HtmlElement, int] = {}
    for element in tree.iter():
        parent = element.getparent()
        depths[element] = depths[parent] + 1 if parent is not None else 0
    for element, depth in depths.items():
        if depth > FLAT and element.tag not in _TEXTUAL:
            element.tag = _WRAPPER
    strip_tags(tree, _WRAPPER)
    return tree


def main_content(tree: HtmlElement, fast: bool) -> "_Element | None":
    """The body in TEI-like elements (p, head, list, quote, table ...); None: no text found.

    ``fast`` leaves out the comparison with other extractors, a third of the time, which finds more
    on one page of ten. The tree is not changed. Readers' comments and metadata are not asked for.
    """
    from trafilatura import bare_extraction

    document = bare_extraction(tree, options=_options(fast))
    return cast("Document", document).body if document else None


def _options(fast: bool) -> "Extractor":
    from trafilatura.settings import Extractor

    options = Extractor(output_format="python", comments=False, fast=fast)
    options.min_extracted_size = SHORTEST
    return options


@cache
def version() -> str:
    """The version of trafilatura, part of the cleaner's."""
    from trafilatura import __version__

    return __version__
