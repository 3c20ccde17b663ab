"""kill -9 at random moments: nothing lost, nothing twice, nobody left behind."""

import os
import random
import signal
import sqlite3
import subprocess
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from monitor import clock
from tests.processes import descendants
from tests.site import Program, Site, page

KILLS = 100
PAGES_A_ROUND = 3  # 300 pages in all
SHORTEST_LIFE = 0.3  # seconds
OF_A_CRAWL = 1.1  # the longest life, in times that a whole crawl takes here and now
SETTLED = 15.0  # seconds in which every process of a killed run must be gone

pytestmark = pytest.mark.soak


def _command(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode()
    except OSError:
        return ""


def _target(run: "subprocess.Popen[str]", role: str) -> int:
    """The process to kill; the parent where the role is not there at this moment."""
    below = descendants(run.pid)
    if role == "child":
        below = [pid for pid in below if "scrapy" in _command(pid)]
    elif role == "worker":
        below = [pid for pid in below if "forkserver" in _command(pid)][1:]
    return below[-1] if below and role != "parent" else run.pid


def _of_database(url: str) -> Iterator[int]:
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit() and int(entry.name) != os.getpid():
            try:
                environment = (entry / "environ").read_bytes()
            except OSError:
                continue
            if f"MONITOR_DATABASE_URL={url}".encode() in environment:
                yield int(entry.name)


def _add_pages(site: Site, round_: int) -> None:
    for number in range(PAGES_A_ROUND):
        name = f"{round_}-{number}"
        rng = random.Random(name)
        words = ["harbour", "lantern", "gravel", "Tuesday", "kettle", "orchard", "violin", "rope"]
        text = [" ".join(rng.choices(words, k=60)) + f" {name}." for _ in range(4)]
        site.answers[f"/a/{name}"] = page(f"Story {name}", text)


def test_kill_at_random_moments(tmp_path: Path) -> None:
    dice = random.Random(20250127)
    nobody = threading.Event()
    with Site() as site:
        program = Program(tmp_path, allow=(site.host,))
        _add_pages(site, 0)
        started = clock.monotonic()
        program.run("crawl", "--feed", site.url("/feed.xml"))
        longest, kills = OF_A_CRAWL * (clock.monotonic() - started), 0
        while kills < KILLS:
            _add_pages(site, kills + 1)
            run = program.start("crawl", "--feed", site.url("/feed.xml"), "--json")
            try:
                run.communicate(timeout=dice.uniform(SHORTEST_LIFE, longest))
            except subprocess.TimeoutExpired:
                role = ("parent", "child", "worker")[kills % 3]
                os.kill(_target(run, role), signal.SIGKILL)
                run.communicate(timeout=120)
                kills += 1
        program.run("crawl", "--feed", site.url("/feed.xml"))
        articles = program.view("v1_articles")
        expected = {site.url(path) for path in site.answers}
        assert {row["url"] for row in articles} == expected
        assert len(articles) == len(expected)
        assert {row["versions"] for row in articles} == {1}
    assert program.run("db", "check").returncode == 0
    with sqlite3.connect(tmp_path / "monitor.db") as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    for _ in range(int(SETTLED / 0.5)):
        if not list(_of_database(program.database_url)):
            break
        nobody.wait(0.5)
    assert [_command(pid) for pid in _of_database(program.database_url)] == []
