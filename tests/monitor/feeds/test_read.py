"""Bytes to feeds: which reader, which outcome, and what holds for the entries of all kinds."""

import gzip
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.feeds_fuzz import run
from monitor.feeds import parse_feed
from monitor.feeds.read import MAX_FEED, MAX_SITEMAP
from monitor.types import FeedEntry

DATA = Path(__file__).parents[2] / "data/feeds"
URL = "https://news.example/feed.xml"
MUTATIONS = 5_000


def rss(*items: str, doctype: str = "", declaration: str = '<?xml version="1.0"?>') -> str:
    body = "".join(f"<item>{item}</item>" for item in items)
    return (
        f'{declaration}{doctype}<rss version="2.0"><channel><title>T</title>{body}</channel></rss>'
    )


def link(number: int, title: str = "Story") -> str:
    return f"<title>{title}</title><link>https://news.example/{number}</link>"


def sitemap(*urls: str) -> str:
    return "<urlset>" + "".join(f"<url><loc>{url}</loc></url>" for url in urls) + "</urlset>"


TWENTY = rss(*(link(number) for number in range(20)))


@pytest.mark.parametrize(
    ("body", "outcome", "kind", "entries"),
    [
        pytest.param(TWENTY, "ok", "rss", 20, id="rss"),
        pytest.param(TWENTY.encode("utf-16"), "ok", "rss", 20, id="UTF-16"),
        pytest.param(TWENTY.encode("utf-16-be"), "ok", "rss", 20, id="UTF-16 without a mark"),
        pytest.param(
            TWENTY.replace("?>", " encoding='utf-32'?>").encode("utf-32"),
            "ok",
            "rss",
            20,
            id="UTF-32",
        ),
        pytest.param("\n<b>Warning</b>: x in /a.php\n" + TWENTY, "ok", "rss", 20, id="warning"),
        pytest.param(TWENTY.replace("Story", "S\0\x08\uffff"), "ok", "rss", 20, id="controls"),
        pytest.param(gzip.compress(TWENTY.encode()), "ok", "rss", 20, id="gzip"),
        pytest.param(rss(), "empty", "rss", 0, id="no entries"),
        pytest.param(rss(link(1, "A&nbsp;B &ldquo;C&rdquo; &")), "ok", "rss", 1, id="entities"),
        pytest.param(TWENTY[:-16], "partial", "rss", 20, id="cut between entries"),
        pytest.param(TWENTY[:-6], "ok", "rss", 20, id="only the last tag is missing"),
        pytest.param(TWENTY[: TWENTY.index("/12</link>") + 2], "partial", "rss", 12, id="cut"),
        pytest.param(
            '<feed xmlns="http://www.w3.org/2005/Atom"><entry><link href="https://a.example/1"/>'
            '</entry><entry><link href="https://a.ex',
            "partial",
            "atom",
            1,
            id="cut Atom",
        ),
        pytest.param(sitemap("https://a.example/"), "ok", "sitemap", 1, id="sitemap"),
        pytest.param(sitemap(), "empty", "sitemap", 0, id="sitemap of nothing"),
        pytest.param(sitemap("https://a.example/")[:-9], "partial", "sitemap", 1, id="cut sitemap"),
        pytest.param("<urlset><url><loc>", "parse_error", "sitemap", 0, id="cut at once"),
        pytest.param("", "not_a_feed", "none", 0, id="nothing"),
        pytest.param(" \n", "not_a_feed", "none", 0, id="blank"),
        pytest.param("\xff\xfe\x00plain text", "not_a_feed", "none", 0, id="text"),
        pytest.param('{"items": []}', "not_a_feed", "none", 0, id="other JSON"),
        pytest.param(
            "<!DOCTYPE html><html><body><item><link>https://a.example/</link></item></body></html>",
            "not_a_feed",
            "none",
            0,
            id="HTML",
        ),
        pytest.param("<channel><foo>", "parse_error", "none", 0, id="XML of nothing"),
        pytest.param(b"%PDF-1.4\n" + bytes(range(256)) * 40, "not_a_feed", "none", 0, id="PDF"),
        pytest.param(gzip.compress(TWENTY.encode())[:-9], "parse_error", "none", 0, id="cut gzip"),
        pytest.param(b"\x1f\x8bnonsense", "parse_error", "none", 0, id="no gzip"),
        pytest.param(
            gzip.compress(b"\0" * (MAX_SITEMAP + 1)), "too_large", "none", 0, id="gzip bomb"
        ),
        pytest.param(TWENTY + " " * MAX_FEED, "too_large", "none", 0, id="large feed"),
        pytest.param(
            sitemap("https://a.example/") + " " * MAX_FEED, "ok", "sitemap", 1, id="large sitemap"
        ),
    ],
)
def test_outcomes(body: str | bytes, outcome: str, kind: str, entries: int) -> None:
    feed = parse_feed(body if isinstance(body, bytes) else body.encode(), URL)
    assert (feed.outcome, feed.kind, len(feed.entries)) == (outcome, kind, entries)


LAUGHS = "<!DOCTYPE rss [<!ENTITY a0 'lol'>" + "".join(
    f"<!ENTITY a{i} '{f'&a{i - 1};' * 10}'>" for i in range(1, 10)
)
SECRET = "https://internal.example"


@pytest.mark.parametrize(
    ("doctype", "outcome"),
    [
        pytest.param(LAUGHS + "]>", "parse_error", id="billion laughs"),
        pytest.param(
            f"<!DOCTYPE rss [<!ENTITY a9 '{'B' * 100_000}'>]>", "parse_error", id="quadratic"
        ),
        pytest.param(f"<!DOCTYPE rss [<!ENTITY a9 SYSTEM '{DATA / 'rdf.xml'}'>]>", "ok", id="file"),
        pytest.param(
            f"<!DOCTYPE rss SYSTEM '{SECRET}' [<!ENTITY % p SYSTEM '{SECRET}'> %p;]>",
            "ok",
            id="DTD",
        ),
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_entities_reach_for_nothing(doctype: str, outcome: str, encoding: str) -> None:
    feed = parse_feed(rss(link(1, "&a9;" * 100), doctype=doctype).encode(encoding), URL)
    assert feed.outcome == outcome
    for entry in feed.entries:
        assert "Wire" not in (entry.title or "")
        assert len(entry.title or "") < 1_000
    root = doctype.replace("rss", "urlset") + sitemap("https://a.example/&a9;")
    for entry in parse_feed(root.encode(encoding), URL).entries:
        assert entry.url in ("https://a.example/&a9;", "https://a.example/")


def test_a_harmless_entity_is_kept() -> None:
    body = rss(link(1, "&company;"), doctype="<!DOCTYPE rss [<!ENTITY company 'Quay &#38; Co'>]>")
    (entry,) = parse_feed(body.replace("&#38;", "and").encode(), URL).entries
    assert entry.title == "Quay and Co"


def test_a_tag_of_many_attributes_costs_nothing() -> None:
    tag = " ".join(f"a{number}='1'" for number in range(100_000))
    assert parse_feed(rss(f"<x {tag}/>").encode()).outcome == "parse_error"


def test_a_large_picture_in_a_tag_is_no_trap() -> None:
    picture = "<![CDATA[<img src='data:image/png;base64," + "QUJD" * 50_000 + "=='>]]>"
    body = rss(link(1) + f"<description>{picture}Text</description>")
    (entry,) = parse_feed(body.encode()).entries
    assert entry.summary == "Text"


@pytest.mark.parametrize("name", ["links", "authors", "content", "summary_detail", "updated"])
def test_elements_named_like_fields_of_the_parser(name: str) -> None:
    (entry,) = parse_feed(rss(f"{link(1)}<{name}>x</{name}>").encode(), URL).entries
    assert entry.url == "https://news.example/1"


def test_a_sitemap_whose_first_line_is_broken() -> None:
    body = '<?xml version="1.0"?&\n' + sitemap("https://a.example/")
    assert parse_feed(body.encode(), URL).kind == "sitemap"


@pytest.mark.parametrize("number", ["&#xD83D;&#xDE00;", "&#x110000;", "&#99999999;"])
def test_characters_that_do_not_exist_cost_only_themselves(number: str) -> None:
    (entry,) = parse_feed(rss(link(1, f"Chips {number} fall")).encode()).entries
    assert entry.title is not None
    assert entry.title.startswith("Chips")
    assert entry.title.endswith("fall")


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "data:text/html,x",
        "vbscript:x",
        "file:///etc/hostname",
        "JaVaScRiPt:alert(1)",
        " \tjava\nscript:alert(1)",
    ],
)
def test_only_web_addresses_leave(address: str) -> None:
    (entry,) = parse_feed(rss(f"<title>A</title><link>{address}</link>").encode(), URL).entries
    assert (entry.url, entry.title) == (None, "A")
    assert parse_feed(sitemap(address.strip()).encode(), URL).entries == ()


def test_one_entry_for_each_address() -> None:
    body = rss(*(link(1, f"Title {number}") for number in range(1_000)))
    assert [entry.title for entry in parse_feed(body.encode()).entries] == ["Title 0"]


def test_entries_without_address_stand_for_themselves() -> None:
    body = rss("<title>A</title>", "<title>A</title>")
    assert [entry.url for entry in parse_feed(body.encode()).entries] == [None, None]


def _dated(numbers: range) -> str:
    first = datetime(2025, 1, 1, tzinfo=UTC)
    return rss(
        *(
            link(number)
            + f"<pubDate>{first + timedelta(hours=number):%a, %d %b %Y %H:%M} GMT</pubDate>"
            for number in numbers
        ),
        link(-1),
    )


@pytest.mark.parametrize("numbers", [range(30), range(29, -1, -1)], ids=["rising", "falling"])
def test_the_newest_are_kept_in_the_order_of_the_feed(numbers: range) -> None:
    feed = parse_feed(_dated(numbers).encode(), limit=10)
    expected = [f"https://news.example/{number}" for number in numbers if number >= 20]
    assert [entry.url for entry in feed.entries] == expected


@given(
    st.binary(max_size=300), st.sampled_from(["", "<rss>", "<urlset>", "{", "\x1f\x8b", "<feed>"])
)
def test_no_bytes_make_it_raise(body: bytes, start: str) -> None:
    parse_feed(start.encode("latin-1") + body, "http://[")


def test_mutated_feeds_do_not_raise() -> None:
    outcomes, raised, _ = run(range(MUTATIONS))
    assert raised == []
    assert sum(outcomes.values()) == MUTATIONS


def test_every_text_is_bounded() -> None:
    huge = "x" * 1_000_000
    fields = ("title", "guid", "pubDate", "description", "author")
    item = "".join(f"<{field}>{huge}</{field}>" for field in fields)
    (entry,) = parse_feed(rss(item).encode()).entries
    assert isinstance(entry, FeedEntry)
    texts = (entry.title, entry.guid, entry.published_raw, entry.summary, *entry.authors)
    assert max(len(text) for text in texts if text) <= 2_000
