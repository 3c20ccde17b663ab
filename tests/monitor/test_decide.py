"""What a page changes: the parts of a judgement that need no crawl."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from monitor.decide import judge, read
from monitor.rulebook import Rules, prepare
from monitor.types import KnownArticle, Page, Past, Version

NOW = datetime(2025, 1, 28, 9, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
CONFIG = Path(__file__).parents[2] / "config"
STORY = "https://news.example/2025/story"
FRONT = b"<html><body><article><h1>Today</h1>" + b"<p>Shares of the maker fell.</p>" * 20


@pytest.fixture(scope="module")
def rules() -> Rules:
    return prepare({file.name: file.read_text() for file in CONFIG.glob("*.toml")})


def known(gone_count: int, state: str = "live") -> Past:
    version = Version(1, "Story", "Story\n\nText", 7, "0", NOW - 5 * HOUR)
    return Past(
        KnownArticle(STORY, "News", version, "s1", (), state, NOW, NOW - 5 * HOUR, gone_count)
    )


@pytest.mark.parametrize(
    ("asked", "final", "is_gone"),
    [
        (STORY, "https://news.example/", True),
        (STORY, "https://other.example/?utm_source=x", True),
        (STORY, "https://news.example/2025/story-2", False),
        ("https://news.example/?p=12", "https://news.example/?p=12", False),
        ("https://news.example", "https://www.news.example/", False),
    ],
)
def test_redirected_to_the_front_page_is_gone(
    rules: Rules, asked: str, final: str, is_gone: bool
) -> None:
    reading = read(Page(asked, FRONT, NOW, final_url=final), rules)
    assert (reading.article.outcome == "gone") is is_gone


@pytest.mark.parametrize(
    ("gone_count", "before", "state", "wait"),
    [(0, "live", None, HOUR), (1, "live", "gone", 7 * 24 * HOUR), (2, "gone", None, 7 * 24 * HOUR)],
    ids=["once: asked again soon", "twice: taken down", "long gone: in case it comes back"],
)
def test_gone_takes_two_answers(
    rules: Rules, gone_count: int, before: str, state: str | None, wait: timedelta
) -> None:
    reading = read(Page(STORY, FRONT, NOW, final_url="https://news.example/"), rules)
    outcome = judge(reading, known(gone_count, before), rules, NOW)
    assert (outcome.fate, outcome.url, outcome.state) == ("gone", STORY, state)
    assert outcome.version is None
    assert outcome.next_check_at == NOW + wait
