"""The hostile site that lies beside the project: what the crawl half must show on it.

The words of the process half (stored, no_text, ...) stand for "ok" here: the page was kept.
"""

import json
import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from monitor import clock
from monitor.crawl import Child
from monitor.rules.settings import Settings
from monitor.urls import normalise
from spiders.job import Job
from tests.badsite import BadSite, Entry, example, manifest, serve
from tests.spiders.conftest import begun

ROOT = Path(__file__).parents[2]
READ = {"stored", "no_text", "soft_404", "consent_wall", "paywalled"}


@pytest.fixture
def badsite(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[BadSite]:
    yield from serve(tmp_path, *getattr(request, "param", ()))


@dataclass(frozen=True)
class Outcome:
    url: str
    word: str
    detail: str | None
    at: float  # seconds since the epoch


def crawled(folder: Path, **job: Any) -> dict[str, Outcome]:
    """What became of each URL in one child crawl."""
    file = folder / "monitor.db"
    database = f"sqlite:///{file}"
    job.setdefault("now", clock.now())
    with Child.start(Job(begun(database), database, **job)) as child:
        assert child.wait(600) is not None
        report = child.crawled()
    assert report is not None
    assert report.reason == "finished"
    rows = sqlite3.connect(file).execute("SELECT url, outcome, detail, fetched_at FROM fetch")
    found = [Outcome(*row[:3], datetime.fromisoformat(row[3]).timestamp()) for row in rows]
    assert len({each.url for each in found}) == len(found)  # one outcome each
    return {each.url: each for each in found}


def allow(site: BadSite) -> Settings:
    return Settings(allow_private=(f"127.0.0.1:{site.port}",))


# --- some seconds -------------------------------------------------------------------------------

SLOW = ("/slow/", "/big/", "/status/429", "/html/", "/feed/", "/sitemap/", "/trap/")


@pytest.mark.parametrize("badsite", [("--bomb-mb=32",)], indirect=True, ids=["bombs of 32 MiB"])
def test_articles_of_the_bad_site(badsite: BadSite, tmp_path: Path) -> None:
    entries = [
        entry
        for entry in manifest()
        if entry["kind"] == "article" and not entry["path"].startswith(SLOW)
    ]
    urls = tuple(badsite.url(example(entry)) for entry in entries)
    outcomes = crawled(tmp_path, settings=allow(badsite), urls=urls)
    assert badsite.internal_hits() == []
    assert differences(badsite, entries, outcomes) == []


# --- minutes: under `make soak` -----------------------------------------------------------------


ROBOTS = {
    "ok": {"ok"},
    "404": {"ok"},
    "500": {"robots"},
    "html": {"ok"},
    "deny": {"robots"},
    "bom": {"robots"},
    "huge": {"ok"},
    "delay": {"ok"},
    "wild": {"ok"},
    "slow": {"timeout"},
    "loop": {"ok"},
    "internal": {"blocked"},
    "garbage": {"ok"},
}


@pytest.mark.soak
@pytest.mark.parametrize(
    "badsite,words",
    [((f"--robots={mode}",), words) for mode, words in ROBOTS.items()],
    indirect=["badsite"],
    ids=list(ROBOTS),
)
def test_robots_modes(badsite: BadSite, words: set[str], tmp_path: Path) -> None:
    url = badsite.url("/good/1")
    outcomes = crawled(tmp_path, settings=allow(badsite), urls=(url,))
    assert {outcomes[url].word} == words
    assert badsite.internal_hits() == []


@pytest.mark.soak
def test_names_that_change_their_address(badsite: BadSite, tmp_path: Path) -> None:
    urls = [
        f"http://{name}.test:{port}/good/{number}"
        for name in ("rebind", "evil", "both", "good")
        for port in (badsite.port, badsite.internal_port)
        for number in range(1, 6)
    ]
    output = tmp_path / "items.jsonl"
    arguments = ["-a", f"url={' '.join(urls)}", "-O", str(output), "-s", "DNSCACHE_ENABLED=0"]
    arguments += ["-s", "TWISTED_DNS_RESOLVER=tests.spiders.resolver.Resolver"]
    subprocess.run(
        [sys.executable, "-m", "scrapy", "crawl", "pages", *arguments],
        cwd=ROOT,
        env={
            **os.environ,
            "TEST_DNS_PORT": str(badsite.dns_port),
            "MONITOR_ALLOW_PRIVATE": json.dumps([f"127.0.0.1:{badsite.port}"]),
            "MONITOR_DOWNLOAD_DELAY": "0",
        },
        check=True,
        timeout=300,
    )
    items = [json.loads(line)["url"] for line in output.read_text().splitlines()]
    assert badsite.internal_hits() == []
    assert {f"http://good.test:{badsite.port}/good/{n}" for n in range(1, 6)} <= set(items)
    assert not [url for url in items if f":{badsite.port}/" not in url or "//evil" in url]


# Redirects end there as well.
LED_TO = {"/good/19": 3, "/good/20": 2}

# --- comparing ----------------------------------------------------------------------------------


def differences(
    site: BadSite, entries: list[Entry], outcomes: dict[str, Outcome]
) -> list[tuple[str, str]]:
    """Path and complaint, for all that is not as the manifest has it."""
    found = []
    times: dict[str, list[float]] = {}
    for hit in site.hits():
        times.setdefault(hit["target"], []).append(hit["t"])
    for entry in entries:
        path, expected = example(entry), set(entry["outcome"].split("|"))
        outcome = outcomes.get(normalise(site.url(path)) or "")
        if outcome is None:
            found.append((path, "no outcome"))
            continue
        if "any" not in expected and not agrees(outcome.word, expected):
            found.append((path, f"{outcome.word} instead of {sorted(expected)}"))
        asked = times.get(path, [])
        if len(asked) > LED_TO.get(path, entry["max_hits"]):
            found.append((path, f"{len(asked)} hits"))
        if asked and outcome.at - asked[0] > entry["max_s"]:
            found.append((path, f"{outcome.at - asked[0]:.0f} s"))
    return found


def agrees(word: str, expected: set[str]) -> bool:
    return word in expected or (word == "ok" and bool(expected & READ))
