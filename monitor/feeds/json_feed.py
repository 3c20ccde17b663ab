"""JSON Feed 1.0 and 1.1 (jsonfeed.org)."""

import json
from collections.abc import Iterator, Mapping

from monitor.feeds.entry import MAX_READ, build_entry, first_link, summary_text, title_text
from monitor.types import Feed, FeedEntry


def read(body: bytes, url: str | None) -> Feed:
    """The feed; not_a_feed for other JSON, parse_error for broken text that names jsonfeed.org."""
    try:
        data = json.loads(body)
    except (ValueError, RecursionError):
        return Feed("parse_error" if b"jsonfeed.org" in body else "not_a_feed")
    items = data.get("items") if isinstance(data, dict) else None
    if not isinstance(items, list) or not _is_feed(data):
        return Feed("not_a_feed")
    home = first_link([data.get("home_page_url")], [url])
    entries = tuple(
        _entry(item, (home, url), data) for item in items[:MAX_READ] if isinstance(item, dict)
    )
    return Feed(
        outcome="ok" if entries else "empty",
        kind="json",
        title=title_text(data.get("title"), is_html=False) or home,
        url=home,
        entries=entries,
    )


def _is_feed(data: Mapping[str, object]) -> bool:
    """Feeds without the version line exist; other APIs have items but hardly these names too."""
    return "jsonfeed.org" in str(data.get("version")) or bool(
        {"home_page_url", "feed_url"} & data.keys()
    )


def _entry(
    item: Mapping[str, object], bases: tuple[str | None, ...], feed: Mapping[str, object]
) -> FeedEntry:
    return build_entry(
        url=first_link([item.get("url"), item.get("external_url"), item.get("id")], bases),
        guid=str(item["id"]) if isinstance(item.get("id"), str | int) else None,
        title=title_text(item.get("title"), is_html=False),
        summary=summary_text(item.get("summary"), is_html=False)
        or summary_text(item.get("content_text"), is_html=False)
        or summary_text(item.get("content_html")),
        dates=[item.get("date_published"), item.get("date_modified")],
        authors=list(_authors(item)) or list(_authors(feed)),
    )


def _authors(item: Mapping[str, object]) -> Iterator[object]:
    """``author`` is the form of version 1.0; some feeds have one object where a list belongs."""
    authors = item.get("authors")
    for author in [*(authors if isinstance(authors, list) else [authors]), item.get("author")]:
        if isinstance(author, dict):
            yield author.get("name")
