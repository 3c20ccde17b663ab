"""The crawl half of `monitor crawl`: one child process for all that is due."""

import asyncio
import os
import select
import sys
import threading
from collections.abc import AsyncIterator, Awaitable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from time import monotonic
from typing import TYPE_CHECKING, Any, Self, TypeVar

from scrapy import signals
from scrapy.exceptions import CloseSpider
from scrapy.settings import BaseSettings

from monitor.errors import MonitorError
from monitor.habits import from_numbers
from monitor.topic import topic
from monitor.types import Link, Poll, SourceState
from spiders.collecting import AGAIN, URGENT, Collecting
from spiders.job import Crawled, DueSource, Job, crawled_line, read_job
from spiders.ledger import Ledger
from spiders.records import Collected, Polling, given_link
from spiders.robots import VERDICTS

if TYPE_CHECKING:
    from scrapy.crawler import Crawler

Result = TypeVar("Result")
STDIN = 0
ORPHANED = 70  # exit code of a child whose parent died; nobody is left to read it
# Seconds between two looks at the parent. The end of stdin tells at once; a process that the
# parent forked holds stdin open beyond the parent's death, and then only the parent's pid tells.
PARENT_CHECK = 1.0
FETCH_KINDS = {"feed": "feed", "sitemap": "sitemap", "listing": "page"}


class Run(Collecting):
    """Takes its job from the first line of stdin and ends at once when stdin closes."""

    name = "run"
    job: Job

    @classmethod
    def update_settings(cls, settings: BaseSettings) -> None:
        """Scrapy asks for this before it builds anything: the moment to read the job."""
        from spiders.settings import of

        super().update_settings(settings)
        try:
            cls.job = read_job(_first_line(STDIN))
        except ValueError as error:
            raise SystemExit("this spider takes its job from `monitor crawl`, on stdin") from error
        threading.Thread(target=_end_with_parent, args=(STDIN,), daemon=True).start()
        settings.setdict(of(cls.job.settings), "cmdline")
        settings.set("MONITOR_DELAYS", dict(cls.job.delays), "cmdline")
        settings.set("ITEM_PIPELINES", {"spiders.pipelines.Storage": 100}, "cmdline")

    @classmethod
    def from_crawler(cls, crawler: "Crawler", *args: Any, **options: Any) -> Self:
        spider = super().from_crawler(crawler, *args, **options)
        crawler.signals.connect(spider.item_failed, signals.item_error)
        crawler.signals.connect(spider.ended, signals.spider_closed)
        return spider

    def __init__(self, **arguments: Any) -> None:
        super().__init__(**arguments)
        self._started = monotonic()
        self.liars = frozenset(self.job.liars)
        self.topic = topic(self.job.topic)
        self.samples = self.job.samples
        self._ledger = Ledger(self.job.database_url, self.job.run_id, self.now)
        self.frontier = self
        self._given = {given_link(url, self.job.now).url: url for url in self.job.urls}
        self._sources: dict[str, str] = {}
        self._is_closing = False

    def now(self) -> datetime:
        """The run's start, which its parent chose, and the time since then."""
        return self.job.now + timedelta(seconds=monotonic() - self._started)

    async def start(self) -> AsyncIterator[Any]:
        await self._ended_by_error(self._ledger.open())
        given = [given_link(url, self.now()) for url in self.job.urls]
        await self.offer(given)
        for link in given:
            for request in self.fetch(link, URGENT):
                yield request
        for polling in self._pollings():
            for item in self.poll(polling):
                yield item
        for link in self.job.rechecks:
            for request in self.fetch(link, AGAIN):
                yield request

    def _pollings(self) -> Iterator[Polling]:
        yield from map(_polling, self.job.sources)
        yield from (Polling(url, "page", is_home=True) for url in self.job.homes)
        known = {state.url: state for state in self.job.known_feeds}
        yield from (_learned(Polling(url), known.get(url)) for url in self.job.feeds)

    async def offer(self, links: Sequence[Link]) -> Sequence[str]:
        """The URLs among ``links`` that this run is to fetch."""
        return await self._ended_by_error(self._ledger.offer(links))

    async def _ended_by_error(self, work: Awaitable[Result]) -> Result:
        try:
            return await work
        except MonitorError as error:
            self.logger.error("%s", error)
            raise CloseSpider(type(error).__name__) from error

    async def record(self, item: Collected | Poll) -> None:
        """Stores an item; ends the crawl where the database stays busy.

        What is not stored keeps its lease, and a later run fetches it again.
        """
        if self._is_closing:
            return
        try:
            outcome = await self._ledger.write(item)
        except MonitorError as error:
            self.logger.error("%s", error)
            self._close(type(error).__name__)
            return
        if isinstance(item, Poll):
            self._sources[item.source] = outcome
        elif item.link is not None and item.link.url in self._given:
            self._sources[self._given[item.link.url]] = outcome

    def item_failed(self) -> None:
        """A bug in storing: stop, instead of a gap in the ledger for each page."""
        self._close("item_error")

    def _close(self, reason: str) -> None:
        """Not awaited: closing waits for the very item that is being stored."""
        if not self._is_closing:
            self._is_closing = True
            assert self.crawler.engine is not None
            self._closing = asyncio.ensure_future(
                self.crawler.engine.close_spider_async(reason=reason)
            )

    async def ended(self, reason: str) -> None:
        """The last words: a report for the parent on stdout."""
        await self._ledger.close()
        outcomes = dict(sorted(self._ledger.outcomes.items()))
        counted = self.crawler.stats.get_stats() if self.crawler.stats else {}
        robots = {
            name.removeprefix(VERDICTS): str(value)
            for name, value in counted.items()
            if name.startswith(VERDICTS)
        }
        fetched = sum(outcomes.values())
        crawled = Crawled(reason, fetched, outcomes, self._sources, self.found, robots)
        sys.stdout.buffer.write(crawled_line(crawled))
        sys.stdout.buffer.flush()


def _polling(due: DueSource) -> Polling:
    source, state = due.source, due.state
    polling = Polling(
        source.url,
        FETCH_KINDS[source.kind],
        source.name,
        headers=source.headers,
        selector=source.selector,
        is_filtered=source.topic_filter,
    )
    return _learned(polling, state)


def _learned(polling: Polling, state: SourceState | None) -> Polling:
    """With what earlier polls taught."""
    if state is None:
        return polling
    return replace(
        polling,
        etag=state.etag,
        last_modified=state.last_modified,
        since_full=state.since_full,
        announced=state.announced,
        habits=from_numbers(state.habits) if state.habits else None,
        failures=state.failures,
    )


def _first_line(descriptor: int) -> bytes:
    """Byte for byte from the descriptor: Python's buffered stdin cannot be left waiting in a
    thread when the interpreter ends."""
    line = bytearray()
    while not line.endswith(b"\n"):
        part = os.read(descriptor, 65_536)
        if not part:
            break
        line += part
    return bytes(line)


def _end_with_parent(descriptor: int) -> None:
    parent = os.getppid()
    while os.getppid() == parent:
        ready, _, _ = select.select([descriptor], [], [], PARENT_CHECK)
        if ready and not os.read(descriptor, 65_536):
            break
    os._exit(ORPHANED)
