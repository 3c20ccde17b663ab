import asyncio
import gzip

import pytest
from scrapy.http import HtmlResponse, Request, Response
from scrapy.utils.test import get_crawler

from spiders.fates import Unusable
from spiders.feeds import Feeds
from spiders.middlewares import ContentEncoding, MetaRefresh, Redirect
from spiders.politeness import RetryAfter

URL = "https://news.example.com/story?a=1"


def redirected(location: str | bytes, status: int = 302, **meta: object) -> Request | Response:
    request = Request(URL, meta=dict(meta), headers={"X-Key": "secret"})
    response = Response(URL, status=status, headers={"Location": location})
    return Redirect(limit=3).process_response(request, response)


@pytest.mark.parametrize(
    "location,target",
    [
        ("/other", "https://news.example.com/other"),
        ("//cdn.example/x", "https://cdn.example/x"),
        ("?b=2", "https://news.example.com/story?b=2"),
        ("http://127.66.66.66:8702\\@news.example/", "http://127.66.66.66:8702/@news.example/"),
        ("http://news.example@127.66.66.66/", "http://127.66.66.66/"),
        ("http://2134000194/", "http://127.50.66.66/"),
        ("/\u4e2d".encode(), "https://news.example.com/%E4%B8%AD"),
        (b"/caf\xe9", "https://news.example.com/caf%C3%A9"),
    ],
)
def test_location_is_read_as_browsers_do(location: str | bytes, target: str) -> None:
    request = redirected(location)
    assert isinstance(request, Request)
    assert request.url == target
    assert request.meta["redirect_urls"] == [URL]


@pytest.mark.parametrize(
    "location", ["file:///etc/hostname", "ftp://x/", "javascript:alert(1)", "data:text/html,x"]
)
def test_other_schemes_are_blocked(location: str) -> None:
    with pytest.raises(Unusable) as caught:
        redirected(location)
    assert caught.value.word == "blocked"


def test_loops_and_long_chains_end() -> None:
    for location, hops in [(URL, ()), ("/4", ("/1", "/2", "/3"))]:
        with pytest.raises(Unusable) as caught:
            redirected(location, redirect_urls=list(hops))
        assert caught.value.word == "redirect_loop"


def test_headers_stay_on_their_site() -> None:
    at_home, away = redirected("https://www.example.com/x"), redirected("https://other.example/")
    assert isinstance(at_home, Request)
    assert isinstance(away, Request)
    assert at_home.headers.get("X-Key") == b"secret"
    assert away.headers.get("X-Key") is None


def test_what_belongs_to_one_address_is_left_behind() -> None:
    request = redirected("/x", proxy="http://proxy:1", download_slot="a", kind="article", spent=2.0)
    assert isinstance(request, Request)
    assert request.meta == {"kind": "article", "spent": 2.0, "redirect_urls": [URL]}


@pytest.mark.parametrize("status,location", [(200, "/x"), (304, "/x"), (302, "")])
def test_no_redirect(status: int, location: str) -> None:
    assert isinstance(redirected(location, status), Response)


def test_refresh_headers_count_as_browsers_count_them() -> None:
    headers = {"Content-Type": "text/html", "Refresh": "0; url=/next"}
    response = HtmlResponse(URL, body=b"<p>Moved", headers=headers)
    result = MetaRefresh(limit=3).process_response(Request(URL, meta={"kind": "article"}), response)
    assert isinstance(result, Request)
    assert result.url.endswith("/next")


@pytest.mark.parametrize(
    "content,kind,followed",
    [
        ("0;url=/next", "article", "https://news.example.com/next"),
        ("0;url=http://127.66.66.66:8702/secret", "article", "http://127.66.66.66:8702/secret"),
        ("300;url=/next", "article", None),  # a front page that reloads itself
        ("0;url=/story?a=1", "article", None),
        ("0;url=/next", "feed", None),
        ("0;url=http://[", "article", None),
    ],
)
def test_meta_refresh(content: str, kind: str, followed: str | None) -> None:
    body = f"<head><meta http-equiv=Refresh content='{content}'></head>"
    response = HtmlResponse(URL, body=body.encode(), headers={"Content-Type": "text/html"})
    result = MetaRefresh(limit=3).process_response(Request(URL, meta={"kind": kind}), response)
    assert (result.url if isinstance(result, Request) else None) == followed


def test_content_encoding_is_undone_once() -> None:
    response = Response(
        URL, headers={"Content-Encoding": "gzip", "ETag": "x"}, body=gzip.compress(b"<p>text")
    )
    result = ContentEncoding(limit=1_000).process_response(Request(URL), response)
    assert (result.body, "Content-Encoding" in result.headers) == (b"<p>text", False)
    assert result.headers["ETag"] == b"x"


@pytest.mark.parametrize(
    "status,wish,waited,wait",
    [
        (429, "0", 0.0, True),
        (503, "0", 0.0, True),
        (429, "0", 30.0, False),  # it has waited long enough
        (429, "3600", 0.0, False),
        (429, "soon", 0.0, False),
        (200, "0", 0.0, False),
    ],
)
def test_short_wishes_are_waited_for(status: int, wish: str, waited: float, wait: bool) -> None:
    crawler = get_crawler(Feeds, {"MONITOR_ALLOW_PRIVATE": ["127.0.0.1:1"]})
    request = Request("http://127.0.0.1:1/", meta={"waited": waited})
    response = Response(request.url, status=status, headers={"Retry-After": wish})
    result = asyncio.run(RetryAfter(crawler).process_response(request, response))
    assert isinstance(result, Request) is wait
    if wish == "3600":
        assert request.meta["retry_after"] == 3600
