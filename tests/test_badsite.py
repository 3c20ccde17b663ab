"""The whole manifest of the hostile site in one crawl of the installed program."""

import re
import sqlite3
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest
import zstandard

from monitor.feeds import parse_feed
from monitor.urls import normalise
from storage.views import VIEWS
from tests.badsite import (
    CANARY,
    MOST_MEMORY,
    BadSite,
    Entry,
    example,
    manifest,
    memory,
    serve,
    warm,
)
from tests.processes import descendants
from tests.site import ROOT, Program

pytestmark = pytest.mark.soak

DEADLINE = 1_800  # seconds for the whole manifest on a busy machine
LISTING = """
[[source]]
name = "section-{number}"
outlet = "Bad News"
site = "{host}"
country = "GB"
language = "en"
kind = "listing"
selector = "body"
topic_filter = false
url = "{url}"
documented = "https://news.example/"
"""

# --- argued differences -------------------------------------------------------------------------

# A listing is read and its links are fetched as articles; nothing walks on from there, so that an
# endless archive has nothing to cap.
NEVER_WALKED = ("/trap/calendar/", "/trap/session/", "/trap/deep/")
# The twenty links of these pages, "s" each, are read as a text of twenty words; and "/good/&e;" is
# "/good/" without the entity that nobody may fetch, which is a page of the site.
STORED_ALL_THE_SAME = {"/trap/session/": 20, "/sitemap/xxe.xml": 1}
# /trap/manylinks leads there; by itself it is a page without a link.
NOT_A_START = "/trap/x/"
# Redirects that end at these pages are not among the hits that the manifest counts.
LED_TO = {"/good/19": 3, "/good/20": 2, "/feed/good.xml": 2}
Complaint = tuple[str, str]


@dataclass(frozen=True)
class Story:
    """What is told of one URL asked for."""

    outcome: str
    fate: str
    at: float  # seconds since the epoch
    article: int | None
    detail: str | None


@pytest.fixture
def badsite(tmp_path: Path) -> Iterator[BadSite]:
    for site in serve(tmp_path):
        yield warm(site)


@pytest.fixture
def program(badsite: BadSite, tmp_path: Path) -> Program:
    folder = tmp_path / "config"
    folder.mkdir()
    for file in (ROOT / "config").glob("*.toml"):
        (folder / file.name).write_bytes(file.read_bytes())
    sections = [one["path"] for one in manifest() if one["kind"] == "section"]
    (folder / "sources.toml").write_text(
        "".join(
            LISTING.format(number=number, host=badsite.host, url=badsite.url(path))
            for number, path in enumerate(sections)
        )
    )
    return Program(tmp_path, allow=(badsite.host,), extra={"MONITOR_CONFIG": str(folder)})


def crawl(program: Program, *arguments: str) -> Mapping[str, int]:
    """Runs `monitor crawl` to its end; peak memory in KiB by role of the process."""
    log = program.folder / "crawl.log"
    peaks: dict[str, int] = {}
    with log.open("wb") as file, (program.folder / "report.json").open("wb") as report:
        run = subprocess.Popen(
            [sys.executable, "-P", "-m", "monitor", "-v", "crawl", *arguments, "--json"],
            cwd=program.folder,
            env=program.environment(),
            stdout=report,
            stderr=file,
        )
        for _ in range(2 * DEADLINE):
            try:
                run.wait(0.5)
                break
            except subprocess.TimeoutExpired:
                for pid in (run.pid, *descendants(run.pid)):
                    role = _role(pid, run.pid)
                    peaks[role] = max(peaks.get(role, 0), memory(pid))
        else:
            run.kill()
            pytest.fail(f"no end after {DEADLINE} s")
    assert run.returncode in (0, 3), log.read_text()[-2_000:]
    return peaks


def _role(pid: int, run: int) -> str:
    if pid == run:
        return "parent"
    try:
        command = Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return "gone"
    return "crawl" if b"scrapy" in command else "reader"


def stories(program: Program) -> Mapping[str, Story]:
    query = """
        SELECT f.url, f.outcome, coalesce(r.outcome, f.outcome), f.fetched_at, r.article_id,
               coalesce(r.detail, f.detail)
        FROM fetch f LEFT JOIN reading r ON r.page_id = f.page_id AND r.superseded_at IS NULL
    """
    with closing(sqlite3.connect(program.folder / "monitor.db")) as connection:
        rows = connection.execute(query).fetchall()
    assert len({row[0] for row in rows}) == len(rows)  # exactly one fate each
    return {
        url: Story(outcome, fate, datetime.fromisoformat(at).timestamp(), article, detail)
        for url, outcome, fate, at, article, detail in rows
    }


# --- the manifest -------------------------------------------------------------------------------


def test_the_whole_manifest_in_one_crawl(badsite: BadSite, program: Program) -> None:
    entries = [one for one in manifest() if one["path"] != NOT_A_START]
    asked = [f"--feed={badsite.url(e['path'])}" for e in entries if e["kind"] in FEEDS]
    asked += [f"--source=section-{n}" for n, _ in enumerate(_sections(entries))]
    peaks = crawl(program, *asked)
    tell("whole manifest", peaks)
    told = stories(program)
    hits = badsite.hits()
    complaints = [each for entry in entries for each in complaints_of(badsite, entry, told, hits)]
    assert complaints == []
    assert badsite.internal_hits() == []
    assert peaks["crawl"] < MOST_MEMORY
    assert where_the_canary_is(program) == []


def test_everything_in_time(badsite: BadSite, program: Program) -> None:
    """One feed with every article path: run, reading included, within the manifest's seconds."""
    [entry] = [one for one in manifest() if one["path"] == "/feed/everything.xml"]
    peaks = crawl(program, "--feed", badsite.url(entry["path"]))
    [run] = program.view("v1_runs")
    began, ended = (datetime.fromisoformat(str(run[name])) for name in ("started_at", "ended_at"))
    seconds = (ended - began).total_seconds()
    tell(f"everything.xml: {seconds:.0f} s", peaks)
    assert seconds < entry["max_s"]
    assert peaks["crawl"] < MOST_MEMORY
    assert badsite.internal_hits() == []
    good = {normalise(badsite.url(f"/good/{number}")) for number in range(1, 21)}
    assert good <= {row["url"] for row in program.view("v1_articles")}


def tell(what: str, peaks: Mapping[str, int]) -> None:
    """Figures for `pytest -rP`, which shows what tests that passed have written."""
    told = ", ".join(f"{role} {peak // 1024} MiB" for role, peak in sorted(peaks.items()))
    sys.stdout.write(f"{what}; peak memory: {told}\n")


FEEDS = ("feed", "sitemap")


def _sections(entries: list[Entry]) -> list[Entry]:
    return [one for one in entries if one["kind"] == "section"]


def complaints_of(
    site: BadSite, entry: Entry, told: Mapping[str, Story], hits: list[dict[str, object]]
) -> Iterator[Complaint]:
    path = example(entry)
    story = told.get(normalise(site.url(path)) or "")
    if story is None:
        yield path, "no outcome"
        return
    times = [float(str(hit["t"])) for hit in hits if hit["target"] == path]
    words = fates(site, entry, story, told)
    if not agrees(path, words, entry["outcome"]):
        yield path, f"{sorted(words)} ({story.detail}) instead of {entry['outcome']}"
    stored = stored_for(site, entry, story, told)
    if not is_enough(stored, str(STORED_ALL_THE_SAME.get(path, entry["store"]))):
        yield path, f"{stored} stored instead of {entry['store']}"
    if len(times) > LED_TO.get(path, entry["max_hits"]):
        yield path, f"{len(times)} hits"
    if times and story.at - times[0] > entry["max_s"]:
        yield path, f"{story.at - times[0]:.0f} s"


def fates(site: BadSite, entry: Entry, story: Story, told: Mapping[str, Story]) -> set[str]:
    """The words of a path; for a tree of sitemaps those of the whole tree, and for feeds that only
    announce what is refused those of their links."""
    words = {story.fate}
    if entry["path"] == "/sitemap/tree/":
        tree = normalise(site.url(entry["path"])) or ""
        words |= {each.fate for url, each in told.items() if url.startswith(tree)}
    if entry["outcome"] == "blocked" and entry["kind"] in FEEDS:
        words |= {each.fate for url, each in told.items() if "66.66" in url}
    return words


def agrees(path: str, words: set[str], expected: str) -> bool:
    if expected == "any" or (path in NEVER_WALKED and words == {"ok"}):
        return True
    # Where a redirect leads to a page that is known, its text is stored under that address.
    if expected == "stored" and words == {"duplicate_url"} and path.startswith("/redirect/"):
        return True
    return bool(words & set(expected.split("|")))


def stored_for(site: BadSite, entry: Entry, story: Story, told: Mapping[str, Story]) -> int:
    """Articles that the path led to, by itself or by its links."""
    if entry["kind"] == "article":
        return int(story.article is not None)
    try:
        with urlopen(site.url(entry["path"]), timeout=60) as answer:
            body = answer.read()
    except HTTPError:
        return 0
    if entry["kind"] == "section":
        links = [site.url(found) for found in re.findall(r"href='?([^'> ]+)", body.decode())]
    else:
        links = [each.url or "" for each in parse_feed(body, site.url(entry["path"])).entries]
    found = (told.get(normalise(link) or "") for link in links)
    return len({each.article for each in found if each and each.article is not None})


def is_enough(stored: int, expected: str) -> bool:
    if "n" in expected.split("|"):
        return stored > 0 or "0" in expected.split("|")
    return str(stored) in expected.split("|")


def where_the_canary_is(program: Program) -> list[str]:
    """Names of files, bodies and views that hold it; the site's own file does."""
    found = [
        file.name
        for file in program.folder.rglob("*")
        if file.is_file() and file.name != "canary.txt" and CANARY in file.read_bytes()
    ]
    with closing(sqlite3.connect(program.folder / "monitor.db")) as connection:
        bodies = connection.execute("SELECT zstd FROM body")
        found += ["body" for (body,) in bodies if CANARY in zstandard.decompress(body)]
    for view in VIEWS:
        done = program.run("export", view.name, "--format", "csv")
        found += [view.name] if CANARY.decode() in done.stdout else []
    return found


# --- a second crawl -----------------------------------------------------------------------------


SAME_NEWS = ("etag", "dup-guid", "new-guid", "utm")


def test_a_second_crawl_finds_nothing_new(badsite: BadSite, program: Program) -> None:
    """New GUIDs and tracking parameters make no article, noise makes no version, 304s are used."""
    asked = [f"--feed={badsite.url(f'/feed/{name}.xml')}" for name in SAME_NEWS]
    asked.append(f"--url={badsite.url('/edit/noise')}")
    first = program.json("crawl", *asked)
    assert first["new"] | {"observations": 0, "events": 0} == {
        "articles": 21, "versions": 21, "observations": 0, "events": 0
    }  # fmt: skip
    before = len(badsite.hits())
    second = program.json("crawl", *asked)
    assert set(second["new"].values()) == {0}
    hits = badsite.hits()[before:]
    assert sorted(hit["target"] for hit in hits if hit["target"] != "/robots.txt") == sorted(
        ["/edit/noise", *(f"/feed/{name}.xml" for name in SAME_NEWS)]
    )
    [etag] = [hit for hit in hits if hit["target"] == "/feed/etag.xml"]
    assert etag["inm"] == '"v1"'
    assert program.json("explain", badsite.url("/feed/etag.xml"))["fate"] == "unchanged"
