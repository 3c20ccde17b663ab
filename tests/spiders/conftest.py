from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from monitor.crawl import Child
from monitor.rules.settings import Settings
from spiders.job import Crawled, Job
from storage.store import Store
from tests.spiders.site import Site

START = datetime(2025, 1, 28, 9, 0, tzinfo=UTC)
DEADLINE = 120.0  # seconds for a child crawl on a busy machine


@pytest.fixture
def site() -> Iterator[Site]:
    site = Site()
    yield site
    site.close()


@pytest.fixture
def database(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'monitor.db'}"


@pytest.fixture
def crawl(database: str) -> Callable[..., tuple[int, Crawled]]:
    """Runs a child crawl to its end; its run number and report."""

    def run(allowed: tuple[str, ...] = (), **job: Any) -> tuple[int, Crawled]:
        run_id = begun(database)
        settings = job.pop("settings", None) or Settings(allow_private=allowed)
        with Child.start(Job(run_id, database, START, settings, **job)) as child:
            assert child.wait(DEADLINE) == 0
            crawled = child.crawled()
        with Store.open(database) as store:
            store.end_run(run_id, "ok", {}, START)
        assert crawled is not None
        return run_id, crawled

    return run


def begun(database: str) -> int:
    """The number of a new run."""
    with Store.open(database) as store:
        return store.begin_run("crawl", START, {})
