"""Answers as records of the ledger: one fetch for each URL asked for, one poll for each source."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from monitor.alerts import is_same_validator
from monitor.habits import Habits, as_numbers
from monitor.schedule import Polled, longest_wish, next_poll, next_try
from monitor.topic import Topic
from monitor.types import FeedEntry, Fetch, Link, Page, Poll
from monitor.urls import absolute, normalise, site
from spiders.answers import Answer
from spiders.request import max_age


@dataclass(frozen=True, slots=True)
class Polling:
    """One source or given feed while it is polled."""

    url: str
    kind: str = "feed"  # of the fetch: feed, sitemap, page
    name: str | None = None  # of the configured source; None: given by hand
    etag: str | None = None
    last_modified: str | None = None
    since_full: int = 0  # conditional requests since a full one
    announced: str | None = None  # digest of the links announced last; None: none yet
    habits: Habits | None = None  # None: never answered
    failures: float = 0.0
    headers: Mapping[str, str] = field(default_factory=dict)
    selector: str | None = None  # CSS of the links; only for listings
    is_home: bool = False  # a home page: what it announces is polled, each as a source of its own
    is_filtered: bool = False  # only entries on the topic are fetched
    start: str | None = None  # URL of the first index; None: this is no part of an index
    depth: int = 0  # of sitemap indexes above this one

    @property
    def known_as(self) -> str:
        """What links and polls name as their source: its name, or the URL given by hand."""
        return self.name or self.start or self.url


@dataclass(frozen=True, slots=True)
class Collected:
    """The item of every spider: a fetch with what is known about its URL."""

    fetch: Fetch
    link: Link | None = None  # None: the URL of a source
    next_check_at: datetime | None = None
    check_reason: str | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """What a source announced: of an index, all its sitemaps together."""

    links: int = 0
    new: int = 0


def given_link(url: str, now: datetime) -> Link:
    """The link of a URL given by hand."""
    asked = absolute(url) or url
    return Link(url=normalise(url) or url, asked_url=asked, source=None, found_at=now)


def links_of(answer: Answer, polling: Polling, now: datetime) -> list[Link]:
    """The links that a source announces, in its order."""
    return [
        Link(
            url=url,
            asked_url=entry.url,
            source=polling.known_as,
            found_at=now,
            title=entry.title,
            published_at=entry.published_at,
        )
        for entry in (answer.feed.entries if answer.feed else ())
        if entry.url and (url := normalise(entry.url))
    ]


def off_topic(answer: Answer, topic: Topic) -> frozenset[str]:
    """URLs of the entries with a title or summary that holds none of the topic's names.

    A link alone is no reason to leave an article out: its text is judged when it is read.
    """
    entries = answer.feed.entries if answer.feed else ()
    return frozenset(
        normalise(entry.url) or entry.url
        for entry in entries
        if entry.url
        and _is_telling(entry)
        and not topic.is_in(f"{entry.title or ''}\n{entry.summary or ''}\n{entry.url}")
    )


def _is_telling(entry: FeedEntry) -> bool:
    """Whether it has more to say than its URL, which stands in for a missing title."""
    return bool(entry.summary) or entry.title not in (None, "", entry.url)


def source_fetch(polling: Polling, answer: Answer, now: datetime) -> Collected:
    """The fetch of a source's URL."""
    fetch = Fetch(
        url=normalise(polling.url) or polling.url,
        kind=polling.kind,
        outcome=answer.word,
        detail=answer.detail,
        fetched_at=now,
        status=answer.status,
        final_url=answer.came_from(polling.url),
        source=polling.name,
    )
    return Collected(fetch)


def page_fetch(link: Link, answer: Answer, now: datetime) -> Collected:
    """The fetch of a page's URL, with the page where there is one to read."""
    # "ok" may turn out to be "unchanged" when it is stored; what did change is read next, and its
    # reading decides when to look again.
    word = "unchanged" if answer.word == "ok" else answer.word
    wish = longest_wish(None, None, answer.retry_after)
    at, reason = next_try(word, link.changed_at or link.found_at, now, wish)
    fetch = Fetch(
        url=link.url,
        kind="article",
        outcome=answer.word,
        detail=answer.detail,
        fetched_at=now,
        status=answer.status,
        final_url=answer.came_from(link.asked_url),
        source=link.source,
        page=_page(link, answer, now),
        since_full=answer.since_full(link.since_full),
    )
    return Collected(fetch, link, at, reason)


def _page(link: Link, answer: Answer, now: datetime) -> Page | None:
    """What was answered whole; of 404 and 410 only that they were."""
    is_gone = answer.status in (404, 410)
    if answer.response is None or (answer.word != "ok" and not is_gone):
        return None
    return Page(
        url=link.asked_url,
        body=b"" if is_gone else answer.response.body,
        fetched_at=now,
        final_url=answer.came_from(link.asked_url),
        status=answer.response.status,
        headers=answer.headers,
        source=link.source,
    )


def poll_of(polling: Polling, answer: Answer, found: Found, now: datetime, jitter: float) -> Poll:
    """The poll of a source, with the time of the next one. ``jitter``: 0..1."""
    entries = answer.feed.entries if answer.feed else ()
    ttl = answer.feed.ttl_minutes if answer.feed else None
    polled = Polled(
        answer.word,
        entries=found.links,
        new_entries=found.new,
        wish=longest_wish(
            timedelta(minutes=ttl) if ttl else None,
            max_age(answer.headers.get("cache-control", "")),
            answer.retry_after,
        ),
        dates=tuple(entry.published_at for entry in entries if entry.published_at and found.links),
        status=answer.status,
    )
    following = next_poll(polled, polling.habits, polling.failures, now, jitter)
    is_read = answer.feed is not None and answer.word in ("ok", "partial", "capped")
    # An index stays as it is while its sitemaps change, so it is asked for in full each time.
    is_index = answer.feed is not None and answer.feed.kind == "sitemapindex"
    validators = {} if is_index else answer.headers
    announced = _digest(entries) if is_read else polling.announced
    is_changed = polling.announced is not None and announced != polling.announced
    return Poll(
        source=polling.known_as,
        outcome=answer.word,
        polled_at=now,
        entries=found.links,
        new_entries=found.new,
        next_poll_at=following.at,
        reason=following.reason,
        interval_s=int(following.interval.total_seconds()),
        failures=following.failures,
        etag=validators.get("etag") if is_read else polling.etag,
        last_modified=validators.get("last-modified") if is_read else polling.last_modified,
        since_full=answer.since_full(polling.since_full),
        announced=announced,
        habits=as_numbers(following.habits),
        lying_site=site(polling.url) if is_changed and _is_old(polling, answer) else None,
        detail=answer.detail,
    )


def _digest(entries: Sequence[FeedEntry]) -> str:
    """The same for the same links in any order, whatever else the bytes of a feed say."""
    urls = sorted({normalise(entry.url) or entry.url for entry in entries if entry.url})
    return hashlib.sha256("\n".join(urls).encode("utf-8", "replace")).hexdigest()


def _is_old(polling: Polling, answer: Answer) -> bool:
    """Whether the answer carries the validator of the one before it."""
    before = {"etag": polling.etag, "last-modified": polling.last_modified}
    return is_same_validator(before, answer.headers)
