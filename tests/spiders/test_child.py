"""The child process of a crawl, with a real site and a real database; seconds each."""

import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from monitor import clock
from monitor.crawl import Child
from monitor.rules.settings import Settings as UserSettings
from monitor.rules.sources import Source
from spiders.job import Crawled, DueSource, Job
from spiders.request import FULL_EVERY
from storage.store import Store
from tests.spiders.conftest import DEADLINE, START, begun
from tests.spiders.site import Answer, Asked, Site, rss

ROOT = Path(__file__).parents[2]
Crawl = Callable[..., tuple[int, Crawled]]


def source(site: Site, path: str, **options: Any) -> DueSource:
    return DueSource(
        Source(
            name="daily",
            outlet="The Daily Example",
            site=site.host,
            country="GB",
            language="en",
            url=site.url(path),
            documented="https://news.example/about-rss",
            **options,
        )
    )


def configured(database: str, due: DueSource) -> None:
    definition = due.source
    row = (definition.name, definition.outlet, definition.url, definition.kind, "hash")
    with Store.open(database) as store:
        store.sync_sources([row], START)


def test_one_child_serves_sources_feeds_and_urls(
    site: Site, database: str, crawl: Crawl, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("storage", "spiders", "monitor"):  # of the user, where they happen to stand
        (tmp_path / name).mkdir()
        (tmp_path / name / "__init__.py").write_text("raise ImportError('a foreign package')")
    (tmp_path / "scrapy.cfg").write_text("[settings]\ndefault = foreign.settings\n")
    monkeypatch.chdir(tmp_path)
    stories = site.add_articles(5)
    site.paths["/gone"] = Answer(b"", 410)
    site.paths["/video"] = Answer(b"\0" * 99, headers={"Content-Type": "video/mp4"})
    site.paths["/robots.txt"] = Answer(b"User-agent: *\nDisallow: /private/\n")
    site.add_feed("/daily.rss", [*stories[:3], "/private/1", "http://127.66.66.66:1/x"])
    site.add_feed("/given.rss", [*stories[2:4], "/gone", "/video", "/missing"])
    daily = source(site, "/daily.rss", headers={"X-Reader": "yes"})
    configured(database, daily)
    _, crawled = crawl(
        (site.host,),
        sources=(daily,),
        feeds=(site.url("/given.rss"),),
        urls=(site.url(stories[4]), "ftp://news.example/x"),
    )
    assert crawled.reason == "finished"
    assert crawled.outcomes == {
        "blocked": 2, "gone": 1, "http_error": 1, "not_html": 1, "ok": 7, "robots": 1
    }  # fmt: skip
    assert crawled.sources == {
        "daily": "ok",
        site.url("/given.rss"): "ok",
        site.url(stories[4]): "ok",
        "ftp://news.example/x": "blocked",
    }
    asked = [hit.path for hit in site.asked]
    assert len(asked) == len(set(asked))
    assert "/private/1" not in asked
    assert site.hits("/daily.rss")[0].headers["x-reader"] == "yes"
    assert "x-reader" not in site.hits(stories[0])[0].headers
    with Store.open(database) as store:
        pages = store.pending_pages(20)
        [state] = store.sources()
    kept = {page.url: page for page in pages if page.status == 200}
    assert sorted(kept) == sorted(site.url(path) for path in stories)
    assert kept[site.url(stories[0])].body == site.paths[stories[0]].body  # type: ignore[union-attr]
    assert state.next_poll_at is not None


def test_a_second_crawl_asks_for_little(site: Site, database: str, crawl: Crawl) -> None:
    stories = site.add_articles(3)
    path = "/feed"

    def feed(asked: Asked) -> Answer:
        is_known = asked.headers.get("if-none-match") == '"v1"'
        body = b"" if is_known else rss(site.url(story) for story in stories)
        return Answer(body, 304 if is_known else 200, {"ETag": '"v1"'})

    site.paths[path] = feed
    due = source(site, path)
    configured(database, due)
    crawl((site.host,), sources=(due,))
    with Store.open(database) as store:
        [state] = store.sources()
        links = store.due_links(START.replace(year=2026))
    assert (state.etag, len(links)) == ('"v1"', 3)
    again = DueSource(due.source, state)
    _, crawled = crawl((site.host,), sources=(again,), rechecks=links[:1])
    assert crawled.outcomes == {"unchanged": 2}
    assert sorted(len(site.hits(story)) for story in stories) == [1, 1, 2]


def test_a_liar_is_found_by_a_full_request_and_not_believed_again(
    site: Site, database: str, crawl: Crawl
) -> None:
    stories = site.add_articles(2)
    shown = stories[:1]

    def feed(asked: Asked) -> Answer:
        is_known = asked.headers.get("if-none-match") == '"v1"'
        body = b"" if is_known else rss(site.url(story) for story in shown)
        return Answer(body, 304 if is_known else 200, {"ETag": '"v1"'})

    site.paths["/feed"] = feed
    due = source(site, "/feed")
    configured(database, due)
    crawl((site.host,), sources=(due,))
    shown.append(stories[1])
    for since_full, found in ((FULL_EVERY - 2, {"unchanged": 1}), (FULL_EVERY - 1, {"ok": 2})):
        with Store.open(database) as store:
            [state] = store.sources()
        again = DueSource(due.source, replace(state, since_full=since_full))
        assert crawl((site.host,), sources=(again,))[1].outcomes == found
    with Store.open(database) as store:
        [liar] = store.alerts()
        [state] = store.sources()
    assert (liar.kind, liar.about) == ("liar", site.host)
    crawl((site.host,), sources=(DueSource(due.source, state),), liars=(liar.about,))
    assert "if-none-match" not in site.hits("/feed")[-1].headers


def test_stopped_it_keeps_what_it_has_and_ends_soon(site: Site, database: str) -> None:
    stories = site.add_articles(2)
    never = threading.Event()
    site.paths["/slow"] = Answer(hold=never)
    job = Job(
        begun(database),
        database,
        START,
        UserSettings(allow_private=(site.host,)),
        urls=(*map(site.url, stories), site.url("/slow")),
    )
    with Child.start(job) as child:
        site.wait_for("/slow")
        child.end(grace=3)
        assert child.poll() is not None
    never.set()
    with Store.open(database) as store:
        assert len(store.pending_pages(9)) == 2
        store.end_run(job.run_id, "stopped", {}, START)
        left = store.due_links(START)
    assert [link.url for link in left] == [site.url("/slow")]


PARENT = """
import sys
from datetime import datetime, UTC
from monitor.crawl import Child
from monitor.rules.settings import Settings
from spiders.job import Job
database, run_id, host, url = sys.argv[1:]
job = Job(int(run_id), database, datetime(2025, 1, 28, tzinfo=UTC),
          Settings(allow_private=(host,)), urls=(url,))
child = Child.start(job)
print(child.pid, flush=True)
child.wait()
"""


def test_a_killed_parent_leaves_no_orphan(site: Site, database: str) -> None:
    never = threading.Event()
    site.paths["/slow"] = Answer(hold=never)
    arguments = [database, str(begun(database)), site.host, site.url("/slow")]
    with subprocess.Popen(
        [sys.executable, "-c", PARENT, *arguments], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as parent:
        assert parent.stdout is not None
        pid = int(parent.stdout.readline())
        site.wait_for("/slow")
        parent.kill()
        # The child holds the pipe of stderr as well: its end is the child's.
        _, errors = parent.communicate(timeout=20)
    assert parent.returncode == -signal.SIGKILL
    # Its files are closed a moment before its number is free.
    gone = (clock.process_started(pid) is None or never.wait(0.1) is None for _ in range(100))
    assert any(gone)
    never.set()
    assert errors == b""


def test_a_proxy_is_let_through_and_its_targets_are_judged(
    site: Site, tmp_path: Path, crawl: Crawl, monkeypatch: pytest.MonkeyPatch
) -> None:
    target, hidden = "http://127.0.0.2:8080/story", "http://127.0.0.3:8080/secret"
    site.paths[target] = Answer(b"<h1>By way of the proxy</h1>")
    monkeypatch.setenv("http_proxy", site.url(""))
    monkeypatch.delenv("no_proxy", raising=False)
    monkeypatch.delenv("NO_PROXY", raising=False)
    _, crawled = crawl(("127.0.0.2:8080",), urls=(target, hidden, site.url("/direct")))
    assert crawled.sources == {target: "ok", hidden: "blocked", site.url("/direct"): "blocked"}
    assert {asked.path for asked in site.asked} == {target, "http://127.0.0.2:8080/robots.txt"}


def test_a_missing_database_is_no_silent_end(tmp_path: Path, site: Site) -> None:
    job = Job(1, f"sqlite:///{tmp_path / 'none.db'}", START, urls=(site.url("/x"),))
    with Child.start(job) as child:
        child.wait(DEADLINE)
        crawled = child.crawled()
    assert crawled is not None
    assert (crawled.reason, site.asked) == ("DatabaseMissing", [])
