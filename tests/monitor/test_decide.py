"""What a page changes: the parts of a judgement that need no crawl."""

from dataclasses import replace
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


AMP = "https://amp.news.example/2025/story"
TEXT = "<p>Nvidia lost $589 billion in market value on Monday, the exchange said.</p>"


def twin(url: str, extra: str = "", canonical: str = STORY) -> Page:
    head = f"<html><head><link rel=canonical href='{canonical}'></head><body><article>"
    body = f"{head}<h1>A hard Monday</h1>{TEXT}<p>Analysts warned of further falls.</p>{extra}"
    return Page(url, body.encode(), NOW)


def seen(read_from: str) -> Past:
    past = known(0)
    assert past.article is not None
    return replace(past, article=replace(past.article, read_from=read_from))


@pytest.mark.parametrize(
    ("url", "canonical", "identity"),
    [
        (AMP, STORY, STORY),
        ("https://m.news.example/2025/story", STORY, STORY),
        ("https://news.example/2025/story?utm_source=x", STORY, STORY),
        (AMP, "https://thief.example/2025/story", AMP),
        (AMP, "https://news.example/", AMP),
    ],
    ids=["amp", "mobile", "tracker", "another domain", "front page"],
)
def test_twins_are_folded_on_their_own_domain(
    rules: Rules, url: str, canonical: str, identity: str
) -> None:
    outcome = judge(read(twin(url, canonical=canonical), rules), Past(), rules, NOW)
    assert (outcome.fate, outcome.url) == ("stored", identity)


def test_a_twin_in_other_words_is_no_edit(rules: Rules) -> None:
    reading = read(twin(AMP, "<p>Read on in our application.</p>"), rules)
    outcome = judge(reading, seen(STORY), rules, NOW)
    assert (outcome.fate, outcome.version, outcome.events) == ("duplicate_url", None, ())
    assert (outcome.next_check_at, outcome.url) == (None, STORY)


@pytest.mark.parametrize("url", [STORY, AMP], ids=["canonical", "where it was read before"])
def test_an_edit_where_the_article_is_watched_is_one(rules: Rules, url: str) -> None:
    outcome = judge(read(twin(url), rules), seen(AMP), rules, NOW)
    assert outcome.fate == "stored"
    assert outcome.version is not None
    assert outcome.version.seq == 2


def test_a_twin_that_is_gone_takes_nothing_down(rules: Rules) -> None:
    reading = read(Page(AMP, b"", NOW, status=404), rules)
    past = seen(STORY)
    assert past.article is not None
    past = replace(past, article=replace(past.article, gone_count=1))
    outcome = judge(reading, past, rules, NOW)
    assert (outcome.state, outcome.gone_count, outcome.next_check_at) == (None, 1, None)
