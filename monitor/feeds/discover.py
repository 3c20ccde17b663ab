"""Where a home page announces feeds and sitemaps, and what a listing page links to."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain
from typing import Literal

from cssselect import SelectorError
from lxml import etree, html
from lxml.html import HtmlElement

from monitor.errors import ConfigError
from monitor.feeds.entry import first_link, title_text
from monitor.feeds.tags import has_monster
from monitor.types import FeedEntry
from monitor.urls import normalise, same_site

# Bytes; larger pages are cut.
MAX_PAGE = 5 * 1024 * 1024
MAX_FOUND = 50

_FEED_TYPES = frozenset(
    f"application/{name}" for name in ("rss+xml", "atom+xml", "rdf+xml", "feed+json")
)
_FEED_PATH = re.compile(
    r"/(?:feed|rss|atom)/?$|[./](?:rss|atom)$|/(?:feed|rss|atom|index)\.(?:xml|json|rdf)$",
    re.IGNORECASE,
)
_SITEMAP_PATH = re.compile(r"/[\w-]*sitemap[\w-]*\.xml(?:\.gz)?$", re.IGNORECASE)
_COMMENTS = re.compile(r"/comments?/", re.IGNORECASE)
_ROBOTS = re.compile(rb"^[ \t]*sitemap[ \t]*:[ \t]*(\S+)", re.IGNORECASE | re.MULTILINE)


@dataclass(frozen=True, slots=True)
class FeedLink:
    """A feed or sitemap that a site announces."""

    url: str  # absolute
    kind: Literal["feed", "sitemap"]
    title: str | None = None


def discover(page: bytes | str, url: str) -> tuple[FeedLink, ...]:
    """Feeds and sitemaps that the page at ``url`` announces, its <link>s before its anchors.

    Feeds of comments are left out. Bytes are decoded by what the page says of itself. Never raises.
    """
    root = _parse(page)
    if root is None:
        return ()
    base = _base(root, url)
    first: dict[str, FeedLink] = {}
    for link in chain(_announced(root, base), _anchors(root, base)):
        first.setdefault(link.url, link)
    return tuple(first.values())[:MAX_FOUND]


def sitemaps_in(robots: bytes, url: str) -> tuple[FeedLink, ...]:
    """The sitemaps that the robots.txt at ``url`` names (sitemaps.org). Never raises."""
    named = [place.decode("utf-8", "replace") for place in _ROBOTS.findall(robots)]
    urls = [found for place in named if (found := first_link([place], [url]))]
    return tuple(FeedLink(found, "sitemap") for found in dict.fromkeys(urls))[:MAX_FOUND]


def links(page: bytes | str, url: str, css: str, limit: int | None = None) -> tuple[FeedEntry, ...]:
    """What the elements that ``css`` selects link to, themselves or inside, in order of the page.

    One entry per address, at most ``limit``, titled by the longest text that links to it: pictures
    link too. Links to the page itself are none. Raises ConfigError for a selector that cannot be
    read, and nothing else.
    """
    root = _parse(page)
    if root is None:
        return ()
    base = _base(root, url)
    itself = normalise(url)
    titles: dict[str, tuple[str, str]] = {}
    for anchor in (anchor for element in _selected(root, css) for anchor in element.iter("a")):
        found = first_link([anchor.get("href")], [base])
        identity = found and normalise(found)
        if not found or not identity or identity == itself:
            continue
        # A trap of 200,000 links is read up to the limit.
        if len(titles) == limit and identity not in titles:
            break
        title = title_text(anchor.text_content(), is_html=False) or ""
        known = titles.get(identity, (found, ""))
        titles[identity] = (known[0], max(known[1], title, key=len))
    return tuple(FeedEntry(found, title=title or None) for found, title in titles.values())


def _parse(page: bytes | str) -> HtmlElement | None:
    """None where there is no element, or one with a monstrous tag."""
    encoding = None if isinstance(page, bytes) else "utf-8"
    body = (page if isinstance(page, bytes) else page.encode(errors="replace"))[:MAX_PAGE]
    if has_monster(body):
        return None
    try:
        return html.document_fromstring(body, parser=html.HTMLParser(encoding=encoding))
    except etree.ParserError:
        return None


def _base(root: HtmlElement, url: str) -> str:
    """The page's <base>, believed on the same site only."""
    declared = (element.get("href") for element in root.iter("base"))
    base = first_link(declared, [url])
    return base if base and same_site(base, url) else url


def _announced(root: HtmlElement, base: str) -> Iterator[FeedLink]:
    for element in root.iter("link"):
        rel = (element.get("rel") or "").lower().split()
        type_ = (element.get("type") or "").partition(";")[0].strip().lower()
        url = first_link([element.get("href")], [base])
        if url and not _COMMENTS.search(url):
            title = title_text(element.get("title"), is_html=False)
            if "feed" in rel or ("alternate" in rel and type_ in _FEED_TYPES):
                yield FeedLink(url, "feed", title)
            elif "sitemap" in rel:
                yield FeedLink(url, "sitemap", title)


def _anchors(root: HtmlElement, base: str) -> Iterator[FeedLink]:
    for element in root.iter("a"):
        url = first_link([element.get("href")], [base])
        if url and not _COMMENTS.search(url):
            path = url.partition("?")[0].partition("#")[0]
            title = title_text(element.text_content(), is_html=False)
            if _FEED_PATH.search(path):
                yield FeedLink(url, "feed", title)
            elif _SITEMAP_PATH.search(path):
                yield FeedLink(url, "sitemap", title)


def _selected(root: HtmlElement, css: str) -> list[HtmlElement]:
    try:
        selected: list[HtmlElement] = root.cssselect(css, translator="html")
    except (SelectorError, etree.XPathError) as error:
        raise ConfigError(f"selector {css!r}: {error}") from error
    return selected
