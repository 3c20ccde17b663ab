"""What lies between an answer and its reader: redirects, refreshes, content encodings."""

import html
from typing import TYPE_CHECKING, Self

from scrapy.http import Request, Response
from scrapy.responsetypes import responsetypes
from w3lib.html import get_meta_refresh

from monitor.urls import absolute, same_site
from spiders.encodings import ACCEPTED, decode
from spiders.fates import Unusable, is_html_type

if TYPE_CHECKING:
    from scrapy.crawler import Crawler

REDIRECTS = frozenset({301, 302, 303, 307, 308})
STARTED_FIRST = 2  # of priority: what was begun is brought to an end before anything new
# A front page that reloads itself every five minutes is no redirect. Seconds.
LONGEST_REFRESH = 5
_HEAD_BYTES = 4_096  # w3lib looks for the tag in as many characters

# Of a request's meta: worked out anew for each address.
_OF_ONE_ADDRESS = frozenset(
    {"proxy", "_auth_proxy", "_scheme_proxy", "download_slot", "download_timeout", "retry_times"}
)


class Redirect:
    """Follows Location, read as browsers do; anything but http and https is "blocked"."""

    def __init__(self, limit: int) -> None:
        self._limit = limit

    @classmethod
    def from_crawler(cls, crawler: "Crawler") -> Self:
        return cls(crawler.settings.getint("REDIRECT_MAX_TIMES"))

    def process_response(self, request: Request, response: Response) -> Request | Response:
        location = response.headers.get("Location")
        if response.status not in REDIRECTS or not location:
            return response
        return self._follow(request, _text(location))

    def _follow(self, request: Request, location: str) -> Request:
        target = absolute(location, request.url)
        if target is None:
            raise Unusable("blocked", f"redirect to {location[:100]!r}")
        hops = [*request.meta.get("redirect_urls", ()), request.url]
        if target in hops or len(hops) > self._limit:
            raise Unusable("redirect_loop", f"{len(hops)} redirects")
        meta = {key: value for key, value in request.meta.items() if key not in _OF_ONE_ADDRESS}
        meta["redirect_urls"] = hops
        # Headers of one site, such as a source's own or validators, are no other site's business.
        headers = request.headers if same_site(request.url, target) else None
        return request.replace(
            url=target,
            meta=meta,
            headers=headers,
            priority=request.priority + STARTED_FIRST,
            dont_filter=True,
        )


class MetaRefresh(Redirect):
    """Follows a refresh in the headers or the page's head that happens at once, as browsers do."""

    def process_response(self, request: Request, response: Response) -> Request | Response:
        if response.status != 200 or request.meta.get("kind") != "article":
            return response
        if not is_html_type(_text(response.headers.get("Content-Type") or b"")):
            return response
        seconds, target = _refresh(response)
        if not target or seconds is None or seconds > LONGEST_REFRESH:
            return response
        if absolute(target, response.url) == absolute(response.url):
            return response
        return self._follow(request, target)


def _refresh(response: Response) -> tuple[float, str] | tuple[None, None]:
    """Seconds and address of a refresh; the header goes first."""
    head = response.body[:_HEAD_BYTES]
    header = response.headers.get("Refresh")
    if header is not None:
        content = html.escape(_text(header), quote=True)
        head = f'<meta http-equiv="refresh" content="{content}">'.encode()
    elif b"refresh" not in head.lower():
        return None, None
    try:
        return get_meta_refresh(_text(head), response.url, ignore_tags=("noscript",))
    except ValueError:  # an address that cannot be split: browsers stay, too
        return None, None


class ContentEncoding:
    """Undoes gzip, deflate, br and zstd; raises Unusable for what is broken, cut or too large."""

    def __init__(self, limit: int) -> None:
        self._limit = limit

    @classmethod
    def from_crawler(cls, crawler: "Crawler") -> Self:
        return cls(crawler.settings.getint("DOWNLOAD_MAXSIZE"))

    def process_request(self, request: Request) -> None:
        request.headers.setdefault("Accept-Encoding", ACCEPTED)

    def process_response(self, request: Request, response: Response) -> Response:
        encodings = [
            encoding.strip()
            for value in response.headers.getlist("Content-Encoding")
            for encoding in _text(value).split(",")
        ]
        if not encodings or not response.body:
            return response
        body = decode(response.body, encodings, self._limit)
        headers = response.headers.copy()
        del headers["Content-Encoding"]
        kind = responsetypes.from_args(headers=headers, url=response.url, body=body)
        return response.replace(body=body, headers=headers, cls=kind)


def _text(value: bytes) -> str:
    try:
        return value.decode()
    except UnicodeDecodeError:
        return value.decode("latin-1")
