"""`python -m scrapy crawl NAME -a url=... -O items.jsonl`: every kind, without a database."""

import gzip
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from scrapy.settings import Settings
from scrapy.spiderloader import SpiderLoader

from spiders import settings as scrapy_settings
from tests.spiders.conftest import DEADLINE
from tests.spiders.site import Answer, Site

ROOT = Path(__file__).parents[2]
KEYS = {"url", "status", "fetched_at", "source", "title", "published_at", "body"}
HTML = {"Content-Type": "text/html; charset=utf-8"}
XML = {"Content-Type": "application/xml"}
NEWS = """<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"
 xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">
<url><loc>{}</loc><lastmod>2025-01-28</lastmod><news:news>
<news:publication><news:name>Daily</news:name></news:publication>
<news:publication_date>2025-01-27T21:05:00Z</news:publication_date>
<news:title>Chip maker &amp; rivals fall</news:title></news:news></url></urlset>"""


def crawl(spider: str, site: Site, folder: Path, **arguments: str) -> list[dict[str, Any]]:
    """The items of one run, in the order of their addresses."""
    output = folder / "items.jsonl"
    given = [part for name, value in arguments.items() for part in ("-a", f"{name}={value}")]
    done = subprocess.run(
        [sys.executable, "-m", "scrapy", "crawl", spider, *given, "-O", str(output)],
        cwd=ROOT,
        env={**os.environ, "MONITOR_ALLOW_PRIVATE": json.dumps([site.host])},
        capture_output=True,
        timeout=DEADLINE,
        check=True,
    )
    assert b"] ERROR" not in done.stderr, done.stderr.decode()
    items = [json.loads(line) for line in output.read_text().splitlines()]
    assert all(set(item) == KEYS for item in items)
    assert not [item for item in items if item["body"].encode() in done.stderr]
    return sorted(items, key=lambda item: str(item["url"]))


def paths(items: list[dict[str, Any]], site: Site) -> list[str]:
    return [item["url"].removeprefix(site.url("")) for item in items]


def test_the_spiders_of_the_project() -> None:
    modules = Settings({"SPIDER_MODULES": scrapy_settings.SPIDER_MODULES})
    found = SpiderLoader.from_settings(modules)
    assert sorted(found.list()) == ["feeds", "listings", "pages", "run", "sitemaps", "sites"]


def test_feeds(site: Site, tmp_path: Path) -> None:
    stories = site.add_articles(2)
    feed = site.add_feed("/daily.rss", [*stories, "/missing"])
    items = crawl("feeds", site, tmp_path, url=feed)
    assert paths(items, site) == stories
    assert items[0]["source"] == feed
    assert items[0]["body"].startswith("<!doctype html>")


def test_a_search_feed_is_asked_for_its_query(site: Site, tmp_path: Path) -> None:
    stories = site.add_articles(1)
    site.add_feed("/search?q=Deep%20Seek%20%26%20Co&sort=date", stories)
    template = site.url("/search?q={query}&sort=date")
    items = crawl("feeds", site, tmp_path, url=template, query="Deep Seek & Co")
    assert paths(items, site) == stories


def test_a_packed_index_of_news_sitemaps(site: Site, tmp_path: Path) -> None:
    [story] = site.add_articles(1)
    location = site.url("/news.xml.gz")
    index = f"<sitemapindex><sitemap><loc>{location}</loc></sitemap></sitemapindex>"
    site.paths["/index.xml"] = Answer(index.encode(), headers=XML)
    packed = gzip.compress(NEWS.format(site.url(story)).encode())
    site.paths["/news.xml.gz"] = Answer(packed, headers={"Content-Type": "application/gzip"})
    [item] = crawl("sitemaps", site, tmp_path, url=site.url("/index.xml"))
    assert item["url"] == site.url(story)
    assert item["title"] == "Chip maker & rivals fall"
    assert item["published_at"] == "2025-01-27T21:05:00+00:00"
    assert item["source"] == site.url("/index.xml")


def test_listings(site: Site, tmp_path: Path) -> None:
    stories = site.add_articles(3)
    teasers = "".join(f'<h2><a href="{path}">Größe {path}</a></h2>' for path in stories[:2])
    page = f'<nav><a href="{stories[2]}">Best of</a></nav><main>{teasers}</main>'
    site.paths["/latest"] = Answer(page.encode(), headers=HTML)
    items = crawl("listings", site, tmp_path, url=site.url("/latest"), selector="main h2")
    assert paths(items, site) == stories[:2]
    assert items[0]["title"] == f"Größe {stories[0]}"


def test_what_a_home_page_and_its_robots_txt_announce(site: Site, tmp_path: Path) -> None:
    stories = site.add_articles(3)
    site.add_feed("/daily.rss", stories[:1])
    site.add_feed("/comments/feed/", stories[2:])
    site.paths["/news.xml"] = Answer(NEWS.format(site.url(stories[1])).encode(), headers=XML)
    home = '<link rel=alternate type="application/rss+xml" href="{}">'
    page = home.format("/daily.rss") + home.format("/comments/feed/")
    site.paths["/"] = Answer(f"<html><head>{page}".encode(), headers=HTML)
    robots = f"User-agent: *\nAllow: /\nSitemap: {site.url('/news.xml')}\n"
    site.paths["/robots.txt"] = Answer(robots.encode(), headers={"Content-Type": "text/plain"})
    items = crawl("sites", site, tmp_path, url=site.url("/"))
    assert paths(items, site) == stories[:2]
    assert [item["source"] for item in items] == [site.url("/daily.rss"), site.url("/news.xml")]


def test_pages(site: Site, tmp_path: Path) -> None:
    stories = site.add_articles(3)
    given = " ".join(map(site.url, stories[:2]))
    items = crawl("pages", site, tmp_path, url=given)
    assert paths(items, site) == stories[:2]
    assert (items[0]["source"], items[0]["title"]) == (None, None)


@pytest.mark.parametrize("spider", ["feeds", "listings", "pages", "sitemaps", "sites"])
def test_no_address_is_no_silent_success(spider: str) -> None:
    kind = SpiderLoader.from_settings(
        Settings({"SPIDER_MODULES": scrapy_settings.SPIDER_MODULES})
    ).load(spider)
    with pytest.raises(ValueError, match="give an address"):
        kind()


@pytest.mark.parametrize(
    "arguments, expected",
    [
        ([], "give an address"),
        (["-a", "url=news.example"], "news.example: not an http or https address"),
        (["-a", "url=https://news.example/", "-a", "selector=h2["], "selector 'h2['"),
    ],
    ids=["nothing", "no address", "no selector"],
)
def test_what_a_spider_cannot_use_is_told_in_a_line(arguments: list[str], expected: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "scrapy", "crawl", "listings", *arguments],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=DEADLINE,
        check=False,
    )
    assert done.returncode == 1
    assert done.stderr.splitlines()[-1].startswith("scrapy crawl listings: ")
    assert expected in done.stderr.splitlines()[-1]
    assert "Traceback" not in done.stderr
