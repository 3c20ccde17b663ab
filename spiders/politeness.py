"""How often a site is asked: spacing, and obeying those who ask for more of it."""

import asyncio
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Self
from urllib.parse import urlsplit

from scrapy.exceptions import DownloadTimeoutError
from scrapy.http import Request, Response

from monitor import clock
from monitor.urls import site
from spiders.guard import DEFAULT_PORTS, Allowed, parse_allowed

if TYPE_CHECKING:
    from scrapy.crawler import Crawler

# Seconds. A site that answered 429 is asked that rarely from then on (Media Cloud's rss-fetcher
# has done so over 180,000 feeds).
AFTER_429 = 30.0
# Seconds that the request for one URL may wait for Retry-After; a longer wish is left to a later
# run, which is told of it.
LONGEST_WAIT = 30.0
# Seconds. The longest wish that is obeyed over several runs: a day.
LONGEST_WISH = 86_400
# Seconds. Crawl-delay beyond this is held at this: one page a minute.
LONGEST_CRAWL_DELAY = 60.0
LONGEST_BACK_OFF = 60.0  # seconds between two requests to a site that does not answer in time
WELL = frozenset({200, 304})  # an error says nothing about how well a site is, however quick
OWN_HOST_CONCURRENCY = 8  # requests at once to a host that the user let through


class Spacing:
    """Gives every request the queue of its registered domain, and every queue its delay."""

    def __init__(self, crawler: "Crawler") -> None:
        self._crawler = crawler
        settings = crawler.settings
        self._allowed: Allowed = parse_allowed(settings.getlist("MONITOR_ALLOW_PRIVATE"))
        chosen = settings.get("MONITOR_DOWNLOAD_DELAY")
        self._delay: float | None = None if chosen is None else float(chosen)
        self._default = settings.getfloat("DOWNLOAD_DELAY")
        self._of_sites: dict[str, float] = settings.getdict("MONITOR_DELAYS")

    @classmethod
    def from_crawler(cls, crawler: "Crawler") -> Self:
        return cls(crawler)

    def process_request(self, request: Request) -> None:
        key = site(request.url)
        request.meta["download_slot"] = key
        assert self._crawler.engine is not None
        queues = self._crawler.engine.downloader.per_slot_settings
        if key not in queues:
            queues[key] = self._queue(key, request.url)

    def _queue(self, key: str, url: str) -> dict[str, float]:
        own = is_own_host(url, self._allowed)
        delay = self._of_sites.get(key, self._delay)
        if delay is None:
            delay = 0.0 if own else self._default
        return {"delay": delay, "concurrency": OWN_HOST_CONCURRENCY} if own else {"delay": delay}


def is_own_host(url: str, allowed: Allowed) -> bool:
    """True where the user let this host through: theirs, asked without delay."""
    parts = urlsplit(url)
    port = parts.port or DEFAULT_PORTS.get(f"{parts.scheme}:", 0)
    return allowed.host(parts.hostname or "", port)


def slow_down(crawler: "Crawler", url: str, delay: float) -> None:
    """From now on at least ``delay`` seconds lie between two requests to the site of ``url``."""
    assert crawler.engine is not None
    downloader = crawler.engine.downloader
    key = site(url)
    queue = downloader.per_slot_settings.setdefault(key, {})
    queue["delay"] = max(delay, queue.get("delay", 0.0))
    if key in downloader.slots:
        slot = downloader.slots[key]
        slot.delay = max(slot.delay, queue["delay"])


class BackOff:
    """Asks a site that labours less often, by AutoThrottle's rules.

    Half as often where it did not answer in time, and never again before it had as long to rest as
    an answer took it; where it is well again, step by step as before, but never more often than
    its queue allows (settings, robots.txt, 429).
    """

    def __init__(self, crawler: "Crawler") -> None:
        self._crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: "Crawler") -> Self:
        return cls(crawler)

    def process_response(self, request: Request, response: Response) -> Response:
        delay = self._delay(request)
        latency: float = request.meta.get("download_latency", 0.0)
        if latency > delay:
            self._set_delay(request, latency)
        elif response.status in WELL:
            self._set_delay(request, (delay + latency) / 2)
        return response

    def process_exception(self, request: Request, exception: Exception) -> None:
        if isinstance(exception, DownloadTimeoutError):
            self._set_delay(request, 2 * self._delay(request))

    def _delay(self, request: Request) -> float:
        """Seconds between two requests to the site for now."""
        assert self._crawler.engine is not None
        slot = self._crawler.engine.downloader.slots.get(site(request.url))
        return slot.delay if slot else 0.0

    def _set_delay(self, request: Request, delay: float) -> None:
        """Within bounds; an own host without a delay is asked as fast as it answers."""
        assert self._crawler.engine is not None
        downloader = self._crawler.engine.downloader
        key = site(request.url)
        least: float = downloader.per_slot_settings.get(key, {}).get("delay", 0.0)
        if least and key in downloader.slots:
            downloader.slots[key].delay = max(min(delay, LONGEST_BACK_OFF), least)


class RetryAfter:
    """Obeys Retry-After: a short wish by waiting, a longer one by leaving the URL alone.

    What is left alone carries the wish in ``request.meta["retry_after"]``, in seconds.
    """

    def __init__(self, crawler: "Crawler") -> None:
        self._crawler = crawler
        self._allowed = parse_allowed(crawler.settings.getlist("MONITOR_ALLOW_PRIVATE"))

    @classmethod
    def from_crawler(cls, crawler: "Crawler") -> Self:
        return cls(crawler)

    async def process_response(self, request: Request, response: Response) -> Request | Response:
        if response.status not in (429, 503):
            return response
        if response.status == 429 and not is_own_host(request.url, self._allowed):
            slow_down(self._crawler, request.url, AFTER_429)
        wish = retry_after(response.headers.get("Retry-After"), clock.now())
        if wish is None:
            return response
        waited = request.meta.get("waited", 0.0) + max(wish, 1.0)
        if waited > LONGEST_WAIT:
            request.meta["retry_after"] = min(wish, LONGEST_WISH)
            request.meta["dont_retry"] = True
            return response
        await asyncio.sleep(wish)
        meta = {**request.meta, "waited": waited}
        return request.replace(meta=meta, priority=request.priority + 2, dont_filter=True)


def retry_after(value: bytes | None, now: datetime) -> float | None:
    """The seconds that a Retry-After header asks for (RFC 9110 10.2.3); None: none, or nonsense."""
    text = (value or b"").decode("latin-1").strip()
    if text.isascii() and text.isdigit():
        return float(text[:12])
    try:
        at = parsedate_to_datetime(text)
    except (ValueError, OverflowError):  # the latter for years and zones of many digits
        return None
    if at.tzinfo is None:  # the form of asctime, which is in UTC (RFC 9110 5.6.7)
        at = at.replace(tzinfo=UTC)
    return max(0.0, (at - now).total_seconds())
