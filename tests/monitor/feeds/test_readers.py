"""Each kind of feed on one small file of the project's own, field by field."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from monitor.feeds import parse_feed
from monitor.types import Feed, FeedEntry

DATA = Path(__file__).parents[2] / "data/feeds"

EXPECTED = {
    "rss.xml": Feed(
        "ok",
        "rss",
        title="The Harbour Ledger & Post",
        url="https://ledger.example/",
        ttl_minutes=30,
        entries=(
            FeedEntry(
                url="https://ledger.example/markets/chips?utm_source=rss",
                guid="ledger-1",
                title="Chip maker loses a fifth of its value",
                published_at=datetime(2025, 1, 28, 2, 5, tzinfo=UTC),
                published_raw="Mon, 27 Jan 2025 21:05:00 -0500",
                summary="Shares fell. Traders’ nerves frayed.",
                authors=("Ada Quill", "Ben Rook"),
            ),
            FeedEntry(
                url="https://ledger.example/tides",
                guid="https://ledger.example/?p=2",
                title="Tide tables",
                published_raw="somewhen",
                summary="High at noon.",
            ),
            FeedEntry(url=None, title="A trap"),
        ),
    ),
    "atom.xml": Feed(
        "ok",
        "atom",
        title="Notes on <models>",
        url="https://lab.example/notes/",
        entries=(
            FeedEntry(
                url="https://lab.example/notes/cost",
                guid="tag:lab.example,2025:1",
                title="What training really costs",
                published_at=datetime(2025, 1, 27, 9, tzinfo=UTC),
                published_raw="2025-01-27T10:00:00+01:00",
                summary="Less than 6 < 10, they say",
                authors=("Cleo Marsh",),
            ),
            FeedEntry(
                url="https://lab.example/notes/2",
                guid="https://lab.example/notes/2",
                title="Only an id",
                published_at=datetime(2025, 1, 28, tzinfo=UTC),
                published_raw="2025-01-28",
                summary="Body",
                authors=("Dan Fell",),
            ),
        ),
    ),
    "rdf.xml": Feed(
        "ok",
        "rdf",
        title="Wire",
        url="https://wire.example/",
        entries=(
            FeedEntry(
                url="https://wire.example/1",
                guid="https://wire.example/1",
                title="Exports rise",
                published_at=datetime(2025, 1, 27, 12, 5, tzinfo=UTC),
                published_raw="2025-01-27T21:05:00+09:00",
                authors=("Eve Stone",),
            ),
        ),
    ),
    "feed.json": Feed(
        "ok",
        "json",
        title="Quay <daily>",
        url="https://quay.example/",
        entries=(
            FeedEntry(
                url="https://quay.example/a",
                guid="7",
                title="Cranes & cargo",
                published_at=datetime(2025, 1, 28, 2, 5, tzinfo=UTC),
                published_raw="2025-01-27T21:05:00-05:00",
                summary="Loading resumed.",
                authors=("Fay Pier",),
            ),
            FeedEntry(
                url="https://other.example/b",
                guid="8",
                title="A link post",
                published_at=datetime(2025, 1, 26, tzinfo=UTC),
                published_raw="2025-01-26",
                summary="A link post",
                authors=("The desk",),
            ),
            FeedEntry(
                url="https://quay.example/c",
                guid="https://quay.example/c",
                title="https://quay.example/c",
                authors=("The desk",),
            ),
        ),
    ),
    "news_sitemap.xml": Feed(
        "ok",
        "sitemap",
        entries=(
            FeedEntry(
                url="https://gazette.example/story?a=1&b=2",
                title="Regulator’s & bank’s view",
                published_at=datetime(2025, 1, 28, 2, 5, tzinfo=UTC),
                published_raw="2025-01-27T21:05:00-05:00",
            ),
            FeedEntry(
                url="https://gazette.example/plain?x=1&y=2",
                title="https://gazette.example/plain?x=1&y=2",
                published_at=datetime(2025, 1, 26, tzinfo=UTC),
                published_raw="2025-01-26",
            ),
            FeedEntry(url="https://home.example/relative", title="https://home.example/relative"),
        ),
    ),
    "sitemap_index.xml": Feed(
        "ok",
        "sitemapindex",
        entries=tuple(
            FeedEntry(
                url=f"https://gazette.example/{month}.xml.gz",
                title=f"https://gazette.example/{month}.xml.gz",
                published_at=datetime.fromisoformat(day).replace(tzinfo=UTC),
                published_raw=day,
            )
            for month, day in (("2025-01", "2025-01-28"), ("2024-12", "2024-12-31"))
        ),
    ),
}


@pytest.mark.parametrize("name", EXPECTED)
@pytest.mark.parametrize("field", ["outcome", "kind", "title", "url", "ttl_minutes", "entries"])
def test_golden(name: str, field: str) -> None:
    feed = parse_feed((DATA / name).read_bytes(), "https://home.example/feed")
    assert getattr(feed, field) == getattr(EXPECTED[name], field)


def test_every_feed_of_the_project_is_expected() -> None:
    assert {path.name for path in DATA.iterdir()} == EXPECTED.keys()


@pytest.mark.parametrize(
    ("channel", "minutes"),
    [
        ("<ttl>15</ttl>", 15),
        ("<ttl> 90.0 </ttl>", 90),
        ("<ttl>0</ttl>", None),
        ("<ttl>soon</ttl>", None),
        ("<ttl>-5</ttl>", None),
        ("<ttl>999999999</ttl>", 10_080),
        ("<sy:updatePeriod>daily</sy:updatePeriod>", 1_440),
        (
            "<sy:updatePeriod> Hourly\n</sy:updatePeriod>"
            "<sy:updateFrequency>4</sy:updateFrequency>",
            15,
        ),
        ("<sy:updatePeriod>hourly</sy:updatePeriod><sy:updateFrequency>0</sy:updateFrequency>", 60),
        ("<sy:updatePeriod>never</sy:updatePeriod>", None),
        ("", None),
    ],
)
def test_the_wish_of_the_publisher(channel: str, minutes: int | None) -> None:
    start = '<rss version="2.0" xmlns:sy="http://purl.org/rss/1.0/modules/syndication/"><channel>'
    assert parse_feed(f"{start}{channel}</channel></rss>".encode()).ttl_minutes == minutes


@pytest.mark.parametrize(
    ("item", "expected"),
    [
        pytest.param(
            "<link>https://feeds.example/~r/1</link>"
            "<feedburner:origLink>https://a.example/1</feedburner:origLink>",
            "https://a.example/1",
            id="FeedBurner",
        ),
        pytest.param("<guid>https://a.example/2</guid>", "https://a.example/2", id="permalink"),
        pytest.param(
            '<guid isPermaLink="false">https://a.example/2</guid>', None, id="no permalink"
        ),
        pytest.param(
            "<link>story one?a=1#b</link>", "https://a.example/story%20one?a=1#b", id="relative"
        ),
        pytest.param('<link href="https://a.example/3"/>', "https://a.example/3", id="href"),
        pytest.param("<link>https://a:b@a.example/4</link>", "https://a.example/4", id="user"),
    ],
)
def test_links_of_rss(item: str, expected: str | None) -> None:
    body = (
        '<rss version="2.0" xmlns:feedburner="http://rssnamespace.org/feedburner/ext/1.0"><channel>'
        f"<link>https://a.example/</link><item>{item}</item></channel></rss>"
    )
    (entry,) = parse_feed(body.encode(), "https://feeds.example/feed").entries
    assert entry.url == expected


@pytest.mark.parametrize(
    "data",
    [
        '{"version": "https://jsonfeed.org/version/1", "items": {}}',
        '{"version": "https://jsonfeed.org/version/1"}',
        '{"items": [{"url": "https://a.example/"}]}',
        "{}",
        "[]",
    ],
)
def test_other_json_is_no_feed(data: str) -> None:
    assert parse_feed(data.encode()).outcome == "not_a_feed"


@pytest.mark.parametrize(
    "data",
    ['{"version": "https://jsonfeed.org/version/1", "items": [', '{"jsonfeed.org": ' + "[" * 10**6],
    ids=["cut", "deep"],
)
def test_broken_json_feeds_are_told(data: str) -> None:
    assert parse_feed(data.encode()).outcome == "parse_error"


@pytest.mark.parametrize("value", ["null", "5", "[]", "{}", '"x"', "true", "[null]", "1e999"])
def test_json_of_wrong_types(value: str) -> None:
    names = ("id", "url", "title", "summary", "content_html", "date_published", "authors", "author")
    item = ", ".join(f'"{name}": {value}' for name in names)
    start = f'{{"version": "https://jsonfeed.org/version/1", "title": {value}, "items": '
    body = f"{start}[{{{item}}}, {value}]}}"
    assert parse_feed(body.encode()).kind == "json"
