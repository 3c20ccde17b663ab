"""The download handler: the guard before every connection, one deadline over all tries."""

import asyncio
import logging
from time import monotonic
from typing import TYPE_CHECKING
from urllib.parse import urlsplit
from urllib.request import getproxies

from scrapy.core.downloader.handlers.http11 import HTTP11DownloadHandler
from scrapy.http import Request, Response
from twisted.web._newclient import HTTPClientParser, ParseError

from spiders.fates import Unusable
from spiders.guard import DEFAULT_PORTS, Guard, parse_allowed, refuse_url

if TYPE_CHECKING:
    from scrapy.crawler import Crawler


class GuardedDownloads(HTTP11DownloadHandler):
    """Scrapy's handler for http and https behind the guard.

    Raises Unusable: "blocked" for what the guard refuses, "timeout" beyond the deadline of the URL.
    """

    def __init__(self, crawler: "Crawler") -> None:
        super().__init__(crawler)
        from twisted.internet import reactor

        _fail_on_long_lines()
        # One warning for each page too large or cut short; the ledger has them.
        logging.getLogger(HTTP11DownloadHandler.__module__).setLevel(logging.ERROR)
        allowed = parse_allowed(crawler.settings.getlist("MONITOR_ALLOW_PRIVATE"))
        self._guard = Guard(allowed, _proxies())
        self._guard.install(reactor)
        self._timeout = crawler.settings.getfloat("DOWNLOAD_TIMEOUT")
        self._deadline = crawler.settings.getfloat("MONITOR_DEADLINE")

    async def download_request(self, request: Request) -> Response:
        reason = refuse_url(request.url, self._guard.allowed)
        if reason is None and request.meta.get("proxy"):
            reason = await self._refuse_target(request)
        if reason is not None:
            raise Unusable("blocked", reason)
        spent: float = request.meta.get("spent", 0.0)
        if spent >= self._deadline:
            raise Unusable("timeout", f"no answer to keep after {spent:.0f} s")
        request.meta["download_timeout"] = min(self._timeout, self._deadline - spent)
        started = monotonic()
        try:
            return await super().download_request(request)
        finally:
            request.meta["spent"] = spent + monotonic() - started

    async def _refuse_target(self, request: Request) -> str | None:
        parts = urlsplit(request.url)
        port = parts.port or DEFAULT_PORTS[f"{parts.scheme}:"]
        return await asyncio.to_thread(self._guard.refuse_resolved, parts.hostname or "", port)


def _fail_on_long_lines() -> None:
    """A header line beyond Twisted's 16 KiB is an error; Twisted just hangs up, like a server."""

    def fail(self: HTTPClientParser, line: bytes) -> None:
        raise ParseError("header line too long", line[:80])  # type: ignore[no-untyped-call]

    HTTPClientParser.lineLengthExceeded = fail  # type: ignore[method-assign,assignment]


def _proxies() -> set[tuple[str, int]]:
    """Host and port of the proxies that the environment names."""
    found = set()
    for scheme in ("http", "https"):
        proxy = getproxies().get(scheme)
        if proxy:
            parts = urlsplit(proxy if "//" in proxy else f"//{proxy}")
            port = parts.port or (443 if parts.scheme == "https" else 80)
            found.add((parts.hostname or "", port))
    return found
