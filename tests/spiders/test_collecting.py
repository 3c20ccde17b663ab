"""Callbacks with real answers: what they ask for next, and the one outcome they record."""

import asyncio
import json
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from scrapy.http import HtmlResponse, Request, Response, XmlResponse
from scrapy.utils.test import get_crawler
from twisted.python.failure import Failure

from monitor.feeds import FeedLink
from monitor.types import FATES, Link, Poll
from spiders.collecting import Collecting, Seen
from spiders.fates import Unusable
from spiders.feeds import Feeds
from spiders.pipelines import PlainItems
from spiders.records import Collected, Polling
from tests.spiders.site import rss

FEED = "https://news.example/rss"
NOW = datetime(2025, 1, 28, 9, 0, tzinfo=UTC)
LINK = Link("https://news.example/1", "https://news.example/1?utm_source=rss", "daily", NOW)
INDEX = "<sitemapindex>{}</sitemapindex>"
SITEMAP = "<sitemap><loc>https://news.example/sitemap-{}.xml</loc></sitemap>"


class At(Feeds):
    """A spider whose clock stands still."""

    def now(self) -> datetime:
        return NOW


@pytest.fixture
def spider() -> Feeds:
    limits = {"MONITOR_ENTRIES_PER_FEED": 5, "MONITOR_PAGES_PER_START": 4}
    return At.from_crawler(get_crawler(At, limits), url=FEED)


async def listed(results: AsyncIterator[Any]) -> list[Any]:
    return [result async for result in results]


def answered(
    spider: Collecting, body: bytes | str, polling: Polling | None = None, **options: Any
) -> tuple[list[Request], list[Collected], list[Poll]]:
    """What a source's answer leads to: requests, fetches, polls."""
    polling = polling or Polling(FEED, name="daily")
    request = Request(polling.url, meta=options.pop("meta", {}), headers=options.pop("asked", {}))
    body = body.encode() if isinstance(body, str) else body
    kind = HtmlResponse if body.startswith(b"<html") or polling.selector else XmlResponse
    response = kind(polling.url, body=body, request=request, **options)
    results = asyncio.run(listed(spider.source_answered(response, polling)))
    return (
        [result for result in results if isinstance(result, Request)],
        [result for result in results if isinstance(result, Collected)],
        [result for result in results if isinstance(result, Poll)],
    )


def fate(spider: Collecting, response: Response, link: Link = LINK) -> Collected:
    """The one outcome of a page."""
    [collected] = spider.page_answered(response, link)
    assert collected.fetch.outcome in FATES
    return collected


def page(body: bytes = b"<p>text", status: int = 200, **options: Any) -> Response:
    asked = Request(LINK.asked_url, headers=options.pop("asked", {}), meta=options.pop("meta", {}))
    return HtmlResponse(LINK.asked_url, status=status, body=body, request=asked, **options)


def test_entries_are_asked_for_once_under_one_spelling(spider: Feeds) -> None:
    links = [f"{LINK.url}?utm_source={n}" for n in "ab"] + ["https://news.example/2"]
    requests, [source], [poll] = answered(spider, rss(links))
    assert [request.url for request in requests] == [f"{LINK.url}?utm_source=a", links[2]]
    assert [request.cb_kwargs["link"].url for request in requests] == [LINK.url, links[2]]
    assert (source.fetch.outcome, source.fetch.kind) == ("ok", "feed")
    assert (poll.outcome, poll.new_entries, poll.source) == ("ok", 2, "daily")
    again, _, [poll] = answered(spider, rss(links))
    assert (again, poll.new_entries) == ([], 0)


def test_what_an_entry_tells_is_kept(spider: Feeds) -> None:
    [request], _, _ = answered(spider, rss(["https://news.example/2"]))
    link = request.cb_kwargs["link"]
    assert (link.title, link.source) == ("Item 1", "daily")
    assert link.published_at == datetime(2025, 1, 27, 21, 5, tzinfo=UTC)


def test_a_feed_given_by_hand_is_its_own_source(spider: Feeds) -> None:
    [request], _, [poll] = answered(spider, rss([LINK.url]), Polling(FEED))
    assert (request.cb_kwargs["link"].source, poll.source) == (FEED, FEED)


def test_more_entries_than_the_limit(spider: Feeds) -> None:
    links = [f"https://news.example/{n}" for n in range(9)]
    requests, [source], _ = answered(spider, rss(links))
    assert (len(requests), source.fetch.outcome) == (5, "capped")


@pytest.mark.parametrize(
    "body,options,word",
    [
        ("<!doctype html><html><body>Our news</body></html>", {}, "not_a_feed"),
        ("", {}, "not_a_feed"),
        ("<rss><channel><title>News</title></channel></rss>", {}, "ok"),
        ("gone", {"status": 410}, "gone"),
        ("slow", {"status": 429, "meta": {"retry_after": 3600.0}}, "rate_limited"),
        ("slow", {"status": 503, "meta": {"retry_after": 3600.0}}, "rate_limited"),
        ("", {"status": 304}, "http_error"),
        ("", {"status": 304, "asked": {"If-None-Match": "x"}}, "unchanged"),
        ("", {"meta": {"stopped": ("not_a_feed", "video/mp4")}}, "not_a_feed"),
    ],
)
def test_sources_without_entries(
    spider: Feeds, body: str, options: dict[str, Any], word: str
) -> None:
    requests, [source], [poll] = answered(spider, body, **options)
    assert (requests, source.fetch.outcome, poll.outcome) == ([], word, word)


def test_a_wish_to_be_left_alone_is_the_next_poll(spider: Feeds) -> None:
    _, _, [poll] = answered(spider, "", status=429, meta={"retry_after": 7_200.0})
    assert poll.next_poll_at is not None
    assert (poll.next_poll_at - poll.polled_at).total_seconds() >= 7_200


def test_validators_of_a_read_feed_are_kept(spider: Feeds) -> None:
    _, _, [poll] = answered(spider, rss([]), headers={"ETag": '"v2"'})
    assert poll.etag == '"v2"'
    known = Polling(FEED, name="daily", etag='"v2"')
    _, _, [poll] = answered(spider, "", known, status=500)
    assert poll.etag == '"v2"'


def test_aggregator_links_are_told_not_asked(spider: Feeds) -> None:
    requests, found, _ = answered(spider, rss(["https://news.google.com/rss/articles/CBMi"]))
    assert requests == []
    assert [item.fetch.outcome for item in found] == ["unresolvable_link", "ok"]


def test_an_index_leads_to_its_sitemaps_up_to_the_cap(spider: Feeds) -> None:
    body = INDEX.format("".join(SITEMAP.format(n) for n in range(9)))
    requests, [source], _ = answered(spider, body, Polling(FEED, "sitemap"))
    assert [request.url for request in requests] == [
        f"https://news.example/sitemap-{n}.xml" for n in range(3)
    ]
    assert source.fetch.outcome == "capped"
    child = requests[0].cb_kwargs["polling"]
    more, _, polls = answered(spider, INDEX.format(SITEMAP.format(99)), child)
    assert (more, polls) == ([], [])


def test_the_news_of_an_index_are_those_of_its_sitemaps(spider: Feeds) -> None:
    polling = Polling(FEED, "sitemap", "daily")
    requests, _, polls = answered(
        spider, INDEX.format("".join(SITEMAP.format(n) for n in range(2))), polling
    )
    assert (len(requests), polls) == (2, [])
    children = [request.cb_kwargs["polling"] for request in requests]
    urlset = "<urlset><url><loc>https://news.example/1</loc></url></urlset>"
    _, _, polls = answered(spider, urlset, children[0])
    assert polls == []
    _, _, [poll] = answered(spider, "", children[1], status=500)
    assert (poll.source, poll.outcome, poll.entries, poll.new_entries) == ("daily", "ok", 1, 1)


def test_an_index_none_of_whose_sitemaps_answers_has_failed(spider: Feeds) -> None:
    polling = Polling(FEED, "sitemap", "daily")
    requests, _, _ = answered(
        spider, INDEX.format("".join(SITEMAP.format(n) for n in range(2))), polling
    )
    children = [request.cb_kwargs["polling"] for request in requests]
    answered(spider, "", children[0], status=404)
    _, _, [poll] = answered(spider, "", children[1], status=500)
    assert (poll.outcome, poll.failures) == ("http_error", 0.5)
    assert poll.detail == "none of its sitemaps was read, the last: status 500"


def test_an_index_is_asked_for_in_full_each_time(spider: Feeds) -> None:
    polling = Polling(FEED, "sitemap", "daily")
    headers = {"ETag": '"i"', "Last-Modified": "Mon, 27 Jan 2025 21:05:00 GMT"}
    [request], _, _ = answered(spider, INDEX.format(SITEMAP.format(1)), polling, headers=headers)
    urlset = "<urlset><url><loc>https://news.example/1</loc></url></urlset>"
    _, _, [poll] = answered(spider, urlset, request.cb_kwargs["polling"], headers=headers)
    # Its bytes need not change when a sitemap that it names does.
    assert (poll.etag, poll.last_modified) == (None, None)


def test_a_key_goes_to_no_other_site_that_an_index_names(spider: Feeds) -> None:
    polling = Polling(FEED, "sitemap", "daily", headers={"X-Key": "secret"})
    abroad = "<sitemap><loc>https://cdn.example/map.xml</loc></sitemap>"
    requests, _, _ = answered(spider, INDEX.format(SITEMAP.format(1) + abroad), polling)
    assert [request.headers.get("X-Key") for request in requests] == [b"secret", None]


def test_of_a_sitemap_the_newest_are_fetched_first(spider: Feeds) -> None:
    body = "".join(
        f"<url><loc>https://news.example/{n}</loc><lastmod>2025-01-{n:02}</lastmod></url>"
        for n in range(1, 6)
    )
    polling = Polling(FEED, "sitemap", "daily")
    requests, [source], [poll] = answered(spider, f"<urlset>{body}</urlset>", polling)
    assert [request.url[-1] for request in requests] == ["5", "4", "3", "2"]
    assert (source.fetch.outcome, poll.new_entries) == ("capped", 5)


def test_an_index_that_lists_itself_ends(spider: Feeds) -> None:
    list(spider.poll(Polling("https://news.example/sitemap-1.xml", "sitemap")))
    requests, [source], _ = answered(spider, INDEX.format(SITEMAP.format(1)))
    assert (requests, source.fetch.outcome) == ([], "ok")


def test_a_listing_is_read_inside_its_selector(spider: Feeds) -> None:
    body = (
        "<nav><a href=/about>About us</a></nav><main>"
        + "".join(f"<h2><a href='/{n}'>Story {n}</a></h2>" for n in range(6))
        + "<h2><a href='javascript:void(0)'>x</a></h2></main>"
    )
    polling = Polling("https://news.example/", "page", "daily", selector="main h2")
    requests, [source], _ = answered(spider, body, polling)
    assert [request.url for request in requests] == [f"https://news.example/{n}" for n in range(4)]
    assert (source.fetch.outcome, requests[0].cb_kwargs["link"].title) == ("capped", "Story 0")


def test_a_page_is_kept_whole(spider: Feeds) -> None:
    collected = fate(spider, page(b"<p>caf\xe9", headers={"ETag": '"p1"', "Set-Cookie": "a=b"}))
    kept = collected.fetch.page
    assert kept is not None
    assert (collected.fetch.outcome, collected.fetch.url) == ("ok", LINK.url)
    assert (kept.url, kept.body, kept.source) == (LINK.asked_url, b"<p>caf\xe9", "daily")
    assert kept.headers == {"etag": '"p1"'}
    assert collected.next_check_at is not None  # in case it turns out to be the page we have


@pytest.mark.parametrize(
    "response,word,is_kept",
    [
        (page(status=404), "http_error", True),
        (page(status=410), "gone", True),
        (page(status=500), "http_error", False),
        (page(status=403), "http_error", False),
        (page(b"<title>Just a moment...</title>", 403), "blocked_by_site", False),
        (page(b"", 304, asked={"If-None-Match": "x"}), "unchanged", False),
        (page(b"", 304), "http_error", False),
        (page(b""), "empty", False),
        (page(b"%PDF-1.4"), "not_html", False),
        (page(b"", meta={"stopped": ("not_html", "video/mp4")}), "not_html", False),
        (page(b"", 429, meta={"retry_after": 90.0}), "rate_limited", False),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_pages_that_are_no_article(
    spider: Feeds, response: Response, word: str, is_kept: bool
) -> None:
    fetch = fate(spider, response).fetch
    assert (fetch.outcome, fetch.page is not None) == (word, is_kept)
    assert fetch.page is None or fetch.page.body == b""


def test_where_a_redirect_led_is_kept(spider: Feeds) -> None:
    response = page().replace(url="https://news.example/moved")
    fetch = fate(spider, response).fetch
    assert (fetch.url, fetch.final_url) == (LINK.url, "https://news.example/moved")


@pytest.mark.parametrize(
    "word,again", [("timeout", True), ("connection", True), ("blocked", False)]
)
def test_failures_have_one_outcome_too(spider: Feeds, word: str, again: bool) -> None:
    failure = Failure(Unusable(word, "why"))
    failure.request = Request(LINK.asked_url, cb_kwargs={"link": LINK})  # type: ignore[attr-defined]
    [collected] = spider.page_failed(failure)
    assert (collected.fetch.outcome, collected.fetch.detail) == (word, "why")
    assert (collected.next_check_at is not None) is again


def test_a_source_that_fails_is_polled_later(spider: Feeds) -> None:
    failure = Failure(Unusable("timeout"))
    failure.request = Request(FEED, cb_kwargs={"polling": Polling(FEED)})  # type: ignore[attr-defined]
    source, poll = spider.source_failed(failure)
    assert (source.fetch.outcome, poll.outcome, poll.failures) == ("timeout", "timeout", 0.25)


@pytest.mark.parametrize("url", ["javascript:alert(1)", "file:///etc/hostname", "http://", "x"])
def test_what_is_no_address_is_blocked(spider: Feeds, url: str) -> None:
    [collected] = spider.fetch(Link(url, url, None, NOW))
    assert isinstance(collected, Collected)
    assert collected.fetch.outcome == "blocked"


@pytest.mark.parametrize(
    ("since_full", "liars", "expected"),
    [
        (0, (), b'"p1"'),
        (9, (), None),
        (0, ("news.example",), None),
        (0, ("other.example",), b'"p1"'),
    ],
    ids=["known", "the tenth visit", "a liar", "another liar"],
)
def test_known_validators_make_a_request_conditional(
    spider: Feeds, since_full: int, liars: tuple[str, ...], expected: bytes | None
) -> None:
    link = Link(LINK.url, LINK.asked_url, None, NOW, etag='"p1"', since_full=since_full)
    spider.liars = frozenset(liars)
    [request] = spider.fetch(link)
    assert isinstance(request, Request)
    assert request.headers.get("If-None-Match") == expected


CONDITIONAL = {"If-None-Match": '"v1"'}


@pytest.mark.parametrize(
    ("asked", "status", "links", "etag", "since_full", "lying"),
    [
        (CONDITIONAL, 304, [], '"v1"', 4, None),
        ({}, 200, [LINK.url], '"v1"', 0, None),
        ({}, 200, ["https://news.example/2"], '"v1"', 0, "news.example"),
        (CONDITIONAL, 200, ["https://news.example/2"], '"v1"', 4, "news.example"),
        ({}, 200, ["https://news.example/2"], '"v2"', 0, None),
        (CONDITIONAL, 500, [], '"v1"', 4, None),
    ],
    ids=["304", "full", "a lie", "a lie unasked", "changed", "failed"],
)
def test_news_under_an_old_validator_are_a_lie(
    spider: Feeds,
    asked: dict[str, str],
    status: int,
    links: list[str],
    etag: str,
    since_full: int,
    lying: str | None,
) -> None:
    _, _, [first] = answered(spider, rss([LINK.url]), headers={"ETag": '"v1"'})
    known = Polling(FEED, name="daily", etag=first.etag, announced=first.announced, since_full=3)
    options = {"status": status, "headers": {"ETag": etag}, "asked": asked}
    _, _, [poll] = answered(spider, rss(links), known, **options)
    assert (poll.since_full, poll.lying_site) == (since_full, lying)


def test_plain_items_hold_decoded_text(spider: Feeds) -> None:
    body = "<p>DeepSeek 深度求索 “R1”".encode("gb18030")
    headers = {"Content-Type": "text/html; charset=gb18030"}
    link = Link(LINK.url, LINK.asked_url, "daily", NOW, "A title", NOW)
    item = PlainItems().process_item(fate(spider, page(body, headers=headers), link))
    assert item["body"] == "<p>DeepSeek 深度求索 “R1”"
    assert list(item) == ["url", "status", "fetched_at", "source", "title", "published_at", "body"]
    assert (item["status"], item["published_at"]) == (200, "2025-01-28T09:00:00+00:00")
    json.dumps(item)


def test_a_frontier_in_memory_gives_each_link_once() -> None:
    seen = Seen()
    other = Link("https://news.example/2", "https://news.example/2", None, NOW)
    assert asyncio.run(seen.offer([LINK, LINK])) == (LINK.url,)
    assert asyncio.run(seen.offer([LINK, other])) == (other.url,)


HOME = Polling("https://news.example/", "page", is_home=True)
LINKS = '<link rel=feed href="/rss"><link rel=sitemap href="https://cdn.example/news.xml">'


def test_a_home_page_leads_to_what_it_announces(spider: Feeds) -> None:
    polling = replace(HOME, headers={"Cookie": "reader=1"}, is_filtered=True)
    requests, [source], [poll] = answered(spider, f"<html>{LINKS}", polling)
    assert [request.url for request in requests] == [
        "https://news.example/rss",
        "https://cdn.example/news.xml",
    ]
    assert (source.fetch.kind, source.fetch.outcome) == ("page", "ok")
    assert source.fetch.detail == "names 2 feeds and sitemaps"
    assert (poll.outcome, poll.entries) == ("ok", 0)
    feed, sitemap = (request.cb_kwargs["polling"] for request in requests)
    assert (feed.kind, feed.known_as, feed.is_filtered) == ("feed", feed.url, True)
    assert sitemap.kind == "sitemap"
    # What the site is told is no business of another.
    assert (bool(feed.headers), bool(sitemap.headers)) == (True, False)


def test_sitemaps_of_robots_txt_are_announced_too(spider: Feeds) -> None:
    meta = {"sitemaps": (FeedLink("https://news.example/map.xml", "sitemap"),)}
    requests, _, _ = answered(spider, "<html><p>News", HOME, meta=meta)
    assert [request.url for request in requests] == ["https://news.example/map.xml"]


def test_a_feed_where_a_home_page_was_expected_is_read(spider: Feeds) -> None:
    requests, [source], _ = answered(spider, rss([LINK.url]), HOME)
    assert ([request.url for request in requests], source.fetch.outcome) == ([LINK.url], "ok")


def test_a_home_page_without_announcements(spider: Feeds) -> None:
    requests, [source], [poll] = answered(spider, "<html><p>News", HOME)
    assert (requests, poll.outcome) == ([], "not_a_feed")
    assert source.fetch.detail == "it names no feed and no sitemap, nor does its robots.txt"


def test_a_page_in_the_place_of_a_feed_tells_where_the_feed_is(spider: Feeds) -> None:
    requests, [source], [poll] = answered(spider, f"<html>{LINKS}")
    assert (requests, poll.outcome) == ([], "not_a_feed")
    assert source.fetch.detail == "a page, which names https://news.example/rss"
