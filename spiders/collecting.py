"""What all spiders share: from a source's answer to its pages, from every request to one fetch."""

import asyncio
import random
from collections import Counter
from collections.abc import AsyncIterator, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Protocol, Self, TypeVar
from urllib.parse import urlsplit

from scrapy import Spider
from scrapy.http import Request, Response
from twisted.python.failure import Failure

from monitor import clock
from monitor.errors import ConfigError
from monitor.feeds import FeedLink
from monitor.topic import Topic
from monitor.types import FeedEntry, Link, Poll
from monitor.urls import absolute, filled, same_site, site
from spiders.answers import Answer, failed, of_feed, of_home, of_listing, of_page
from spiders.records import (
    Collected,
    Found,
    Polling,
    links_of,
    off_topic,
    page_fetch,
    poll_of,
    source_fetch,
)
from spiders.request import validators

if TYPE_CHECKING:
    from scrapy.crawler import Crawler

# Where entries lead to an aggregator's own pages. Google's have held an opaque token instead of
# the publisher's address since 2024 (RSSHub issue 17412, newspaper4k issue 645).
AGGREGATORS = frozenset({"news.google.com"})
# Bytes. A feed of this size is read in some 0.1 s of CPU; a larger one is read beside the network,
# since no answer moves on meanwhile and slow ones would run out of time.
QUICKLY_READ = 300_000
DEEPEST_INDEX = 3  # sitemap indexes within indexes; the protocol allows one level, sites use two

# Priorities of requests: sources first, since their pages then wait beside each other.
URGENT, FIRST, NEW, AGAIN = 30, 20, 10, 0

_BEFORE_ALL = datetime.min.replace(tzinfo=UTC)
Dated = TypeVar("Dated", FeedEntry, Link)


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
    liars: frozenset[str] = frozenset()  # sites whose 304 cannot be believed
    topic = Topic(None)  # what entries of filtered sources must be about
    samples: int | None = None  # of a source under test: pages fetched; None: no test

    def __init__(self, name: str | None = None, **arguments: Any) -> None:
        super().__init__(name, **arguments)
        self.frontier = Seen()
        self.found: dict[str, tuple[FeedLink, ...]] = {}  # by the home page that announces them
        self._asked: set[str] = set()
        # Of each start: a source, or a URL given by hand.
        self._sitemaps_asked: Counter[str] = Counter()
        self._pages_asked: Counter[str] = Counter()
        self._open: Counter[str] = Counter()  # sitemaps of its index under way
        self._links: Counter[str] = Counter()
        self._new: Counter[str] = Counter()
        self._first: dict[str, tuple[Polling, Answer]] = {}
        self._read_one: set[str] = set()  # starts of which some sitemap was read
        self._unread: dict[str, Answer] = {}  # of each start the last sitemap that was not

    @classmethod
    def from_crawler(cls, crawler: "Crawler", *args: Any, **options: Any) -> Self:
        """The spider; ends the program where its arguments (``-a``) are not what it needs."""
        try:
            return super().from_crawler(crawler, *args, **options)
        except (ValueError, ConfigError) as error:
            raise SystemExit(f"scrapy crawl {cls.name}: {error}") from error

    def now(self) -> datetime:
        """The present, as far as this run is concerned."""
        return clock.now()

    # --- asking ---------------------------------------------------------------------------------

    def poll(self, polling: Polling, priority: int = FIRST) -> Iterator[Request | Collected | Poll]:
        """The request for a source, or what becomes of it without one; once for each URL."""
        url = absolute(polling.url)
        if url is None:
            yield source_fetch(polling, _NO_ADDRESS, self.now())
            if polling.depth == 0:
                yield poll_of(polling, _NO_ADDRESS, Found(), self.now(), random.random())
        elif self._is_first(url):
            yield Request(
                url,
                callback=self.source_answered,
                errback=self.source_failed,
                cb_kwargs={"polling": polling},
                meta={"kind": polling.kind},
                headers={**self._validators(url, polling), **polling.headers},
                priority=priority,
                dont_filter=True,
            )

    def fetch(self, link: Link, priority: int = NEW) -> Iterator[Request | Collected]:
        """The request for a page, or what becomes of it without one; once for each URL."""
        if not self._is_first(link.url):
            return
        host = urlsplit(link.url).hostname
        if absolute(link.asked_url) is None:
            yield page_fetch(link, _NO_ADDRESS, self.now())
        elif host in AGGREGATORS:
            yield page_fetch(link, Answer("unresolvable_link", host), self.now())
        else:
            yield Request(
                link.asked_url,
                callback=self.page_answered,
                errback=self.page_failed,
                cb_kwargs={"link": link},
                meta={"kind": "article"},
                headers=self._validators(link.asked_url, link),
                priority=priority,
                dont_filter=True,
            )

    def _validators(self, url: str, known: Polling | Link) -> dict[str, str]:
        if site(url) in self.liars:
            return {}
        return validators(known.etag, known.last_modified, known.since_full)

    def _is_first(self, url: str) -> bool:
        is_first = url not in self._asked
        self._asked.add(url)
        return is_first

    # --- answers --------------------------------------------------------------------------------

    async def source_answered(self, response: Response, polling: Polling) -> AsyncIterator[Any]:
        """Links before the poll: a run killed in between polls again, and loses nothing."""
        answer = await self._read(response, polling)
        links = links_of(answer, polling, self.now())
        new: Sequence[str] = ()
        if answer.feed is not None and answer.feed.kind == "sitemapindex":
            links = []
            requests = list(self._children(answer.feed.entries, polling))
            if self._is_spent(polling):
                answer = replace(answer, word="capped", detail="not all of its sitemaps asked for")
        elif polling.is_home and answer.found:
            links = []
            self.found[polling.url] = answer.found
            requests = list(self._announced(answer.found, polling))
        else:
            new = await self.frontier.offer(links)
            aside = off_topic(answer, self.topic) if polling.is_filtered else frozenset[str]()
            for link in links:
                if link.url in aside and link.url in new:
                    yield page_fetch(link, _OFF_TOPIC, self.now())
            wanted = set(new) - aside
            chosen = self._chosen(links, wanted, answer, polling)
            if len(chosen) < len(wanted) and self.samples is None:
                detail = f"{len(chosen)} of {len(wanted)} asked"
                answer = replace(answer, word="capped", detail=detail)
            requests = [request for link in chosen for request in self.fetch(link)]
        for request in requests:
            yield request
        for item in self._ended(polling, answer, Found(len(links), len(new))):
            yield item

    def source_failed(self, failure: Failure) -> Iterator[Any]:
        polling: Polling = failure.request.cb_kwargs["polling"]  # type: ignore[attr-defined]
        yield from self._ended(polling, failed(failure), Found())

    def _ended(self, polling: Polling, answer: Answer, found: Found) -> Iterator[Collected | Poll]:
        """The fetch of a source's URL; with the last of its sitemaps, the poll as a whole."""
        start = polling.known_as
        yield source_fetch(polling, answer, self.now())
        self._open[start] -= polling.depth > 0
        self._links[start] += found.links
        self._new[start] += found.new
        if polling.depth == 0:
            self._first[start] = polling, answer
        elif answer.feed is None:
            self._unread[start] = answer
        elif answer.feed.kind == "sitemap":
            self._read_one.add(start)
        if not self._open[start]:
            total = Found(self._links.pop(start), self._new.pop(start))
            first, answer = self._first.pop(start)
            unread = self._unread.pop(start, None)
            if unread is not None and start not in self._read_one:
                detail = f"none of its sitemaps was read, the last: {unread.detail or unread.word}"
                answer = replace(answer, word=unread.word, detail=detail)
            yield poll_of(first, answer, total, self.now(), random.random())

    def page_answered(self, response: Response, link: Link) -> Iterator[Collected]:
        yield page_fetch(link, of_page(response), self.now())

    def page_failed(self, failure: Failure) -> Iterator[Collected]:
        link: Link = failure.request.cb_kwargs["link"]  # type: ignore[attr-defined]
        yield page_fetch(link, failed(failure), self.now())

    async def _read(self, response: Response, polling: Polling) -> Answer:
        if len(response.body) > QUICKLY_READ:
            return await asyncio.to_thread(self._answer, response, polling)
        return self._answer(response, polling)

    def _answer(self, response: Response, polling: Polling) -> Answer:
        if polling.selector is not None:
            return of_listing(response, polling.selector, self._most_pages)
        read = of_home if polling.is_home else of_feed
        return read(response, self.settings.getint("MONITOR_ENTRIES_PER_FEED"))

    # --- limits ---------------------------------------------------------------------------------

    @property
    def _most_pages(self) -> int:
        return self.settings.getint("MONITOR_PAGES_PER_START")

    def _chosen(
        self, links: list[Link], new: set[str], answer: Answer, polling: Polling
    ) -> list[Link]:
        """The new links to fetch in this run: of a feed all, of a sitemap so many, newest first.

        The others stay in the frontier, and later runs fetch them.
        """
        wanted = [link for link in links if link.url in new]
        if self.samples is not None:
            return self._newest(wanted, self.samples, polling)
        if answer.feed is None or answer.feed.kind != "sitemap":
            return wanted
        return self._newest(wanted, self._most_pages, polling)

    def _newest(self, wanted: list[Link], most: int, polling: Polling) -> list[Link]:
        """The newest of the links, at most so many in all for a start."""
        left = most - self._pages_asked[polling.known_as]
        chosen = _newest_first(wanted)[: max(left, 0)]
        self._pages_asked[polling.known_as] += len(chosen)
        return chosen

    def _children(self, entries: Iterable[FeedEntry], polling: Polling) -> Iterator[Any]:
        """The sitemaps of an index: so many for each start, and so deep, newest first."""
        for entry in _newest_first(entries):
            if self._is_spent(polling):
                return
            url = entry.url or ""
            child = replace(
                polling,
                url=url,
                kind="sitemap",
                headers=_own_headers(polling, url),
                start=polling.known_as,
                depth=polling.depth + 1,
                etag=None,
                last_modified=None,
            )
            for request in self.poll(child):
                self._sitemaps_asked[polling.known_as] += 1
                self._open[polling.known_as] += isinstance(request, Request)
                yield request

    def _announced(self, found: Iterable[FeedLink], polling: Polling) -> Iterator[Any]:
        """What a home page announces, each as a source of its own; of one under test the first."""
        for link in found if self.samples is None else tuple(found)[:1]:
            headers = _own_headers(polling, link.url)
            yield from self.poll(
                Polling(link.url, link.kind, headers=headers, is_filtered=polling.is_filtered)
            )

    def _is_spent(self, polling: Polling) -> bool:
        """True where no more sitemaps are asked for on behalf of this start, or none so deep."""
        asked = self._sitemaps_asked[polling.known_as] + 1  # the index itself
        return polling.depth >= DEEPEST_INDEX or asked >= self._most_pages


_NO_ADDRESS = Answer("blocked", "not an http or https address")
_OFF_TOPIC = Answer("off_topic", "none of the topic's names in title, summary or address")


def _own_headers(polling: Polling, url: str) -> Mapping[str, str]:
    """The source's headers, which may hold a key, where the address is of its own site."""
    return polling.headers if same_site(url, polling.url) else {}


def _newest_first(dated: Iterable[Dated]) -> list[Dated]:
    """Those without a date last; otherwise in the order given."""
    return sorted(dated, key=lambda each: each.published_at or _BEFORE_ALL, reverse=True)


def given_urls(text: str, query: str = "") -> tuple[str, ...]:
    """The addresses in an argument, between blanks, with ``{query}`` filled in.

    Raises ValueError where there is none or something else, or no query for the place of one.
    """
    urls = tuple(filled(url, query) for url in text.split())
    if not urls:
        raise ValueError('give an address: -a url="https://news.example/"')
    for url in urls:
        if absolute(url) is None:
            raise ValueError(f"{url}: not an http or https address")
    return urls
