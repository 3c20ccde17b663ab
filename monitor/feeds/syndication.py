"""RSS, RDF and Atom, through feedparser."""

import re
from collections.abc import Iterator
from io import BytesIO

import feedparser
from feedparser import FeedParserDict
from feedparser.mixin import _FeedParserMixin

from monitor.feeds.entry import MAX_NAME, build_entry, first_link, http, summary_text, title_text
from monitor.feeds.tags import has_monster
from monitor.types import Feed, FeedEntry, FeedKind

# Minutes; a publisher's wish beyond a week is a mistake of the feed.
MAX_TTL = 7 * 24 * 60

# What feedparser raises on broken feeds (256 of 31,718 mutated ones; benchmarks/feeds_fuzz.py).
_RAISED = (ValueError, LookupError, TypeError, AttributeError, AssertionError, RuntimeError)
_MINUTES = {"hourly": 60, "daily": 1_440, "weekly": 10_080, "monthly": 43_200, "yearly": 525_600}
# Emoji as two halves of a surrogate pair are common: &#xD83D;&#xDE00;
_REFERENCE = re.compile(rb"&#(?:[xX]([0-9a-fA-F]{1,9})|(\d{1,9}));?")
# Entities that a feed declares for itself are kept where they stand for a few characters. Others
# are left undefined, since they could reach for files; feedparser only takes them out where each
# stands on its own line. Entities made of entities, or as long as a text, are there to explode.
_DECLARED = re.compile(rb"<!ENTITY\b[^>]*>?", re.IGNORECASE)
_HARMLESS = re.compile(rb"""<!ENTITY\s+\w+\s+(["'])(?:&\#\w{1,8};|[^&%"'<]{0,20})\1\s*>""")
_BOMB = re.compile(rb"""<!ENTITY\s+\w+\s+(?:"[^"]*&\w|'[^']*&\w|["'][^>]{1000})""", re.IGNORECASE)
_END = re.compile(rb"</(?:\w+:)?(?:rss|rdf|feed|channel)\s*>", re.IGNORECASE)


_sync_author = _FeedParserMixin._sync_author_detail


def _sync_short_author(parser: _FeedParserMixin, key: str = "author") -> None:
    context = parser._get_context()
    if isinstance(context.get(key), str):
        context[key] = context[key][:MAX_NAME]
    _sync_author(parser, key)


# feedparser looks for an e-mail address in the author with a pattern that takes time with the
# square of the longest word: 20,000 characters cost 2.6 s, a feed of one such author for ever.
_FeedParserMixin._sync_author_detail = _sync_short_author


def read(body: bytes, url: str | None) -> Feed:
    """The feed; kind "none" and outcome not_a_feed where feedparser finds none."""
    parsed = None if has_monster(body) or _BOMB.search(body) else _parse(body)
    if parsed is None:
        return Feed("parse_error")
    kind = _kind(parsed)
    if kind == "none":
        return Feed("not_a_feed")
    home = first_link([parsed.feed.get("link")], [url])
    bases = (url, home) if kind == "atom" else (home, url)
    found = tuple(_entry(item, parsed.feed, kind, bases) for item in parsed.entries)
    is_cut = bool(parsed.bozo) and not _END.search(body)
    if is_cut and _is_cut_in_entry(body):
        found = found[:-1]
    return Feed(
        outcome="partial" if is_cut else "ok" if found else "empty",
        kind=kind,
        title=_title(parsed.feed, kind) or home,
        url=home,
        entries=found,
        ttl_minutes=_ttl(parsed.feed),
    )


def _is_cut_in_entry(body: bytes) -> bool:
    """True where the last entry is not whole: its address may be half of one."""
    last = max(body.rfind(b"<item"), body.rfind(b"<entry"))
    return last > max(body.rfind(b"</item"), body.rfind(b"</entry"))


def _parse(body: bytes) -> FeedParserDict | None:
    """None where feedparser raises, which it does for numbers of characters that do not exist."""
    body = _DECLARED.sub(_harmless, body)
    parsed = _attempt(body)
    return _attempt(_REFERENCE.sub(_existing, body)) if parsed is None else parsed


def _attempt(body: bytes) -> FeedParserDict | None:
    """Bytes given bare would be tried as the name of a file."""
    try:
        return feedparser.parse(BytesIO(body), sanitize_html=False, resolve_relative_uris=False)
    except _RAISED:
        return None


def _harmless(declaration: re.Match[bytes]) -> bytes:
    return declaration[0] if _HARMLESS.fullmatch(declaration[0]) else b""


def _existing(reference: re.Match[bytes]) -> bytes:
    number = int(reference[1], 16) if reference[1] else int(reference[2])
    return b"" if 0xD800 <= number < 0xE000 or number > 0x10FFFF else reference[0]


def _kind(parsed: FeedParserDict) -> FeedKind:
    """feedparser's word for an Atom feed begins with atom; RSS 1.0 and 0.90 are RDF."""
    version = parsed.get("version") or ""
    if version.startswith("atom"):
        return "atom"
    if version in {"rss10", "rss090"}:
        return "rdf"
    return "rss" if version or parsed.entries else "none"


def _title(item: FeedParserDict, kind: FeedKind) -> str | None:
    return title_text(item.get("title"), _is_markup(item.get("title_detail"), kind))


def _is_markup(detail: object, kind: FeedKind) -> bool:
    """RSS has no types, and HTML in every text; the types of Atom are believed."""
    is_text = isinstance(detail, dict) and detail.get("type") == "text/plain"
    return kind != "atom" or not is_text


def _entry(
    item: FeedParserDict, feed: FeedParserDict, kind: FeedKind, bases: tuple[str | None, ...]
) -> FeedEntry:
    return build_entry(
        url=first_link(_links(item), bases) or (http(item.get("id")) if kind == "atom" else None),
        guid=item.get("id"),
        title=_title(item, kind),
        summary=_summary(item, kind),
        dates=_dates(item),
        authors=_authors(item) or (_authors(feed) if kind == "atom" else ()),
    )


def _links(item: FeedParserDict) -> Iterator[object]:
    """FeedBurner puts its own redirect into the link and keeps the publisher's beside it."""
    yield item.get("feedburner_origlink")
    yield item.get("link")
    for link in _members(item, "links"):
        if link.get("rel") == "alternate":
            yield link.get("href")


def _members(item: FeedParserDict, name: str) -> list[FeedParserDict]:
    """feedparser's lists of details; text where a feed has an element of that name."""
    members = item.get(name)
    is_list = isinstance(members, list)
    return [member for member in members if isinstance(member, dict)] if is_list else []


def _summary(item: FeedParserDict, kind: FeedKind) -> str | None:
    texts = [(item.get("summary"), item.get("summary_detail"))]
    texts += [(content.get("value"), content) for content in _members(item, "content")[:1]]
    found = (summary_text(text, _is_markup(detail, kind)) for text, detail in texts)
    return next(filter(None, found), None)


def _dates(item: FeedParserDict) -> Iterator[object]:
    """``dict.get``: FeedParserDict answers "updated" with the published date and a warning."""
    return (dict.get(item, name) for name in ("published", "created", "updated"))


def _authors(item: FeedParserDict) -> tuple[object, ...]:
    return tuple(author.get("name") for author in _members(item, "authors"))


def _ttl(feed: FeedParserDict) -> int | None:
    """Minutes from <ttl>, else from the update period and frequency of the syndication module."""
    minutes = _number(feed.get("ttl"))
    if minutes is None:
        period = _MINUTES.get(str(feed.get("sy_updateperiod", "")).strip().lower())
        minutes = period and period // max(_number(feed.get("sy_updatefrequency")) or 1, 1)
    return min(minutes, MAX_TTL) if minutes else None


def _number(text: object) -> int | None:
    found = re.match(r"\s*(\d{1,9})\s*(?:\.\d*)?\s*$", text) if isinstance(text, str) else None
    return int(found[1]) if found else None
