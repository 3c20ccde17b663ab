"""README followed word for word in an empty folder, against a news site on loopback."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.site import ROOT, Site, one_source, page

README = (ROOT / "README.md").read_text(encoding="utf-8")
CONTACT = 'contact_url = "https://paper.example/contact"'


def _commands(title: str) -> list[str]:
    """The commands between backticks in one section, in its order."""
    section = README.partition(f"## {title}\n")[2].partition("\n## ")[0]
    return re.findall(r"`(?:\.venv/bin/)?(monitor [^`]+)`", section)


@pytest.fixture
def site() -> Iterator[Site]:
    with Site() as site:
        loss = "Nvidia lost $589 billion in market value on Monday, brokers said."
        more = [f"Paragraph {number} speaks of other things at some length." for number in range(9)]
        site.answers["/a/loss"] = page("A hard Monday", [loss, *more])
        yield site


def _run(folder: Path, command: str, site: Site) -> str:
    environment = {k: v for k, v in os.environ.items() if not k.startswith("MONITOR_")}
    done = subprocess.run(
        [sys.executable, "-P", "-m", *command.split()],
        cwd=folder,
        env=environment | {"MONITOR_ALLOW_PRIVATE": f'["{site.host}"]'},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, f"{command}: {done.stderr}"
    return done.stdout


def test_going_live(tmp_path: Path, site: Site) -> None:
    commands = _commands("Go live")
    assert commands[0] == "monitor init"
    _run(tmp_path, commands.pop(0), site)
    settings = tmp_path / "config/settings.toml"
    text = re.sub(r"(?m)^contact_url.*$", CONTACT, settings.read_text(encoding="utf-8"))
    settings.write_text(text, encoding="utf-8")
    (tmp_path / "config/sources.toml").write_text(one_source(site))
    commands.remove("monitor daemon")  # runs until it is stopped: tests/test_daemon.py
    for command in commands:
        address = site.url("/feed.xml" if "--feed" in command else "/a/loss")
        _run(tmp_path, command.replace(" URL", f" {address}"), site)
    assert "The Site" in _run(tmp_path, "monitor export articles --format csv", site)
    assert "nvidia.market_cap_loss" in _run(tmp_path, "monitor status", site)


def test_use_from_other_tools(tmp_path: Path, site: Site) -> None:
    _run(tmp_path, "monitor db upgrade", site)
    text = "Nvidia lost nearly $600 billion in market value on Monday."
    (tmp_path / "text.txt").write_text(text)
    (tmp_path / "texts.jsonl").write_text('{"id": "1", "text": "' + text * 3 + '"}\n')
    (tmp_path / "page.html").write_bytes(site.answers["/a/loss"].body)
    (tmp_path / "feed.xml").write_text(
        "<rss version='2.0'><channel><title>T</title></channel></rss>"
    )
    commands = _commands("Use it from other tools")
    assert len(commands) >= 5
    for command in commands:
        assert _run(tmp_path, command, site) or "export" in command or "search" in command
