"""The whole path with real parts: a feed on loopback, a crawl in child processes, the database."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.data_sets import seeds
from tests.site import Answer, Program, Site, page

LOSS = [
    "Nvidia shed $480 billion of market value on Monday after a Chinese laboratory published a "
    "model that runs on modest hardware.",
    "Traders in New York spoke of the heaviest session for chip makers in many years, and several "
    "desks stopped quoting prices for an hour in the afternoon.",
    "The laboratory, DeepSeek, had released its R1 model a week earlier without much notice.",
]


@pytest.fixture
def site() -> Iterator[Site]:
    with Site() as site:
        yield site


@pytest.fixture
def program(tmp_path: Path, site: Site) -> Program:
    return Program(tmp_path, allow=(site.host,))


def _seed_pages(site: Site) -> None:
    for name, headline, paragraphs in seeds():
        site.answers[f"/a/{name}"] = page(headline, paragraphs)


def test_seeds_from_feed_to_camps(site: Site, program: Program) -> None:
    _seed_pages(site)
    first = program.json("crawl", "--feed", site.url("/feed.xml"))
    assert first["new"]["articles"] == first["new"]["versions"] == 5
    versions = {row["version_id"]: row["text"] for row in program.view("v1_versions")}
    observations = program.view("v1_observations")
    assert len(observations) == first["new"]["observations"] > 0
    for row in observations:
        text = versions[row["version_id"]]
        assert text[row["char_start"] : row["char_end"]] == row["quote"]
    camps = [row for row in program.view("v1_claim_camps") if _is_loss(row) and row["weight"]]
    values = sorted(row["value"] for row in camps)
    assert [round(value / 1e9) for value in values] == [100, 300, 600]
    leading = max(camps, key=lambda row: row["articles"])
    assert round(leading["value"] / 1e9) == 600
    assert leading["articles"] >= 2, "more than half a trillion supports nearly 600 billion"
    assert program.json("db", "check")["ok"]

    again = program.json("crawl", "--feed", site.url("/feed.xml"))
    assert again["new"] == {"articles": 0, "versions": 0, "observations": 0, "events": 0}
    assert site.hits[f"/a/{seeds()[0][0]}"] == 1


def _is_loss(row: dict[str, object]) -> bool:
    return row["claim"] == "nvidia.market_cap_loss"


def test_a_changed_figure_is_one_silent_edit(site: Site, program: Program) -> None:
    site.answers["/a/loss"] = page("A bad day for chips", LOSS)
    program.json("crawl", "--feed", site.url("/feed.xml"))
    edited = [LOSS[0].replace("$480 billion", "$589 billion"), *LOSS[1:]]
    site.answers["/a/loss"] = page("A bad day for chips", edited)
    second = program.json("crawl", "--feed", site.url("/feed.xml"), "--recheck")
    assert second["new"]["articles"] == 0
    assert second["new"]["versions"] == 1
    edits = [row for row in program.view("v1_events") if row["kind"] == "silent_edit"]
    assert len(edits) == 1
    shown = str(edits[0])
    assert "$480 billion" in shown
    assert "$589 billion" in shown


def test_one_page_into_a_fresh_database(site: Site, program: Program) -> None:
    site.answers["/a/loss"] = page("A bad day for chips", LOSS)
    done = program.json("crawl", "--url", site.url("/a/loss"))
    assert done["outcome"] == "ok"
    assert done["new"]["articles"] == 1
    assert done["outcomes"] == {"stored": 1}


def test_a_url_that_fails_is_a_source_that_failed(site: Site, program: Program) -> None:
    site.answers["/a/loss"] = page("A bad day for chips", LOSS)
    missing = site.url("/a/missing")
    done = program.json("crawl", "--url", missing, "--url", site.url("/a/loss"), expect=3)
    assert [one["source"] for one in done["sources"]["failed"]] == [missing]
    assert done["outcome"] == "partial"
    program.run("crawl", "--url", "not-a-url", expect=2)
    program.run("crawl", "--feed", "ftp://nowhere.example/", expect=2)
    program.json("crawl", "--url", "http://127.0.0.1:9/blocked", expect=4)


def test_a_page_that_vanished_twice_is_a_takedown(site: Site, program: Program) -> None:
    site.answers["/a/loss"] = page("A bad day for chips", LOSS)
    program.json("crawl", "--feed", site.url("/feed.xml"))
    site.answers["/a/loss"] = Answer(b"<h1>Not found</h1>", 404)
    for _ in range(2):
        program.json("crawl", "--feed", site.url("/feed.xml"), "--recheck")
    kinds = [row["kind"] for row in program.view("v1_events")]
    assert kinds.count("takedown") == 1
    assert program.view("v1_articles")[0]["state"] == "gone"


@pytest.mark.parametrize(
    "body", [b"", b"<html><p>Hello</p></html>", b"\x00\xff\x00"], ids=["empty", "html", "bytes"]
)
def test_a_bad_feed_is_recorded_and_the_next_goes_on(
    site: Site, program: Program, body: bytes
) -> None:
    site.answers["/bad.xml"] = Answer(body, content_type="application/rss+xml")
    site.answers["/a/loss"] = page("A bad day for chips", LOSS)
    feeds = ["--feed", site.url("/bad.xml"), "--feed", site.url("/feed.xml")]
    done = program.json("crawl", *feeds, expect=3)
    assert len(done["sources"]["failed"]) == 1
    assert done["new"]["articles"] == 1
    fate = program.json("explain", site.url("/bad.xml"))["fate"]
    assert fate in {"empty", "not_a_feed", "parse_error"}
