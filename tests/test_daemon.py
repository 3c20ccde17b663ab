"""The thing left running: its rows, its leases, its end."""

import os
import shutil
import signal
import sqlite3
import subprocess
import threading
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from monitor.demo.newsroom import load
from monitor.demo.replay import sources
from monitor.demo.server import Presses
from tests.processes import descendants
from tests.site import ROOT, Program, Site, one_source, page

PATIENCE = 120  # seconds for what a daemon does in a few
STOPPED_WITHIN = 10


@pytest.fixture
def site() -> Iterator[Site]:
    with Site() as site:
        site.answers["/a/loss"] = page(
            "A hard Monday",
            ["Nvidia lost $589 billion in market value on Monday, brokers said."]
            + [f"Paragraph {number} speaks of other things at some length." for number in range(9)],
        )
        yield site


def _program(folder: Path, site: Site, topic_filter: str = "false", **more: str) -> Program:
    config = folder / "config"
    shutil.copytree(ROOT / "config", config)
    (config / "sources.toml").write_text(one_source(site, topic_filter))
    extra = {
        "MONITOR_CONFIG": str(config),
        "MONITOR_SCHEDULE__CRAWL": "2 s",
        "MONITOR_SCHEDULE__RECHECK": "1 d",
        "MONITOR_SCHEDULE__RECORD": "2 s",
    }
    return Program(folder, allow=(site.host,), extra=extra | more)


def _ask(program: Program, query: str) -> list[tuple[object, ...]]:
    path = program.folder / "monitor.db"
    if not path.exists():
        return []
    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as connection:
        try:
            return connection.execute(query).fetchall()
        except sqlite3.OperationalError:  # the schema is being made
            return []


def _until(holds: Callable[[], bool], what: str) -> None:
    nobody = threading.Event()
    for _ in range(PATIENCE * 5):
        if holds():
            return
        nobody.wait(0.2)
    raise AssertionError(f"not within {PATIENCE} s: {what}")


def _ended(program: Program) -> list[tuple[object, ...]]:
    return _ask(program, "SELECT kind, outcome FROM run WHERE ended_at IS NOT NULL")


@pytest.fixture
def stop_all() -> Iterator[list["subprocess.Popen[str]"]]:
    running: list[subprocess.Popen[str]] = []
    yield running
    for process in running:
        if process.poll() is None:
            process.kill()
        process.communicate()


def test_a_daemon_from_start_to_stop(
    tmp_path: Path, site: Site, stop_all: list["subprocess.Popen[str]"]
) -> None:
    program = _program(tmp_path, site)
    daemon = program.start("daemon")
    stop_all.append(daemon)
    _until(lambda: len(_ended(program)) >= 4, "four runs")
    refused = program.run("daemon", expect=5)
    assert str(daemon.pid) in refused.stderr
    daemon.send_signal(signal.SIGTERM)
    daemon.communicate(timeout=STOPPED_WITHIN)
    assert daemon.returncode == 143
    runs = _ask(program, "SELECT kind, outcome, ended_at FROM run")
    assert {kind for kind, _, _ in runs} >= {"crawl", "record"}
    assert all(ended is not None for _, _, ended in runs)
    assert {outcome for _, outcome, _ in runs} <= {"ok", "stopped"}
    states = _ask(program, "SELECT claim FROM v1_claim_history")
    assert states.count(("nvidia.market_cap_loss",)) == 1, "unchanged claims write no state"
    assert _ask(program, "SELECT name FROM lease") == []


def test_a_daemon_whose_lease_was_taken_over_ends(
    tmp_path: Path, site: Site, stop_all: list["subprocess.Popen[str]"]
) -> None:
    program = _program(tmp_path, site)
    daemon = program.start("daemon")
    stop_all.append(daemon)
    _until(lambda: len(_ended(program)) >= 1, "a run")
    with closing(sqlite3.connect(tmp_path / "monitor.db")) as connection, connection:
        connection.execute("UPDATE lease SET pid = pid + 1 WHERE name = 'daemon'")
    _, told = daemon.communicate(timeout=PATIENCE)
    assert daemon.returncode == 5
    assert "took over the lease 'daemon'" in told


@pytest.mark.soak
def test_ten_runs_over_the_newsroom(
    tmp_path: Path, stop_all: list["subprocess.Popen[str]"]
) -> None:
    newsroom = load()
    with Presses(newsroom) as presses:
        config = tmp_path / "config"
        shutil.copytree(ROOT / "config", config)
        (config / "sources.toml").write_text(sources(newsroom, presses), encoding="utf-8")
        seconds = {f"MONITOR_SCHEDULE__{job}": "3 s" for job in ("CRAWL", "RECHECK", "RECORD")}
        extra = {"MONITOR_CONFIG": str(config)}
        daemon = Program(tmp_path, presses.hosts, extra | seconds)
        first = daemon.start("daemon")
        stop_all.append(first)
        _until(lambda: len(_ended(daemon)) >= 3, "three runs")
        before = _ask(daemon, "SELECT count(*) FROM claim_state")
        _until(lambda: len(_ended(daemon)) >= 10, "ten runs")
        assert _ask(daemon, "SELECT count(*) FROM claim_state") == before
        assert {outcome for _, outcome in _ended(daemon)} == {"ok"}
        first.send_signal(signal.SIGTERM)
        first.communicate(timeout=STOPPED_WITHIN)
        rows = _ask(daemon, "SELECT run_id FROM run")
        assert len(rows) == len(_ended(daemon))

        days = {f"MONITOR_SCHEDULE__{job}": "1 d" for job in ("CRAWL", "RECHECK", "RECORD")}
        idle = Program(tmp_path, presses.hosts, extra | days)
        second = idle.start("daemon")
        stop_all.append(second)
        _until(lambda: len(_ended(idle)) >= len(rows) + 3, "the first runs of a slow daemon")
        assert idle.json("crawl")["outcome"] == "ok"
        idle.run("daemon", expect=5)


def test_a_killed_daemon_leaves_nobody_and_the_next_takes_over(
    tmp_path: Path, site: Site, stop_all: list["subprocess.Popen[str]"]
) -> None:
    for number in range(9):
        site.answers[f"/a/{number}"] = page(f"Number {number}", [f"Words of {number}. " * 30])
    program = _program(tmp_path, site, MONITOR_DOWNLOAD_DELAY="2")
    first = program.start("daemon")
    stop_all.append(first)
    site.wait_for("/a/1")
    below = descendants(first.pid)
    assert below, "the crawl's child is there"
    os.kill(first.pid, signal.SIGKILL)
    first.communicate()
    _until(lambda: not any(Path(f"/proc/{pid}").exists() for pid in below), "nobody is left")
    second = program.start("daemon")
    stop_all.append(second)
    killed = "SELECT 1 FROM run WHERE outcome = 'killed'"
    _until(lambda: bool(_ask(program, killed)), "the killed run is closed")
    _until(lambda: bool(_ask(program, "SELECT 1 FROM run WHERE outcome = 'ok'")), "a run goes on")
    second.send_signal(signal.SIGTERM)
    second.communicate(timeout=STOPPED_WITHIN)
    assert second.returncode == 143


def test_changed_claims_are_read_again(
    tmp_path: Path, site: Site, stop_all: list["subprocess.Popen[str]"]
) -> None:
    program = _program(tmp_path, site)
    program.run("crawl")
    claims = tmp_path / "config" / "claims.toml"
    text = claims.read_text(encoding="utf-8")
    changed = text.replace('title = "', 'title = "Again: ', 1)
    claims.write_text(changed, encoding="utf-8")
    again = program.run("crawl")
    assert "claims changed: 1 stored text to read again" in again.stderr
    third = program.run("crawl")
    assert "claims changed" not in third.stderr
    assert program.run("db", "check").returncode == 0
    states = _ask(program, "SELECT claim FROM v1_claim_history")
    assert states.count(("nvidia.market_cap_loss",)) == 1


def test_what_is_not_on_the_topic_is_recorded_and_left_out(tmp_path: Path, site: Site) -> None:
    """The entry's title decides where it says something, else the text of the page."""
    site.titles["/a/loss"] = "Nvidia has a hard Monday"
    site.answers["/a/cats"] = page("Cats", ["A cat sat on a mat and would not leave it. " * 20])
    site.titles["/a/cats"] = "On cats and mats"
    site.answers["/a/untitled"] = page("Dogs", ["A dog lay by a log and would not move. " * 20])
    site.titles["/a/untitled"] = ""
    program = _program(tmp_path, site, topic_filter="true")
    done = program.json("crawl")
    assert done["outcomes"] == {"ok": 1, "stored": 1, "off_topic": 2}
    assert site.hits["/a/cats"] == 0
    assert site.hits["/a/untitled"] == 1
    told = program.json("explain", site.url("/a/cats"))
    assert (told["fate"], told["next_check_at"]) == ("off_topic", None)
    assert program.json("crawl", "--source", "site")["new"]["articles"] == 0
    assert site.hits["/a/cats"] == 0


def test_a_source_under_test_keeps_nothing_but_the_date(tmp_path: Path, site: Site) -> None:
    program = _program(tmp_path, site, topic_filter="true")
    assert "The Site" in program.run("source", "list").stdout
    done = program.run("source", "test", "site")
    assert "A hard Monday" in done.stdout
    assert not (tmp_path / "monitor.db").exists()
    text = (tmp_path / "config" / "sources.toml").read_text()
    assert text.count("checked = 20") == 1
    assert program.run("source", "list").stdout.count("-") >= 2
    site.answers["/feed.xml"] = page("No feed", ["This is a page."])
    failed = program.run("source", "test", "--all", expect=4)
    assert "not_a_feed" in failed.stdout
