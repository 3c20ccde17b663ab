"""Ctrl-C and SIGTERM in the midst of import, prune and source test: told, and nothing is lost."""

import os
import signal
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path
from threading import Event

import pytest

from tests.site import DEADLINE, Program, Site, page

# One way through both signals: each of these tests takes a dozen seconds.
SIGNALS = pytest.mark.parametrize(
    "sign, code",
    [
        pytest.param(signal.SIGINT, 130, id="Ctrl-C"),
        pytest.param(signal.SIGTERM, 143, id="SIGTERM", marks=pytest.mark.soak),
    ],
)
PAGES = 40  # more than are read at once


def stopped(run: "subprocess.Popen[str]", sign: signal.Signals) -> str:
    """What the program says on stderr when its terminal, or an operator, stops all of it."""
    os.killpg(run.pid, sign)
    _, told = run.communicate(timeout=DEADLINE)
    assert "Traceback" not in told
    return told


@pytest.fixture
def saved(tmp_path: Path) -> Path:
    """A folder of saved pages, the last of them a pipe that gives no byte before it is told to."""
    folder = tmp_path / "saved"
    folder.mkdir()
    for number in range(PAGES):
        body = page(
            f"Story {number}", [f"DeepSeek sold {number} chips in town {number}. " * 9]
        ).body
        mark = f'<head><link rel="canonical" href="https://daily.example/{number}">'.encode()
        (folder / f"{number:02}.html").write_bytes(body.replace(b"<head>", mark))
    os.mkfifo(folder / "99.html")
    return folder


@SIGNALS
def test_a_stopped_import_keeps_what_it_took(
    tmp_path: Path, saved: Path, sign: signal.Signals, code: int
) -> None:
    program = Program(tmp_path)
    run = program.start("import", str(saved))
    with (saved / "99.html").open("wb"):  # opens when the import has come this far
        stopped(run, sign)
    assert run.returncode == code
    [row] = program.view("v1_runs")
    assert row["outcome"] == "stopped"
    (saved / "99.html").unlink()
    program.run("import", str(saved))
    assert len(program.view("v1_versions")) == PAGES
    program.run("db", "check")


@SIGNALS
def test_a_stopped_prune_lets_go_of_all_or_nothing(
    tmp_path: Path, saved: Path, sign: signal.Signals, code: int
) -> None:
    program = Program(tmp_path)
    (saved / "99.html").unlink()
    program.run("import", str(saved), "--fetched-at", "2025-01-27")
    file = tmp_path / "monitor.db"
    with closing(sqlite3.connect(file, isolation_level=None)) as foreign:
        foreign.execute("BEGIN IMMEDIATE")
        run = program.start("db", "prune", "--days", "1")
        while not is_open(file, run.pid):
            assert run.poll() is None
        stopped(run, sign)
        foreign.execute("ROLLBACK")
    assert run.returncode == code
    assert program.json("db", "prune", "--days", "1")["pages"] == PAGES
    program.run("db", "check")


def is_open(file: Path, pid: int) -> bool:
    """Whether a process holds a file open, by /proc."""
    for entry in Path(f"/proc/{pid}/fd").iterdir():
        with suppress(FileNotFoundError):  # closed by now
            if os.readlink(entry) == str(file):
                return True
    return False


@pytest.fixture
def site() -> Iterator[Site]:
    with Site() as site:
        for number in range(3):
            site.answers[f"/a/{number}"] = page(f"Story {number}", ["It sold many chips. " * 30])
        yield site


@SIGNALS
def test_a_stopped_test_of_a_source_leaves_nothing(
    tmp_path: Path, site: Site, sign: signal.Signals, code: int
) -> None:
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    program = Program(tmp_path, allow=(site.host,), extra={"TMPDIR": str(scratch)})
    site.held["/feed.xml"] = Event()
    run = program.start("source", "test", site.url("/feed.xml"))
    site.wait_for("/feed.xml")
    stopped(run, sign)
    site.held["/feed.xml"].set()
    assert run.returncode == code
    assert list(scratch.glob("monitor-test-*")) == []
    assert not (tmp_path / "monitor.db").exists()
