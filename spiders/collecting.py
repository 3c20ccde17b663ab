"""What all spiders share: from a source's answer to its pages, from every request to one fetch."""

import asyncio
import random
from collections.abc import AsyncIterator, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from itertools import islice
from typing import Any, Protocol
from urllib.parse import urlsplit

from parsel.csstranslator import HTMLTranslator
from scrapy import Spider
from scrapy.http import Request, Response, TextResponse
from scrapy.utils.response import get_base_url
from twisted.python.failure import Failure

from monitor import clock
from monitor.feeds import parse_feed
from monitor.schedule import Polled, longest_wish, next_poll, next_try
from monitor.types import Feed, FeedEntry, Fetch, Link, Page, Poll
from monitor.urls import absolute, normalise
from spiders.fates import (
    Fate,
    fate_of_failure,
    fate_of_page,
    fate_of_status,
)
from spiders.request import is_unchanged, kept_headers, max_age, validators

# Where entries lead to an aggregator's own pages. Google's have held an opaque token instead of
# the publisher's address since 2024 (RSSHub issue 17412, newspaper4k issue 645).
AGGREGATORS = frozenset({"news.google.com"})
# Bytes. A feed of this size is read in some 0.1 s of CPU; a larger one is read beside the network,
# since no answer moves on meanwhile and slow ones would run out of time.
QUICKLY_READ = 300_000
DEEPEST_INDEX = 3  # sitemap indexes within indexes; the protocol allows one level, sites use two

# Of requests: sources first, since their pages then wait beside each other.
URGENT, FIRST, NEW, AGAIN = 30, 20, 10, 0


@dataclass(frozen=True, slots=True)
class Polling:
    """One source or given feed while it is polled."""

    url: str
    kind: str = "feed"  # of the fetch: feed, sitemap, page
    name: str | None = None  # of the configured source; None: given by hand
    etag: str | None = None
    last_modified: str | None = None
    interval: timedelta | None = None
    last_poll_at: datetime | None = None
    failures: float = 0.0
    headers: Mapping[str, str] = field(default_factory=dict)
    delay: float | None = None
    selector: str | None = None  # CSS of the links; only for listings
    start: str | None = None  # URL of the first index; None: this is no part of an index
    depth: int = 0  # of sitemap indexes above this one


@dataclass(frozen=True, slots=True)
class Collected:
    """The item of every spider: a fetch with what is known about its URL."""

    fetch: Fetch
    link: Link | None = None  # None: the URL of a source
    next_check_at: datetime | None = None
    check_reason: str | None = None


class Frontier(Protocol):
    """Knows which links are new. Two live side by side: in memory, and in the database."""

    async def offer(self, links: Sequence[Link]) -> Sequence[str]:
        """The URLs among ``links`` that are to be fetched now."""
        ...


class Seen:
    """The frontier of one plain Scrapy run: every link once."""

    def __init__(self) -> None:
        self._seen: set[str] = set()

    async def offer(self, links: Sequence[Link]) -> Sequence[str]:
        new = {link.url: None for link in links if link.url not in self._seen}
        self._seen |= new.keys()
        return tuple(new)


class Collecting(Spider):
    """Polls sources and fetches pages; yields one Collected for each URL asked for, and Polls."""

    frontier: Frontier
    turn = 0  # the run's number, where runs are numbered

    def __init__(self, name: str | None = None, **arguments: Any) -> None:
        super().__init__(name, **arguments)
        self.frontier = Seen()
        self._asked: set[str] = set()
        self._pages_of_start: dict[str, int] = {}

    def now(self) -> datetime:
        """The present, as far as this run is concerned."""
        return clock.now()

    # --- asking ---------------------------------------------------------------------------------

    def poll(self, polling: Polling, priority: int = FIRST) -> Iterator[Request | Collected]:
        """The request for a source, or what becomes of it without one."""
        url = absolute(polling.url)
        if url is None:
            fate = ("blocked", "not an http or https address")
            yield self._source_fetch(polling, fate, None)
        elif self._is_first(url):
            yield Request(
                url,
                callback=self.source_answered,
                errback=self.source_failed,
                cb_kwargs={"polling": polling},
                meta={"kind": polling.kind, "delay": polling.delay},
                headers={
                    **validators(url, polling.etag, polling.last_modified, self.turn),
                    **polling.headers,
                },
                priority=priority,
                dont_filter=True,
            )

    def fetch(self, link: Link, priority: int = NEW) -> Iterator[Request | Collected]:
        """The request for a page, or what becomes of it without one; once for each URL."""
        if not self._is_first(link.url):
            return
        if absolute(link.asked_url) is None:
            fate: Fate = ("blocked", "not an http or https address")
            yield self._page_fetch(link, fate, None)
        elif _host(link.url) in AGGREGATORS:
            yield self._page_fetch(link, ("unresolvable_link", _host(link.url)), None)
        else:
            yield Request(
                link.asked_url,
                callback=self.page_answered,
                errback=self.page_failed,
                cb_kwargs={"link": link},
                meta={"kind": "article"},
                headers=validators(link.url, link.etag, link.last_modified, self.turn),
                priority=priority,
                dont_filter=True,
            )

    def _is_first(self, url: str) -> bool:
        if url in self._asked:
            return False
        self._asked.add(url)
        return True

    # --- sources --------------------------------------------------------------------------------

    async def source_answered(self, response: Response, polling: Polling) -> AsyncIterator[Any]:
        """Links before the poll: a run killed in between polls again, and loses nothing."""
        fate, feed = await self._read_source(response, polling)
        new: Sequence[str] = ()
        if feed is not None and feed.kind == "sitemapindex":
            for child in self._children(feed.entries, polling):
                yield child
            if self._is_spent(polling):
                fate = ("capped", f"{len(feed.entries)} sitemaps in it, not all asked for")
        else:
            links = self._links(feed.entries if feed else (), polling)
            new = await self.frontier.offer(links)
            wanted = set(new)
            for link in links:
                if link.url in wanted:
                    for request in self.fetch(link):
                        yield request
        yield self._source_fetch(polling, fate, response)
        if polling.depth == 0:
            yield self._poll(polling, fate, response, feed, len(new))

    def source_failed(self, failure: Failure) -> Iterator[Any]:
        request: Request = failure.request  # type: ignore[attr-defined]
        polling: Polling = request.cb_kwargs["polling"]
        fate = fate_of_failure(_error(failure))
        yield self._source_fetch(polling, fate, None)
        if polling.depth == 0:
            yield self._poll(polling, fate, None, None, 0)

    async def _read_source(self, response: Response, polling: Polling) -> tuple[Fate, Feed | None]:
        request = response.request
        assert request is not None
        if is_unchanged(request, response):
            return ("unchanged", "status 304"), None
        if response.status != 200:
            headers = kept_headers(response.headers)
            fate = fate_of_status(response.status, headers, response.body)
            return _with_retry_after(fate, request), None
        if "stopped" in request.meta:
            return request.meta["stopped"], None
        if len(response.body) > QUICKLY_READ:
            return await asyncio.to_thread(self._read_body, response, polling.selector)
        return self._read_body(response, polling.selector)

    def _read_body(self, response: Response, selector: str | None) -> tuple[Fate, Feed | None]:
        if selector is not None:
            return self._read_listing(response, selector)
        limit = self.settings.getint("MONITOR_ENTRIES_PER_FEED")
        return _capped(parse_feed(response.body, response.url, limit + 1), limit)

    def _read_listing(self, response: Response, selector: str) -> tuple[Fate, Feed | None]:
        """The links that a page lists, in its order."""
        if not isinstance(response, TextResponse):
            return ("not_html", None), None
        limit = self.settings.getint("MONITOR_PAGES_PER_START")
        entries = tuple(islice(_listed(response, selector), limit + 1))
        return _capped(Feed("ok" if entries else "empty", entries=entries), limit)

    def _children(self, entries: Iterable[FeedEntry], polling: Polling) -> Iterator[Any]:
        """The sitemaps of an index: so many for each start, and so deep."""
        start = polling.name or polling.start or polling.url
        for entry in entries:
            if self._is_spent(polling):
                return
            child = replace(
                polling,
                url=entry.url or "",
                kind="sitemap",
                start=start,
                depth=polling.depth + 1,
                etag=None,
                last_modified=None,
            )
            for request in self.poll(child):
                self._pages_of_start[start] = self._pages_of_start.get(start, 1) + 1
                yield request

    def _is_spent(self, polling: Polling) -> bool:
        """True where no more sitemaps are asked for on behalf of this start, or none so deep."""
        start = polling.name or polling.start or polling.url
        most = self.settings.getint("MONITOR_PAGES_PER_START")
        return polling.depth >= DEEPEST_INDEX or self._pages_of_start.get(start, 1) >= most

    def _links(self, entries: Iterable[FeedEntry], polling: Polling) -> list[Link]:
        now = self.now()
        return [
            Link(
                url=url,
                asked_url=entry.url,
                source=polling.name or polling.url,
                found_at=now,
                title=entry.title,
                published_at=entry.published_at,
            )
            for entry in entries
            if entry.url and (url := normalise(entry.url))
        ]

    def _source_fetch(self, polling: Polling, fate: Fate, response: Response | None) -> Collected:
        return Collected(
            Fetch(
                url=normalise(polling.url) or polling.url,
                kind=polling.kind,
                outcome=fate[0],
                detail=fate[1],
                fetched_at=self.now(),
                status=response.status if response else None,
                final_url=_final(response, polling.url),
                source=polling.name,
            )
        )

    def _poll(
        self,
        polling: Polling,
        fate: Fate,
        response: Response | None,
        feed: Feed | None,
        new_entries: int,
    ) -> Poll:
        now = self.now()
        found = feed.entries if feed else ()
        headers = kept_headers(response.headers) if response is not None else {}
        polled = Polled(
            fate[0],
            entries=len(found),
            new_entries=new_entries,
            wish=longest_wish(
                timedelta(minutes=feed.ttl_minutes) if feed and feed.ttl_minutes else None,
                max_age(headers.get("cache-control", "")),
                _retry_after(response),
            ),
            since_last=now - polling.last_poll_at if polling.last_poll_at else None,
            dates=tuple(entry.published_at for entry in found if entry.published_at),
            status=response.status if response is not None else None,
        )
        following = next_poll(polled, polling.interval, polling.failures, now, random.random())
        is_read = fate[0] in ("ok", "partial", "capped")
        return Poll(
            source=polling.name or polling.url,
            outcome=fate[0],
            polled_at=now,
            entries=len(found),
            new_entries=new_entries,
            next_poll_at=following.at,
            reason=following.reason,
            interval_s=int(following.interval.total_seconds()),
            failures=following.failures,
            etag=headers.get("etag") if is_read else polling.etag,
            last_modified=headers.get("last-modified") if is_read else polling.last_modified,
            detail=fate[1],
        )

    # --- pages ----------------------------------------------------------------------------------

    def page_answered(self, response: Response, link: Link) -> Iterator[Collected]:
        request = response.request
        assert request is not None
        headers = kept_headers(response.headers)
        fate: Fate | None = None
        if is_unchanged(request, response):
            fate = ("unchanged", "status 304")
        elif response.status != 200:
            fate = fate_of_status(response.status, headers, response.body)
            fate = _with_retry_after(fate, request)
        else:
            fate = request.meta.get("stopped")
            fate = fate or fate_of_page(headers.get("content-type", ""), response.body)
        yield self._page_fetch(link, fate or ("ok", None), response)

    def page_failed(self, failure: Failure) -> Iterator[Collected]:
        request: Request = failure.request  # type: ignore[attr-defined]
        yield self._page_fetch(request.cb_kwargs["link"], fate_of_failure(_error(failure)), None)

    def _page_fetch(self, link: Link, fate: Fate, response: Response | None) -> Collected:
        now = self.now()
        # "ok" may turn out to be "unchanged" when it is stored; what was changed is read next, and
        # its reading decides.
        word = "unchanged" if fate[0] == "ok" else fate[0]
        wish = longest_wish(None, None, _retry_after(response))
        at, reason = next_try(word, link.changed_at or link.found_at, now, wish)
        fetch = Fetch(
            url=link.url,
            kind="article",
            outcome=fate[0],
            detail=fate[1],
            fetched_at=now,
            status=response.status if response else None,
            final_url=_final(response, link.asked_url),
            source=link.source,
            page=_page(link, fate, response, now) if response is not None else None,
        )
        return Collected(fetch, link, at, reason)


def _listed(response: TextResponse, selector: str) -> Iterator[FeedEntry]:
    """The links inside the selector, each address once.

    Not by Scrapy's LinkExtractor, which takes 16 s of CPU for the 200,000 links of a trap before it
    gives the first.
    """
    seen = set()
    base = get_base_url(response)
    within = HTMLTranslator().css_to_xpath(selector)
    for anchor in response.selector.root.xpath(f"({within})/descendant-or-self::a[@href]"):
        url = absolute(anchor.get("href"), base)
        if url is not None and url not in seen:
            seen.add(url)
            yield FeedEntry(url, title=" ".join("".join(anchor.itertext()).split()) or None)


def _capped(feed: Feed, limit: int) -> tuple[Fate, Feed]:
    """The word for a feed that was read, and the feed without what is beyond the limit."""
    if len(feed.entries) > limit:
        return ("capped", f"more than {limit} entries"), replace(feed, entries=feed.entries[:limit])
    # A feed without entries was read all the same.
    return ("ok" if feed.outcome == "empty" else feed.outcome, None), feed


def _page(link: Link, fate: Fate, response: Response, now: datetime) -> Page | None:
    """The page to read: what was answered whole; of 404 and 410 only that they were."""
    is_gone = response.status in (404, 410)
    if fate[0] != "ok" and not is_gone:
        return None
    return Page(
        url=link.asked_url,
        body=b"" if is_gone else response.body,
        fetched_at=now,
        final_url=_final(response, link.asked_url),
        status=response.status,
        headers=kept_headers(response.headers),
        source=link.source,
    )


def _error(failure: Failure) -> BaseException:
    assert failure.value is not None
    return failure.value


def _final(response: Response | None, asked: str) -> str | None:
    """Where the answer came from, if that is not where it was asked for."""
    if response is None or response.url == asked or absolute(response.url) == absolute(asked):
        return None
    return response.url


def _retry_after(response: Response | None) -> timedelta | None:
    """The wish that RetryAfter left unfulfilled."""
    if response is None or response.request is None:
        return None
    seconds = response.request.meta.get("retry_after")
    return None if seconds is None else timedelta(seconds=seconds)


def _with_retry_after(fate: Fate, request: Request) -> Fate:
    """A wish to come back later than this run waits is a limit, whatever the status."""
    seconds = request.meta.get("retry_after")
    if seconds is None or fate[0] == "blocked_by_site":
        return fate
    return "rate_limited", f"{fate[1]}, asked to come back in {seconds:.0f} s"


def _host(url: str) -> str:
    return urlsplit(url).hostname or ""


def given_link(url: str, now: datetime) -> Link:
    """The link of a URL given by hand."""
    return Link(
        url=normalise(url) or url, asked_url=absolute(url) or url, source=None, found_at=now
    )


def given_urls(text: str) -> tuple[str, ...]:
    """The addresses in an argument, between blanks."""
    return tuple(text.split())
