"""What is promised of the shipped config/sources.toml; no address is asked for."""

from pathlib import Path

import pytest

from monitor.rules.base import parse
from monitor.rules.sources import Source, Sources
from monitor.urls import normalise, site

SHIPPED = Path(__file__).parents[1] / "config/sources.toml"


@pytest.fixture(scope="module")
def sources() -> tuple[Source, ...]:
    return parse(Sources, SHIPPED.read_text(encoding="utf-8"), "sources.toml").source


def test_many_sources_of_many_countries_and_languages(sources: tuple[Source, ...]) -> None:
    assert len(sources) >= 30
    assert len({source.country for source in sources}) >= 10
    assert len({source.language for source in sources}) >= 8


def test_every_address_once_however_it_is_spelled(sources: tuple[Source, ...]) -> None:
    urls = [normalise(source.url) for source in sources]
    assert None not in urls
    assert len(urls) == len(set(urls))


def test_every_address_is_documented_on_the_web(sources: tuple[Source, ...]) -> None:
    assert not [one.name for one in sources if not one.documented.startswith(("http:", "https:"))]
    assert not [one.name for one in sources if one.documented == one.url]


def test_sitemaps_are_documented_by_robots_txt(sources: tuple[Source, ...]) -> None:
    sitemaps = [one for one in sources if one.kind == "sitemap"]
    assert sitemaps
    assert not [one.name for one in sitemaps if not one.documented.endswith("/robots.txt")]


def test_every_source_names_its_outlet(sources: tuple[Source, ...]) -> None:
    assert not [one.name for one in sources if not one.outlet.strip()]


def test_every_source_tells_country_language_and_page(sources: tuple[Source, ...]) -> None:
    assert not [one.name for one in sources if not (one.country and one.language)]
    assert not [one.name for one in sources if not one.documented]


def test_sites_are_registered_domains(sources: tuple[Source, ...]) -> None:
    outlets = {"economictimes.indiatimes.com", "g1.globo.com"}  # of domains with several
    found = {one.site for one in sources if site(f"https://{one.site}/") != one.site}
    assert found == outlets


def test_one_site_has_one_outlet(sources: tuple[Source, ...]) -> None:
    assert len({one.site for one in sources}) == len({(one.site, one.outlet) for one in sources})


def test_another_topic_takes_one_line_for_all_searches() -> None:
    text = SHIPPED.read_text(encoding="utf-8")
    other = text.replace('query = "DeepSeek"', 'query = "Hydrogen trains"')
    urls = [one.url for one in parse(Sources, other, "sources.toml").source]
    assert len([url for url in urls if "Hydrogen%20trains" in url]) == 3
    assert not [url for url in urls if "deepseek" in url.lower()]


def test_headline_only_sources_are_no_great_part(sources: tuple[Source, ...]) -> None:
    headlines = [one for one in sources if "//news.google.com/" in one.url]
    assert 2 <= len(headlines) <= 3
    # The search is the topic: there is no text to filter by.
    assert not any(one.topic_filter for one in headlines)
