"""What hangs on Scrapy's signals: refusing from the headers, and a quiet log."""

import logging
from typing import TYPE_CHECKING, Any, Self

from scrapy import signals
from scrapy.exceptions import StopDownload
from scrapy.http import Headers, Request
from scrapy.logformatter import LogFormatter, LogFormatterResult

from spiders.fates import is_feed_type, is_html_type

if TYPE_CHECKING:
    from scrapy.crawler import Crawler

# Names of header fields in one answer. Real servers send some dozens.
MOST_HEADERS = 1_000


class HeadersFirst:
    """Stops a download whose headers tell that its body is of no use.

    The answer arrives without a body; ``request.meta["stopped"]`` holds the word and the reason.
    """

    @classmethod
    def from_crawler(cls, crawler: "Crawler") -> Self:
        extension = cls()
        crawler.signals.connect(extension.headers_received, signals.headers_received)
        return extension

    def headers_received(self, headers: Headers, request: Request) -> None:
        if len(headers) > MOST_HEADERS:
            _stop(request, "bad_response", f"{len(headers)} header fields")
        media_type = (headers.get("Content-Type") or b"").decode("latin-1")
        kind = request.meta.get("kind")
        if kind == "article" and not is_html_type(media_type):
            _stop(request, "not_html", media_type)
        if kind in ("feed", "sitemap") and not is_feed_type(media_type):
            _stop(request, "not_a_feed", media_type)
        if kind == "page" and not is_feed_type(media_type):
            _stop(request, "not_html", media_type)


def _stop(request: Request, word: str, detail: str) -> None:
    request.meta["stopped"] = (word, detail[:100])
    raise StopDownload(fail=False)


class QuietFormatter(LogFormatter):
    """Scrapy's messages without items: a page's text has no place in a log."""

    def scraped(self, *args: Any, **options: Any) -> None:  # type: ignore[override]
        return None

    def item_error(
        self, item: Any, exception: BaseException, response: Any, spider: Any
    ) -> LogFormatterResult:
        return {
            "level": logging.ERROR,
            "msg": "Storing failed: %(error)s",
            "args": {"error": type(exception).__name__},
        }

    def dropped(self, *args: Any, **options: Any) -> None:  # type: ignore[override]
        return None
