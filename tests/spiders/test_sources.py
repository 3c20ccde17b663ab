import re
from pathlib import Path

import pytest

from monitor.errors import ConfigError
from monitor.rules.base import parse
from monitor.rules.sources import Sources

SHIPPED = Path(__file__).parents[2] / "config/sources.toml"
ENTRY = """
[[source]]
name = "daily-example"
outlet = "The Daily Example"
site = "news.example"
country = "GB"
language = "en"
url = "https://news.example/rss"
documented = "https://news.example/about-rss"
"""


def test_shipped_sources_are_readable() -> None:
    assert parse(Sources, SHIPPED.read_text(), "sources.toml").source


@pytest.mark.parametrize(
    "change,field",
    [
        (("GB", "uk"), "country"),
        (('"en"', '"english"'), "language"),
        (("daily-example", "Daily Example"), "name"),
        (("https://news.example/rss", "ftp://news.example/rss"), "url"),
        (('site = "news.example"', 'kind = "podcast"\nsite = "news.example"'), "kind"),
        (('site = "news.example"', 'kind = "listing"\nsite = "news.example"'), "selector"),
        (('site = "news.example"', 'selector = "h2 a"\nsite = "news.example"'), "selector"),
        (('site = "news.example"', 'kind = "listing"\nselector = "h2["\nsite = "x"'), "CSS"),
        (('site = "news.example"', 'fee = 1\nsite = "news.example"'), "fee"),
        (('site = "news.example"', 'headers = {A = "b\\nc"}\nsite = "news.example"'), "headers"),
        (('site = "news.example"', 'delay = -1\nsite = "news.example"'), "delay"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_mistakes_are_named(change: tuple[str, str], field: str) -> None:
    with pytest.raises(ConfigError) as caught:
        parse(Sources, ENTRY.replace(*change), "sources.toml")
    assert re.match(r"sources\.toml:\d+: entry ", str(caught.value))
    assert field in str(caught.value)


def test_one_name_and_one_address_once() -> None:
    with pytest.raises(ConfigError, match="daily-example"):
        parse(Sources, ENTRY + ENTRY.replace("/rss", "/atom"), "sources.toml")
    with pytest.raises(ConfigError, match=r"news\.example/rss"):
        parse(Sources, ENTRY + ENTRY.replace("daily", "weekly"), "sources.toml")


def test_a_test_date_is_no_new_definition() -> None:
    def hashed(text: str) -> str:
        return parse(Sources, text, "sources.toml").source[0].definition_hash()

    assert hashed(ENTRY) == hashed(ENTRY + "checked = 2025-01-28\n")
    assert hashed(ENTRY) != hashed(ENTRY + "delay = 9\n")


SEARCH = ENTRY.replace("/rss", "/search?q={query}&sort=date")


def test_a_search_is_filled_in_with_its_query_or_the_topics() -> None:
    topic = '[topic]\nquery = "DeepSeek OR Nvidia"\n'
    own = SEARCH + 'query = "AI & chips"\n'
    [source] = parse(Sources, topic + SEARCH, "sources.toml").source
    assert source.url == "https://news.example/search?q=DeepSeek%20OR%20Nvidia&sort=date"
    [other] = parse(Sources, topic + own, "sources.toml").source
    assert other.url == "https://news.example/search?q=AI%20%26%20chips&sort=date"
    assert source.definition_hash() != other.definition_hash()


def test_searches_by_different_queries_are_different_addresses() -> None:
    text = SEARCH + 'query = "a"\n' + SEARCH.replace("daily", "weekly") + 'query = "b"\n'
    assert len(parse(Sources, text, "sources.toml").source) == 2


@pytest.mark.parametrize(
    "text,expected",
    [
        (SEARCH, "daily-example: a query is needed"),
        (ENTRY + 'query = "a"\n', "`query` is for a url with {query} in it"),
    ],
    ids=["no query", "no place for it"],
)
def test_a_query_and_its_place_come_together(text: str, expected: str) -> None:
    with pytest.raises(ConfigError) as caught:
        parse(Sources, text, "sources.toml")
    assert expected in str(caught.value)
