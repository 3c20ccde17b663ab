"""What a shell does to a command: closed streams, full disks, early ends, odd folders."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from monitor.cli import _is_left
from tests.site import ROOT, Program, page

TEXT = "Nvidia lost nearly $600 billion in market value on Monday."


@pytest.fixture
def program(tmp_path: Path) -> Program:
    (tmp_path / "page.html").write_bytes(page("A record", [TEXT, "Word. " * 60]).body)
    return Program(tmp_path)


def _shell(program: Program, line: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        ["bash", "-c", f'monitor() {{ "$PYTHON" -P -m monitor "$@"; }}; {line}'],
        cwd=program.folder,
        env=program.environment() | {"PYTHON": sys.executable},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


@pytest.mark.parametrize("command", ["config show", "extract page.html", "source list"])
def test_a_full_disk_behind_the_output_is_told(program: Program, command: str) -> None:
    done = _shell(program, f"monitor {command} > /dev/full")
    assert done.returncode == 1
    assert "No space left" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("command", ["config show", "extract page.html", "claims extract -"])
def test_closed_streams_are_no_error(program: Program, command: str) -> None:
    done = _shell(program, f"monitor {command} <&- >&- 2>&-")
    assert done.returncode == 0


def test_a_reader_that_went_away_is_no_error(program: Program) -> None:
    done = _shell(program, "monitor source list | :; echo ${PIPESTATUS[0]}")
    assert done.stdout == "0\n"
    assert done.stderr == ""


def test_only_an_output_without_a_reader_counts_as_left() -> None:
    """A pipe of our own that breaks must not pass for the reader of our output."""
    reading, writing = os.pipe()
    assert not _is_left(writing)
    os.close(reading)
    assert _is_left(writing)
    os.close(writing)


def test_reading_takes_no_module_from_where_the_user_stands(program: Program) -> None:
    for name in ("random.py", "monitor/__init__.py", "storage/__init__.py", "types.py"):
        file = program.folder / name
        file.parent.mkdir(exist_ok=True)
        file.write_text(f"raise SystemExit('a foreign {name}')\n")
    done = program.run("extract", "page.html")
    assert '"outcome": "stored"' in done.stdout
    assert done.stderr == ""


@pytest.mark.parametrize("sign, code", [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_a_stop_while_the_arguments_are_read_is_a_stop(sign: signal.Signals, code: int) -> None:
    program = (
        "import os, sys, monitor.cli\n"
        f"def build(): os.kill(os.getpid(), {int(sign)})\n"
        "monitor.cli.build = build\n"
        "sys.exit(monitor.cli.main([]))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program],
        cwd=ROOT,
        env=dict(os.environ),
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == code
    assert "Traceback" not in done.stderr
