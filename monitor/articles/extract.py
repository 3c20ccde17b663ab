"""Bytes to the body that trafilatura finds; the only file that knows it."""

import logging
from functools import cache
from typing import TYPE_CHECKING, cast

from lxml.html import HtmlElement

if TYPE_CHECKING:
    from lxml.etree import _Element
    from trafilatura.settings import Document, Extractor

# It warns about every page without text; here such a page is a value.
logging.getLogger("trafilatura").setLevel(logging.CRITICAL)


def load(body: bytes) -> HtmlElement | None:
    """The tree of an HTML page, its encoding guessed from the bytes; None: not HTML."""
    from trafilatura import load_html

    return load_html(body)


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

    return Extractor(output_format="python", comments=False, fast=fast)


@cache
def version() -> str:
    """The version of trafilatura, part of the cleaner's."""
    from trafilatura import __version__

    return __version__
