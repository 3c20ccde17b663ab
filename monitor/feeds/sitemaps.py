"""Sitemaps, sitemap indexes and Google News sitemaps (sitemaps.org 0.9; sitemap-news 0.9)."""

import re
from collections.abc import Iterator
from html.entities import html5
from io import BytesIO

from lxml import etree

from monitor.feeds.entry import MAX_READ, build_entry, first_link, title_text
from monitor.types import Feed, FeedEntry, FeedOutcome

# Ampersands that are repaired: ten in each address. Ten million of them would take a gigabyte.
MAX_REPAIRS = 500_000

_ROOT = re.compile(rb"<(?:\w+:)?(urlset|sitemapindex)[\s>]", re.IGNORECASE)
_END = re.compile(rb"</(?:\w+:)?(?:urlset|sitemapindex)\s*>", re.IGNORECASE)
# CDATA is kept as it is. All other ampersands become plain XML: publishers forget to escape them
# ("?a=1&b=2" would lose "&b"), and no entity is left that a DTD could expand.
_AMPERSAND = re.compile(
    rb"<!\[CDATA\[.*?(?:\]\]>|\Z)|&(?!(?:amp|lt|gt|quot|apos|#\d+|#x[0-9a-fA-F]+);)(\w{1,32};)?",
    re.DOTALL,
)


def read(body: bytes, url: str | None) -> Feed:
    """The announced pages, or for an index the announced sitemaps.

    ``published_at`` is the date of the news block, else lastmod. Entries without a usable address
    are left out. partial: cut short.
    """
    root = _ROOT.search(body)
    is_index = root is not None and root[1].lower() == b"sitemapindex"
    is_whole = _END.search(body) is not None
    entries = tuple(_entries(with_whole_ampersands(body), url))
    outcome: FeedOutcome = "ok" if entries else "empty"
    if not is_whole:
        outcome = "partial" if entries else "parse_error"
    return Feed(outcome, "sitemapindex" if is_index else "sitemap", entries=entries)


def with_whole_ampersands(body: bytes) -> bytes:
    """XML in which bare ampersands are escaped; as it was where there are more than MAX_REPAIRS."""
    return body if body.count(b"&") > MAX_REPAIRS else _AMPERSAND.sub(_escape, body)


def _escape(match: re.Match[bytes]) -> bytes:
    if match[0].startswith(b"<"):
        return match[0]
    known = html5.get((match[1] or b"").decode("ascii", "replace"))
    return known.encode("ascii", "xmlcharrefreplace") if known else b"&amp;" + (match[1] or b"")


def _entries(body: bytes, url: str | None) -> Iterator[FeedEntry]:
    """Stops at MAX_READ, and where the bytes cannot be read any further."""
    elements = etree.iterparse(
        BytesIO(body),
        tag=("{*}url", "{*}sitemap"),
        recover=True,
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
    )
    try:
        for _, (_, element) in zip(range(MAX_READ), elements, strict=False):
            found = _entry(element, url)
            if found:
                yield found
            element.clear()
            parent = element.getparent()
            while parent is not None and element.getprevious() is not None:
                del parent[0]  # or the whole tree stays in memory
    except etree.XMLSyntaxError:
        return


def _entry(element: etree._Element, base: str | None) -> FeedEntry | None:
    """Only direct children: an image and a video have a location and a title of their own."""
    fields = _children(element)
    news = _children(fields["news"]) if "news" in fields else {}
    text = {name: child.text for name, child in (fields | news).items()}
    url = first_link([text.get("loc")], [base])
    if url is None:
        return None
    title = title_text(text.get("title"))
    dates = [text.get("publication_date"), text.get("lastmod")]
    return build_entry(url, guid=None, title=title, summary=None, dates=dates, authors=())


def _children(element: etree._Element) -> dict[str, etree._Element]:
    """By local name, the first of each; whatever the prefix or namespace, which feeds get wrong."""
    children = [child for child in element if isinstance(child.tag, str)]
    return {re.split("[}:]", child.tag)[-1]: child for child in reversed(children)}
