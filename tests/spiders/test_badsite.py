"""The hostile site that lies beside the project: what the crawl half must show on it.

The words of the process half (stored, no_text, ...) stand for "ok" here: the page was kept.
"""

import json
import os
import re
import socket
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
import zstandard

from monitor import clock
from monitor.crawl import Child
from monitor.rules.settings import Settings
from monitor.rules.sources import Source
from monitor.urls import normalise
from spiders.job import DueSource, Job
from tests.spiders.conftest import begun

ROOT = Path(__file__).parents[2]
TOOLS = ROOT.parent / "shared/tools"
READ = {"stored", "no_text", "soft_404", "consent_wall", "paywalled"}
CANARY = b"CANARY-7f3a"
MOST_MEMORY = 600 * 1024  # KiB
Entry = dict[str, Any]


@dataclass(frozen=True)
class BadSite:
    port: int
    internal_port: int
    dns_port: int
    log: Path

    def url(self, path: str) -> str:
        return f"http://127.0.0.1:{self.port}{path}"

    def hits(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.log.read_text().splitlines()]


def free_ports() -> tuple[int, int, int]:
    """A port whose number plus 1,000 is free as well, and two others."""
    while True:
        sockets = [socket.create_server(("127.0.0.1", 0)) for _ in range(3)]
        ports = [each.getsockname()[1] for each in sockets]
        try:
            socket.create_server(("127.0.0.1", ports[0] + 1_000)).close()
        except (OSError, OverflowError):
            continue
        finally:
            for each in sockets:
                each.close()
        return ports[0], ports[1], ports[2]


def serve(folder: Path, *options: str) -> Iterator[BadSite]:
    if not TOOLS.is_dir():
        pytest.skip(f"no {TOOLS}")
    port, internal, dns = free_ports()
    log = folder / "hits.jsonl"
    log.touch()
    arguments = [f"--port={port}", f"--internal-port={internal}", f"--dns={dns}", f"--log={log}"]
    arguments += [f"--canary={folder / 'canary.txt'}", *options]
    with subprocess.Popen(
        [sys.executable, str(TOOLS / "badsite.py"), *arguments], stdout=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline().startswith(b"badsite:")
        yield BadSite(port, internal, dns, log)
        process.terminate()


@pytest.fixture
def badsite(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[BadSite]:
    yield from serve(tmp_path, *getattr(request, "param", ()))


def manifest() -> list[Entry]:
    if not TOOLS.is_dir():
        return []
    return json.loads((TOOLS / "badsite_manifest.json").read_text())


def example(entry: Entry) -> str:
    """The path to ask for where the manifest names a family of them."""
    path: str = entry["path"]
    if path == "/redirect/long/":
        return path + "5"
    return path + "1" if path.endswith("/") and entry["kind"] == "article" else path


@dataclass(frozen=True)
class Outcome:
    url: str
    word: str
    detail: str | None
    at: float  # seconds since the epoch


def crawled(folder: Path, **job: Any) -> tuple[dict[str, Outcome], int]:
    """What became of each URL in one child crawl, and the child's peak memory in KiB."""
    file = folder / "monitor.db"
    database = f"sqlite:///{file}"
    job.setdefault("now", clock.now())
    with Child.start(Job(begun(database), database, **job)) as child:
        peak = 0
        while child.wait(0.5) is None:
            peak = max(peak, memory(child.pid))
        report = child.crawled()
    assert report is not None
    assert report.reason == "finished"
    rows = sqlite3.connect(file).execute("SELECT url, outcome, detail, fetched_at FROM fetch")
    found = [Outcome(*row[:3], datetime.fromisoformat(row[3]).timestamp()) for row in rows]
    assert len({each.url for each in found}) == len(found)  # one outcome each
    return {each.url: each for each in found}, peak


def memory(pid: int) -> int:
    """Peak resident memory in KiB; 0 where the system does not tell, or the process is gone."""
    try:
        status = Path(f"/proc/{pid}/status").read_text()
    except OSError:
        return 0
    peak = re.search(r"VmHWM:\s+(\d+)", status)
    return int(peak[1]) if peak else 0


def internal(hits: list[dict[str, Any]]) -> list[str]:
    return [hit["target"] for hit in hits if hit["side"] == "internal"]


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
    outcomes, _ = crawled(tmp_path, settings=allow(badsite), urls=urls)
    assert internal(badsite.hits()) == []
    assert differences(badsite, entries, outcomes) == []


# --- minutes: under `make soak` -----------------------------------------------------------------


@pytest.mark.soak
def test_everything(badsite: BadSite, tmp_path: Path) -> None:
    entries = [e for e in manifest() if e["path"] != "/trap/x/"]  # where /trap/manylinks leads
    feeds = [e for e in entries if e["kind"] in ("feed", "sitemap")]
    sections = [e for e in entries if e["kind"] == "section"]
    outcomes, peak = crawled(
        tmp_path,
        settings=allow(badsite),
        feeds=tuple(badsite.url(e["path"]) for e in feeds),
        sources=tuple(listing(badsite, n, e["path"]) for n, e in enumerate(sections)),
    )
    assert internal(badsite.hits()) == []
    assert differences(badsite, entries, outcomes) == []
    assert peak < MOST_MEMORY
    leaked = [path for path in tmp_path.iterdir() if CANARY in path.read_bytes()]
    assert [path.name for path in leaked] == ["canary.txt"]
    bodies = sqlite3.connect(tmp_path / "monitor.db").execute("SELECT zstd FROM body")
    assert not any(CANARY in zstandard.decompress(row[0]) for row in bodies)


def listing(site: BadSite, number: int, path: str) -> DueSource:
    return DueSource(
        Source(
            name=f"section-{number}",
            outlet="Bad News",
            site=f"127.0.0.1:{site.port}",
            country="GB",
            language="en",
            kind="listing",
            selector="body",
            url=site.url(path),
            documented="https://news.example/",
        )
    )


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
    outcomes, _ = crawled(tmp_path, settings=allow(badsite), urls=(url,))
    assert {outcomes[url].word} == words
    assert internal(badsite.hits()) == []


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
    assert internal(badsite.hits()) == []
    assert {f"http://good.test:{badsite.port}/good/{n}" for n in range(1, 6)} <= set(items)
    assert not [url for url in items if f":{badsite.port}/" not in url or "//evil" in url]


# --- comparing ----------------------------------------------------------------------------------

# Hits beyond the manifest's number that are other paths' doing: redirects that end there, and the
# links of feeds that carry a query of their own.
LED_TO = {"/good/19": 3, "/good/20": 2, "/feed/good.xml": 2}


# A listing is read and its links are fetched as articles; nothing walks on from there, so that an
# endless archive has nothing to cap. Words accepted instead of the manifest's.
NEVER_WALKED = {"/trap/calendar/": {"ok"}, "/trap/session/": {"ok"}, "/trap/deep/": {"ok"}}


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
        expected |= NEVER_WALKED.get(path, set())
        words = family(site, entry, outcomes)
        if not words:
            found.append((path, "no outcome"))
        elif "any" not in expected and not any(agrees(word, expected) for word in words):
            found.append((path, f"{sorted(words)} instead of {sorted(expected)}"))
        asked = times.get(path, [])
        if len(asked) > LED_TO.get(path, entry["max_hits"]):
            found.append((path, f"{len(asked)} hits"))
        outcome = outcomes.get(normalise(site.url(path)) or "")
        if asked and outcome and outcome.at - asked[0] > entry["max_s"]:
            found.append((path, f"{outcome.at - asked[0]:.0f} s"))
    return found


def family(site: BadSite, entry: Entry, outcomes: dict[str, Outcome]) -> set[str]:
    """The words of a path; for a tree of sitemaps those of the whole tree, and for feeds that only
    announce what is refused those of their links."""
    url = normalise(site.url(example(entry))) or ""
    words = {outcomes[url].word} if url in outcomes else set()
    if entry["path"] == "/sitemap/tree/":
        words |= {each.word for each in outcomes.values() if each.url.startswith(url)}
    if entry["outcome"] == "blocked" and entry["kind"] in ("feed", "sitemap"):
        words |= {each.word for each in outcomes.values() if "66.66" in each.url}
    return words


def agrees(word: str, expected: set[str]) -> bool:
    return word in expected or (word == "ok" and bool(expected & READ))
