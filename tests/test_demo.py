"""The bundled newsroom, replayed as `make demo` does."""

import fcntl
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.site import ROOT


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    folder = tmp_path_factory.mktemp("demo")
    environment = {k: v for k, v in os.environ.items() if not k.startswith("MONITOR_")}
    # Neither the rules nor the delay of the user are the demo's.
    shutil.copytree(ROOT / "config", folder / "config")
    (folder / "config" / "claims.toml").write_text("")
    environment["MONITOR_DOWNLOAD_DELAY"] = "60"
    done = subprocess.run(
        [sys.executable, "-P", "-m", "monitor", "demo"],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        timeout=280,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return folder, done.stdout


def test_a_second_demo_in_the_folder_leaves_the_first_alone(tmp_path: Path) -> None:
    database = tmp_path / "data" / "demo.db"
    database.parent.mkdir()
    database.write_bytes(b"of the first")
    first = os.open(database.parent, os.O_RDONLY)
    fcntl.flock(first, fcntl.LOCK_EX)
    done = subprocess.run(
        [sys.executable, "-P", "-m", "monitor", "demo"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    os.close(first)
    assert (done.returncode, database.read_bytes()) == (5, b"of the first")
    assert "another demo is under way" in done.stderr


def _rows(folder: Path, view: str) -> list[dict[str, object]]:
    done = subprocess.run(
        [sys.executable, "-P", "-m", "monitor", "export", view, "--format", "jsonl"],
        env=os.environ
        | {"MONITOR_DATABASE_URL": f"sqlite:///{folder}/data/demo.db"}
        | {"MONITOR_CONFIG": str(ROOT / "config")},
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    return [json.loads(line) for line in done.stdout.splitlines()]


@pytest.mark.parametrize(
    "words",
    [
        "Market value that Nvidia lost",
        "others say",
        "doubted or denied",
        "silent edit: http://127.0.0.1:",
        'nvidia.market_cap_loss: "$598 billion" became "$589 billion"',
        "corrected: http://127.0.0.1:",
        'deepseek.training_cost: "$5.6B" became "$5.6 million"',
        "takedown: http://127.0.0.1:",
        "monitor claims show nvidia.market_cap_loss",
    ],
)
def test_the_demo_tells(told: tuple[Path, str], words: str) -> None:
    assert words in told[1]


def test_copies_are_one_story(told: tuple[Path, str]) -> None:
    stories: dict[object, set[str]] = {}
    for row in _rows(told[0], "v1_articles"):
        path = "/" + str(row["url"]).split("/", 3)[3]
        stories.setdefault(row["story_id"], set()).add(path)
    groups = sorted(sorted(group) for group in stories.values() if len(group) > 1)
    copies = ["/business/2025/01/27/chip-shares-buckle", "/markets/chip-rout"]
    assert [*copies, "/posts/chips-buckle"] in groups


def test_no_clutter_is_left(told: tuple[Path, str]) -> None:
    clutter = ("Advertisement", "View this post", "Sign up for our", "Share this article", "villag")
    for row in _rows(told[0], "v1_versions"):
        found = [words for words in clutter if words in str(row["text"])]
        assert not found, f"{found} in {row['headline']}"


def test_the_contradictions_stand_beside_each_other(told: tuple[Path, str]) -> None:
    camps = [r for r in _rows(told[0], "v1_claim_camps") if r["claim"] == "nvidia.market_cap_loss"]
    assert {300, 589, 100} <= {round(float(str(row["value"])) / 1e9) for row in camps}


def _readme_lines() -> list[str]:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    block = text.partition("## Try it")[2].partition("## Go live")[0].split("```")[3]
    return [line for line in block.splitlines() if line.startswith(".venv/bin/monitor ")]


@pytest.mark.parametrize("line", _readme_lines())
def test_the_readme_works_word_for_word(told: tuple[Path, str], line: str) -> None:
    done = subprocess.run(
        [sys.executable, "-P", "-m", "monitor", *line.split()[1:]],
        cwd=told[0],
        env=os.environ
        | {
            "MONITOR_DATABASE_URL": "sqlite:///data/demo.db",
            "MONITOR_CONFIG": str(ROOT / "config"),
        },
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert done.returncode == 0, done.stderr
    assert "nvidia" in done.stdout or "deepseek" in done.stdout
