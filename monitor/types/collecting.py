"""What is asked of the network, and what came back."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

FeedKind = Literal["rss", "atom", "rdf", "json", "sitemap", "sitemapindex", "none"]
FeedOutcome = Literal["ok", "partial", "not_a_feed", "empty", "parse_error", "too_large"]

# The closed list of what can become of a URL asked for. A fetch has exactly one word; where
# the answer was read, the word of its reading is the URL's fate instead.
FATES: Mapping[str, str] = {
    # the crawl half
    "ok": "answered; the page is kept for reading, or the feed was read",
    "partial": "a feed cut short; the entries before the cut were used",
    "capped": "stopped at the limit of pages or entries for one start",
    "unchanged": "the same as at the last visit",
    "robots": "robots.txt does not allow it",
    "blocked": "an address, scheme or port that the guard refuses",
    "blocked_by_site": "the site answered with a captcha or a bot check",
    "connection": "no connection, or closed before an answer",
    "timeout": "no whole answer, or no reading, in the time allowed",
    "too_large": "larger than the limits allow",
    "truncated": "cut short on the way; never kept",
    "bad_response": "not an HTTP answer",
    "redirect_loop": "redirected too often",
    "rate_limited": "asked to come back later than this run lasts",
    "http_error": "answered with an error status",
    "gone": "answered 410, or redirected to the front page",
    "not_a_feed": "at the feed's address is something else",
    "parse_error": "the bytes could not be read as what they claim to be",
    "unresolvable_link": "the entry leads to an aggregator, not to the publisher",
    "duplicate_url": "another spelling of an article that is known",
    "off_topic": "not about the configured topic",
    "forgotten": "removed at its publisher's request; never fetched or stored again",
    "empty": "an answer of 0 bytes",
    "not_html": "not an HTML page",
    # the process half
    "stored": "read as an article; its text is kept",
    "no_text": "no article text: a script shell, a section front, a video page",
    "soft_404": "says 'not found' with status 200",
    "consent_wall": "a consent wall instead of the article",
    "paywalled": "a teaser before a paywall",
}


@dataclass(frozen=True, slots=True)
class FeedEntry:
    """One link that a feed or news sitemap announces."""

    url: str | None  # absolute, as announced; identity is decided later. None: no http(s) link
    guid: str | None = None
    title: str | None = None
    published_at: datetime | None = None  # None: absent, unreadable or outside 1990..2100
    published_raw: str | None = None  # the date as printed
    summary: str | None = None  # plain text
    authors: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Feed:
    """What the bytes of a feed or sitemap say. ``outcome`` is never an exception."""

    outcome: FeedOutcome
    kind: FeedKind = "none"
    title: str | None = None
    url: str | None = None  # home page the feed names
    entries: tuple[FeedEntry, ...] = ()
    ttl_minutes: int | None = None  # the publisher's own wish, from <ttl> or sy:update*


@dataclass(frozen=True, slots=True)
class Page:
    """One HTTP answer, byte for byte."""

    url: str  # as asked for
    body: bytes
    fetched_at: datetime
    final_url: str | None = None  # as answered after redirects; None: the same
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)  # lower-case names, those that matter
    source: str | None = None
    page_id: int | None = None  # None: not stored
    learned: frozenset[str] = frozenset()  # hashes of blocks that recur on its site
