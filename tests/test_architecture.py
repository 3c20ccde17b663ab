"""The import contracts hold, and each of them sees a wrong import."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PACKAGES = ("monitor", "spiders", "storage")

# Module that gets a wrong import, and the import.
PLANTS = {
    "scrapy outside spiders": ("monitor/process.py", "import scrapy"),
    "sqlalchemy outside storage": ("monitor/process.py", "import sqlalchemy"),
    "alembic outside storage": ("spiders/feeds.py", "import alembic"),
    "apscheduler outside the daemon": ("monitor/runs.py", "import apscheduler"),
    "trafilatura outside extract": ("monitor/articles/clean.py", "import trafilatura"),
    "a room importing another": ("monitor/stories/place.py", "import monitor.claims"),
    "a pure room importing the clock": ("monitor/history/camps.py", "import monitor.clock"),
    "decide importing the clock": ("monitor/decide.py", "import monitor.clock"),
    "a room importing os": ("monitor/feeds/read.py", "import os"),
    "a layer importing up": ("storage/store.py", "import monitor.cli"),
}


def _lint(folder: Path) -> "subprocess.CompletedProcess[str]":
    # PYTHONPATH comes before the checkout that the environment was installed from.
    return subprocess.run(
        [str(Path(sys.executable).parent / "lint-imports"), "--no-cache", "--no-logo"],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(folder), "COLUMNS": "300"},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    for name in PACKAGES:
        ignored = shutil.ignore_patterns("__pycache__")
        shutil.copytree(ROOT / name, tmp_path / name, ignore=ignored)
    return tmp_path


def test_the_contracts_hold() -> None:
    done = _lint(ROOT)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("file, line", PLANTS.values(), ids=PLANTS.keys())
def test_a_planted_import_is_named(copy: Path, file: str, line: str) -> None:
    path = copy / file
    path.write_text(path.read_text(encoding="utf-8") + f"\n{line}\n", encoding="utf-8")
    done = _lint(copy)
    assert done.returncode == 1, done.stdout + done.stderr
    importer = file.removesuffix(".py").replace("/", ".")
    imported = line.removeprefix("import ")
    assert importer in done.stdout
    assert imported in done.stdout
