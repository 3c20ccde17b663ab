"""Conditional requests, there and back (RFC 9110 section 13)."""

import re
from datetime import timedelta

from scrapy.http import Headers, Request, Response

# Some servers give changed content under an old ETag (Media Cloud switched conditional requests
# off for that). So one visit in so many asks for everything, and a site caught at it is never
# asked conditionally (see storage/alerts.py).
FULL_EVERY = 10

# Of an answer's headers: what dates, validates, types or redirects a page.
KEPT_HEADERS = (
    "content-type",
    "content-language",
    "content-location",
    "date",
    "age",
    "etag",
    "last-modified",
    "cache-control",
    "link",
    "x-robots-tag",
)
_MAX_AGE = re.compile(r"\bmax-age\s*=\s*(\d{1,9})\b", re.IGNORECASE)
_LONGEST_VALUE = 2_000  # characters


def validators(etag: str | None, last_modified: str | None, since_full: int) -> dict[str, str]:
    """The headers that make a request conditional; empty at every FULL_EVERY-th visit.

    ``since_full``: conditional requests for this URL since the last full one.
    """
    if since_full >= FULL_EVERY - 1:
        return {}
    headers = {"If-None-Match": etag, "If-Modified-Since": last_modified}
    return {name: value for name, value in headers.items() if value}


def is_conditional(request: Request) -> bool:
    """Whether the answer may be 304."""
    return "If-None-Match" in request.headers or "If-Modified-Since" in request.headers


def is_unchanged(request: Request, response: Response) -> bool:
    """True for a 304 that was asked for; a server that says so unasked has not answered."""
    return response.status == 304 and is_conditional(request)


def max_age(cache_control: str) -> timedelta | None:
    """How long the answer stays fresh by its own word (RFC 9111 5.2.2.1); None: it does not say."""
    match = _MAX_AGE.search(cache_control)
    return timedelta(seconds=int(match[1])) if match else None


def kept_headers(headers: Headers) -> dict[str, str]:
    """The headers that matter later, by lower-case name."""
    found = {name: headers.get(name) for name in KEPT_HEADERS}
    return {
        name: value.decode("latin-1")[:_LONGEST_VALUE] for name, value in found.items() if value
    }
