"""Which reader takes the bytes, and what holds for the entries of every kind."""

import codecs
import re
import zlib
from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime

from monitor.feeds import json_feed, sitemaps, syndication
from monitor.types import Feed, FeedEntry
from monitor.urls import normalise

# Entries kept, the newest ones. News feeds carry 10-200; a news sitemap has 1,000 by protocol.
MAX_ENTRIES = 1_000
# Bytes after decompression. Feeds: what a crawl downloads at most; 10 MB of feed cost about 6 s of
# CPU. Sitemaps: the limit of sitemaps.org.
MAX_FEED = 10 * 1024 * 1024
MAX_SITEMAP = 50 * 1024 * 1024
# Bytes searched for the first telling tag: comments and warnings of broken servers come before it.
HEAD = 4_096

_GZIP = b"\x1f\x8b"
# The longer ones first: the mark of UTF-16 begins that of UTF-32.
_WIDE = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
    (b"<\0\0\0", "utf-32-le"),
    (b"\0\0\0<", "utf-32-be"),
    (b"<\0", "utf-16-le"),
    (b"\0<", "utf-16-be"),
)
_XML_DECLARATION = re.compile(r"\A\ufeff?\s*<\?xml[^>]*>")
_SITEMAP = re.compile(rb"<(?:\w+:)?(?:urlset|sitemapindex)[\s>]", re.IGNORECASE)
_FEED = re.compile(rb"<(?:\w+:)?(?:rss|feed|rdf|channel)[\s>]", re.IGNORECASE)
_HTML = re.compile(rb"<(?:!doctype\s+html|html)[\s>]", re.IGNORECASE)
_BEFORE_ALL = datetime.min.replace(tzinfo=UTC)


def parse_feed(body: bytes, url: str | None = None, limit: int = MAX_ENTRIES) -> Feed:
    """What a feed or sitemap says; never raises. ``url``: where it was, for relative links.

    RSS 0.9x-2.0, RDF, Atom, JSON Feed, sitemaps, sitemap indexes and Google News sitemaps, gzip'd
    or not. One entry per address, at most ``limit``, the newest where there are more. Outcomes:
    ok; partial (cut short: the entries before the cut); empty (a feed without entries); not_a_feed
    (something else, or nothing at all); parse_error (announces a feed and cannot be read, or is
    cut-short gzip); too_large (MAX_FEED, MAX_SITEMAP).
    """
    unpacked = _unpack(body) if body.startswith(_GZIP) else body
    feed = unpacked if isinstance(unpacked, Feed) else _read(unpacked, url)
    return replace(feed, entries=_newest(_distinct(feed.entries), limit))


def _unpack(body: bytes) -> bytes | Feed:
    stream = zlib.decompressobj(wbits=31)  # 31: gzip with its header
    try:
        unpacked = stream.decompress(body, MAX_SITEMAP + 1)
    except zlib.error:
        return Feed("parse_error")
    if len(unpacked) > MAX_SITEMAP:
        return Feed("too_large")
    return unpacked if stream.eof else Feed("parse_error")


def _as_utf8(body: bytes) -> bytes:
    """UTF-16 and UTF-32 as UTF-8, so that checks of bytes see them; NULs are errors after that."""
    encoding = next((encoding for start, encoding in _WIDE if body.startswith(start)), None)
    if encoding is not None:
        text = _XML_DECLARATION.sub("", body.decode(encoding, "replace"))
        body = text.encode("utf-8", "replace")
    return body.replace(b"\0", b"")


def _read(body: bytes, url: str | None) -> Feed:
    body = _as_utf8(body)
    head = body[:HEAD]
    is_sitemap = _SITEMAP.search(head) is not None
    is_feed = _FEED.search(head) is not None
    if len(body) > (MAX_SITEMAP if is_sitemap else MAX_FEED):
        return Feed("too_large")
    if is_sitemap and not is_feed:
        return sitemaps.read(body, url)
    if not head.strip() or (_HTML.search(head) and not is_feed):
        return Feed("not_a_feed")
    if head.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"{"):
        return json_feed.read(body, url)
    feed = syndication.read(body, url)
    return replace(feed, outcome="parse_error") if is_feed and feed.kind == "none" else feed


def _distinct(entries: Iterable[FeedEntry]) -> tuple[FeedEntry, ...]:
    """The first entry of each address; an entry without one stands for itself."""
    seen: set[str] = set()
    kept = []
    for entry in entries:
        identity = entry.url and normalise(entry.url)
        if identity in seen:
            continue
        if identity:
            seen.add(identity)
        kept.append(entry)
    return tuple(kept)


def _newest(entries: tuple[FeedEntry, ...], limit: int) -> tuple[FeedEntry, ...]:
    """At most ``limit``, in the order of the feed; those without a date are the first to go."""
    if len(entries) <= limit:
        return entries
    by_age = sorted(entries, key=lambda entry: entry.published_at or _BEFORE_ALL, reverse=True)
    kept = set(map(id, by_age[:limit]))
    return tuple(entry for entry in entries if id(entry) in kept)
