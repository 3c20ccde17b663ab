"""Feeds and sitemaps that pages announce, and the links of listing pages."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.errors import ConfigError
from monitor.feeds import FeedLink, discover, links, sitemaps_in

HOME = "https://news.example/start"
PAGE = b"""<!doctype html><html><head>
<link rel="alternate" type="application/rss+xml" title="All stories" href="/feed.xml">
<link rel="ALTERNATE nofollow" type="application/atom+xml; charset=utf-8" href="atom?x=1">
<link rel="alternate" type="application/rss+xml" href="/comments/feed/">
<link rel="alternate" type="application/json" href="/wp-json/1">
<link rel="alternate" hreflang="de" href="/de">
<link rel="alternate" type="application/rss+xml" href="javascript:alert(1)">
<link rel="sitemap" href="//cdn.example/news-sitemap.xml">
</head><body>
<a href="/feed.xml">RSS</a> <a href="/markets/rss">Markets</a> <a href="/sitemap.xml.gz">Map</a>
<a href="/feeding-fish">Fish</a> <a href="/about/feed.xml?format=2#a">About</a>
<ul class="stories">
<li><a href="/one"><img src="1.jpg"></a>
<h2><a href="/one?utm_source=front">The first  story</a></h2></li>
<li><a href="https://other.example/two">Two</a></li>
<li><a href="mailto:a@news.example">Mail</a> <a>no link</a></li>
</ul></body></html>"""


def test_discover() -> None:
    assert discover(PAGE, HOME) == (
        FeedLink("https://news.example/feed.xml", "feed", "All stories"),
        FeedLink("https://news.example/atom?x=1", "feed"),
        FeedLink("https://cdn.example/news-sitemap.xml", "sitemap"),
        FeedLink("https://news.example/markets/rss", "feed", "Markets"),
        FeedLink("https://news.example/sitemap.xml.gz", "sitemap", "Map"),
        FeedLink("https://news.example/about/feed.xml?format=2#a", "feed", "About"),
    )


@pytest.mark.parametrize(
    ("base", "expected"),
    [
        ("https://www.news.example/sub/", "https://www.news.example/sub/feed"),
        ("https://evil.example/", "https://news.example/feed"),
        ("http://[", "https://news.example/feed"),
    ],
)
def test_a_base_is_believed_on_the_same_site_only(base: str, expected: str) -> None:
    page = f'<base href="{base}"><link rel=feed href=feed>'.encode()
    assert [found.url for found in discover(page, HOME)] == [expected]


@pytest.mark.parametrize(
    ("css", "expected"),
    [
        (
            ".stories",
            [
                ("https://news.example/one", "The first story"),
                ("https://other.example/two", "Two"),
            ],
        ),
        (".stories h2 a", [("https://news.example/one?utm_source=front", "The first story")]),
        (".stories img", []),
        (".missing", []),
    ],
)
def test_links_of_a_listing(css: str, expected: list[tuple[str, str]]) -> None:
    assert [(entry.url, entry.title) for entry in links(PAGE, HOME, css)] == expected


def test_links_up_to_a_limit_and_none_to_the_page_itself() -> None:
    page = b"<a href=/start#top>Top</a>" + b"".join(
        b"<a href=/%d>%d</a>" % (n // 2, n) for n in range(9)
    )
    found = links(page, HOME, "body", 2)
    assert [(entry.url, entry.title) for entry in found] == [
        ("https://news.example/0", "0"),
        ("https://news.example/1", "2"),
    ]


def test_decoded_pages_are_not_decoded_again() -> None:
    page = "<meta charset=gbk><a href=/x>深度求索</a><link rel=feed href=/f title=新闻>"
    assert [entry.title for entry in links(page, HOME, "a")] == ["深度求索"]
    assert [link.title for link in discover(page, HOME)] == ["新闻"]


def test_a_link_without_text_has_no_title() -> None:
    (entry,) = links(b"<a href=/x><img src=1></a>", HOME, "a")
    assert (entry.url, entry.title) == ("https://news.example/x", None)


@pytest.mark.parametrize("css", ["a[", "::", "", "a:unknown(3)"])
def test_a_broken_selector_is_told(css: str) -> None:
    with pytest.raises(ConfigError, match="selector"):
        links(PAGE, HOME, css)


def test_sitemaps_of_robots() -> None:
    robots = b"User-agent: *\nSitemap: /map.xml\n sitemap :https://a.example/n.xml # x\n"
    robots += b"Sitemap: data:x\nDisallow: /sitemap: /no"
    assert sitemaps_in(robots, "https://news.example/robots.txt") == (
        FeedLink("https://news.example/map.xml", "sitemap"),
        FeedLink("https://a.example/n.xml", "sitemap"),
    )


@pytest.mark.parametrize(
    "page",
    [
        pytest.param(b"", id="nothing"),
        pytest.param(b"\0\xff", id="bytes"),
        pytest.param(
            b"<p " + b" ".join(b"a%d" % i for i in range(100_000)) + b"><a href=/feed>", id="tag"
        ),
        pytest.param(b"<div>" * 100_000, id="deep"),
    ],
)
def test_hostile_pages_announce_nothing(page: bytes) -> None:
    assert discover(page, HOME) == ()
    assert links(page, HOME, "a") == ()


def test_a_long_script_is_no_monster() -> None:
    page = b"<script>var a = '" + b"x" * 200_000 + b"'</script><link rel=feed href=/feed>"
    assert [found.url for found in discover(page, HOME)] == ["https://news.example/feed"]


@given(st.binary(max_size=200), st.text(max_size=30))
def test_no_page_makes_it_raise(page: bytes, url: str) -> None:
    discover(b"<a href=x>" + page, url)
    links(page, url, "a")
    sitemaps_in(b"Sitemap: " + page, url)
