"""What an answer says, in one word and, for sources, in links. Pure: responses in, values out."""

from dataclasses import dataclass, replace
from datetime import timedelta

from scrapy.http import Request, Response, TextResponse
from twisted.python.failure import Failure

from monitor.feeds import FeedLink, discover, links, parse_feed
from monitor.types import Feed
from monitor.urls import absolute
from spiders.fates import Unusable, fate_of_failure, fate_of_page, fate_of_status
from spiders.request import is_conditional, is_unchanged, kept_headers


@dataclass(frozen=True, slots=True)
class Answer:
    """What became of one request."""

    word: str  # of FATES
    detail: str | None = None
    response: Response | None = None  # None: nothing came back
    feed: Feed | None = None  # of a source that could be read
    found: tuple[FeedLink, ...] = ()  # feeds and sitemaps that a home page or its site announces
    passes_in: timedelta | None = None  # when a refusal may be over; None: nobody knows

    @property
    def status(self) -> int | None:
        """The HTTP status; None: no answer."""
        return None if self.response is None else self.response.status

    @property
    def headers(self) -> dict[str, str]:
        """The headers that matter, by lower-case name."""
        return {} if self.response is None else kept_headers(self.response.headers)

    @property
    def retry_after(self) -> timedelta | None:
        """The wish to be left alone that this run did not fulfil; None: there is none."""
        if self.response is None or self.response.request is None:
            return self.passes_in
        seconds = self.response.request.meta.get("retry_after")
        return None if seconds is None else timedelta(seconds=seconds)

    def since_full(self, before: int) -> int:
        """Conditional requests since the last full one, where there were so many ``before``."""
        if self.response is None or self.response.request is None:
            return before
        return before + 1 if is_conditional(self.response.request) else 0

    def came_from(self, asked: str) -> str | None:
        """Where the answer came from, if that is not where it was asked for."""
        if self.response is None or self.response.url == asked:
            return None
        if absolute(self.response.url) == absolute(asked):
            return None
        return self.response.url


def failed(failure: Failure) -> Answer:
    """The answer of a request that ended in an exception; raises what can only be a bug."""
    error = failure.value
    assert error is not None
    word, detail = fate_of_failure(error)
    passes_in = error.passes_in if isinstance(error, Unusable) else None
    return Answer(word, detail, passes_in=passes_in)


def of_page(response: Response) -> Answer:
    """The answer for a page."""
    early = _without_reading(response)
    if early is not None:
        return early
    content_type = kept_headers(response.headers).get("content-type", "")
    word, detail = fate_of_page(content_type, response.body) or ("ok", None)
    return Answer(word, detail, response)


def of_feed(response: Response, limit: int) -> Answer:
    """The answer for a feed or sitemap, with what it announces.

    At most ``limit`` entries are read; "capped" says that there were more. Where a page stands
    instead, ``found`` is what it announces.
    """
    early = _without_reading(response)
    if early is not None:
        return early
    # One more than the limit tells whether there are more.
    feed = parse_feed(response.body, response.url, limit + 1)
    if feed.outcome != "not_a_feed" or not isinstance(response, TextResponse):
        return _capped(response, feed, limit)
    found = discover(response.text, response.url)
    detail = f"a page, which names {found[0].url}" if found else None
    return Answer("not_a_feed", detail, response, feed, found)


def of_home(response: Response, limit: int) -> Answer:
    """The answer for a home page: what it and its robots.txt announce; as ``of_feed`` for a feed.

    Outcome not_a_feed where nothing is announced.
    """
    answer = of_feed(response, limit)
    if answer.word != "not_a_feed" or response.status != 200:
        return answer
    assert response.request is not None
    by_url = {
        link.url: link for link in (*answer.found, *response.request.meta.get("sitemaps", ()))
    }
    if not by_url:
        return replace(answer, detail="it names no feed and no sitemap, nor does its robots.txt")
    detail = f"names {len(by_url)} feeds and sitemaps"
    return Answer("ok", detail, response, found=tuple(by_url.values()))


def of_listing(response: Response, selector: str, limit: int) -> Answer:
    """The answer for a page that lists articles inside the CSS ``selector``, as ``of_feed``."""
    early = _without_reading(response)
    if early is not None:
        return early
    if not isinstance(response, TextResponse):
        return Answer("not_html", None, response)
    listed = links(response.text, response.url, selector, limit + 1)
    return _capped(response, Feed("ok" if listed else "empty", entries=listed), limit)


def _without_reading(response: Response) -> Answer | None:
    """What status and headers alone decide."""
    request = response.request
    assert request is not None
    if is_unchanged(request, response):
        return Answer("unchanged", "status 304", response)
    if response.status != 200:
        return _of_status(request, response)
    if "stopped" in request.meta:
        word, detail = request.meta["stopped"]
        return Answer(word, detail, response)
    return None


def _of_status(request: Request, response: Response) -> Answer:
    """A wish to come back later than this run waits is a limit, whatever the status."""
    headers = kept_headers(response.headers)
    word, detail = fate_of_status(response.status, headers, response.body)
    seconds = request.meta.get("retry_after")
    if seconds is not None and word != "blocked_by_site":
        word, detail = "rate_limited", f"{detail}, asked to come back in {seconds:.0f} s"
    return Answer(word, detail, response)


def _capped(response: Response, feed: Feed, limit: int) -> Answer:
    if len(feed.entries) > limit:
        kept = replace(feed, entries=feed.entries[:limit])
        return Answer("capped", f"more than {limit} entries", response, kept)
    # A feed without entries was read all the same.
    return Answer("ok" if feed.outcome == "empty" else feed.outcome, None, response, feed)
