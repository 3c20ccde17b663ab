"""One entry of any kind of feed, from loose fields to bounded, clean ones."""

from collections.abc import Iterable

from monitor.feeds.dates import MAX_LENGTH, read_date
from monitor.feeds.plain import MAX_SUMMARY, MAX_TITLE, from_html, from_text
from monitor.types import FeedEntry
from monitor.urls import absolute

# Entries of one feed that are looked at: the most a sitemap may have by protocol.
MAX_READ = 50_000
# Characters; a guid is kept to be shown, never to decide identity.
MAX_GUID = 2_000
MAX_NAME = 200
MAX_AUTHORS = 20
# Characters of a summary that stand in for a missing title.
MAX_STAND_IN = 100


def first_link(links: Iterable[object], bases: Iterable[str | None]) -> str | None:
    """The first link that is an http(s) address, alone or from the first base that is one."""
    usable = [base for base in map(http, bases) if base]
    for link in links:
        if isinstance(link, str) and link.strip():
            found = absolute(link, usable[0] if usable else None)
            if found:
                return found
    return None


def http(url: object) -> str | None:
    """The address as a browser asks for it; None for another scheme or no text."""
    return absolute(url) if isinstance(url, str) else None


def build_entry(
    url: str | None,
    guid: object,
    title: str | None,
    summary: str | None,
    dates: Iterable[object],
    authors: Iterable[object],
) -> FeedEntry:
    """The entry; ``title`` and ``summary`` are plain text already. Fields of a wrong type are None.

    A missing title is the beginning of the summary, else the address, as readers show it. Of
    ``dates`` the first readable one counts, else the first one is kept as it was printed.
    """
    printed = [
        line for date in dates if isinstance(date, str) and (line := _line(date, MAX_LENGTH))
    ]
    read = next(((found, raw) for raw in printed if (found := read_date(raw))), None)
    names = (_line(author, MAX_NAME) for author in authors)
    return FeedEntry(
        url=url,
        guid=_line(guid, MAX_GUID),
        title=title or (from_text(summary, MAX_STAND_IN) if summary else url),
        published_at=read and read[0],
        published_raw=read[1] if read else next(iter(printed), None),
        summary=summary,
        authors=tuple(dict.fromkeys(name for name in names if name))[:MAX_AUTHORS],
    )


def title_text(text: object, is_html: bool = True) -> str | None:
    """A title as plain text on one line."""
    return _plain(text, MAX_TITLE, is_html)


def summary_text(text: object, is_html: bool = True) -> str | None:
    """A summary as plain text on one line."""
    return _plain(text, MAX_SUMMARY, is_html)


def _plain(text: object, limit: int, is_html: bool) -> str | None:
    if not isinstance(text, str):
        return None
    return from_html(text, limit) if is_html else from_text(text, limit)


def _line(text: object, limit: int) -> str | None:
    return from_text(text, limit) if isinstance(text, str) else None
