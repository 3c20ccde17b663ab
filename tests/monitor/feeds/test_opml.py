"""Lists of feeds, as readers write them and as nobody should."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.feeds import Outline, outlines, read_outlines

LIST = """<?xml version="1.0" encoding="utf-8"?>
<opml version="1.0"><head><title>Mine</title></head><body>
<outline text="Tech"><outline text="Größe &amp; mehr" title="Daily" type="rss"
 xmlUrl="https://daily.example/rss?a=1&b=2" htmlUrl="https://daily.example/" language="en-GB"/>
</outline>
<OUTLINE TITLE="Old" XMLURL="http://old.example/feed"/>
<outline text="No feed" htmlUrl="https://x.example/"/>
<outline text="Odd" xmlUrl="feed://odd.example/"/>
</body></opml>"""


def test_feeds_of_a_list_in_its_order() -> None:
    assert read_outlines(LIST.encode()) == (
        Outline(
            url="https://daily.example/rss?a=1&b=2",
            raw="https://daily.example/rss?a=1&b=2",
            text="Größe & mehr",
            title="Daily",
            home="https://daily.example/",
            language="en-GB",
        ),
        Outline("http://old.example/feed", "http://old.example/feed", "Old", "Old"),
        Outline(None, "feed://odd.example/", "Odd", "Odd"),
    )


@pytest.mark.parametrize(
    "body", [b"", b"text", b"<rss><channel/></rss>", b"\0\xff", b"[opml]", b"<html><opml>"]
)
def test_what_is_no_list(body: bytes) -> None:
    assert read_outlines(body) is None


def test_a_list_reaches_for_no_file_and_does_not_explode() -> None:
    bomb = "".join(f'<!ENTITY b{n} "{f"&b{n - 1};" * 10}">' for n in range(1, 20))
    dtd = f'<!DOCTYPE opml [<!ENTITY f SYSTEM "file:///etc/passwd"><!ENTITY b0 "x">{bomb}]>'
    text = dtd + '<opml><outline text="&f;&b19;" xmlUrl="https://a.example/"/></opml>'
    [found] = read_outlines(text.encode()) or [None]
    assert found is not None
    assert "root:" not in found.text
    assert len(found.text) < 100


def test_a_written_list_reads_the_same() -> None:
    feeds = [outline for outline in read_outlines(LIST.encode()) or () if outline.url]
    assert read_outlines(outlines(feeds, "Mine")) == tuple(feeds)


@given(st.binary(max_size=300))
def test_no_bytes_make_it_raise(body: bytes) -> None:
    read_outlines(body)
    read_outlines(b"<opml><outline xmlUrl='http://a.example' text='" + body)
