"""A database to read and write in short transactions, whichever of the two engines it is.

SQLite: WAL, so that readers and the one writer do not stop each other; BEGIN IMMEDIATE, because a
transaction that reads first and writes then cannot wait for its turn (209 of 240 such writes came
back "locked", with IMMEDIATE none).
"""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Concatenate, ParamSpec, TypeVar

import sqlalchemy as sa
from sqlalchemy.engine import URL, Connection, Engine, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError

from monitor.errors import ConfigError
from monitor.urls import without_password
from storage.failures import is_busy, told

# Seconds between two tries of a write that found the database busy.
RETRY_S = 0.05
# Seconds that SQLite waits for a lock by itself: in C, where no signal is heard.
DEAF_S = 0.5
# Kibibytes of pages that SQLite keeps in memory: the upper levels of the posting table of a
# million documents fit, see benchmarks of the stories.
CACHE_KIB = 65_536
# Bytes of the file, the most that SQLite allows, read where the system keeps them in memory: of
# 300,000 documents, finding the near-copies of one takes 280 us of CPU instead of 440. Address
# space, not memory. What is written goes the usual way.
MAPPED = (1 << 31) - (1 << 16)

P = ParamSpec("P")
T = TypeVar("T")


class Database:
    """One SQLite file or PostgreSQL database."""

    def __init__(self, url: URL, timeout_s: float) -> None:
        self.url = url
        self.timeout_s = timeout_s
        self.engine = _engine(self.url, timeout_s)
        self._writer = self.engine.execution_options(begin="BEGIN IMMEDIATE")
        self._reader = self.engine
        if not self.is_sqlite:
            self._reader = self.engine.execution_options(isolation_level="REPEATABLE READ")

    @property
    def is_sqlite(self) -> bool:
        """Whether it is a file."""
        return self.engine.dialect.name == "sqlite"

    @property
    def path(self) -> Path | None:
        """The file; None: PostgreSQL."""
        return Path(self.url.database) if self.is_sqlite and self.url.database else None

    @property
    def name(self) -> str:
        """What to call it in messages: its URL without the password."""
        return without_password(self.url.render_as_string(hide_password=True))

    def sibling(self, name: str) -> "Database":
        """Another database of the same server."""
        return Database(self.url.set(database=name), self.timeout_s)

    def write(
        self, work: Callable[Concatenate[Connection, P], T], *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """What ``work`` returns, done in one transaction.

        It is done again while others keep the database busy or the server is away, so it must be
        safe to repeat. Raises DatabaseBusy after the timeout.
        """
        return self.patiently(lambda: self._once(self._writer, work, *args, **kwargs))

    def read(
        self, work: Callable[Concatenate[Connection, P], T], *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """What ``work`` returns, seeing one state of the database from begin to end."""
        return self.patiently(lambda: self._once(self._reader, work, *args, **kwargs))

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A connection for rows that are read while others write."""
        with self.telling(), self._reader.begin() as connection:
            yield connection

    def settle(self) -> None:
        """Write what SQLite keeps beside the file into it, so that what was deleted is nowhere."""
        if self.is_sqlite:
            with self.engine.connect() as connection:
                connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")

    def close(self) -> None:
        """Give back all connections."""
        self.engine.dispose()

    @staticmethod
    def _once(
        engine: Engine,
        work: Callable[Concatenate[Connection, P], T],
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> T:
        with engine.begin() as connection:
            return work(connection, *args, **kwargs)

    def patiently(self, attempt: Callable[[], T]) -> T:
        """What ``attempt`` returns, tried again while others keep the database busy."""
        deadline = time.monotonic() + self.timeout_s
        with self.telling():
            while True:
                try:
                    return attempt()
                except DBAPIError as error:
                    if not is_busy(error) or time.monotonic() >= deadline:
                        raise
                time.sleep(RETRY_S)

    @contextmanager
    def telling(self) -> Iterator[None]:
        """Says what a refusal of the database in the block means, as ``write`` does."""
        try:
            yield
        except DBAPIError as error:
            meant = told(error, self.name, self.timeout_s)
            if meant is None:
                raise
            raise meant from error


def parse_url(text: str) -> URL:
    """The address of a database. Raises ConfigError naming the two forms that are allowed."""
    allowed = f"{without_password(text)!r}: allowed are sqlite:///path/to/file and postgresql://user@host/database"
    try:
        url = make_url(text)
    except ArgumentError as error:
        raise ConfigError(f"database URL {allowed}") from error
    if url.drivername == "sqlite" and url.database:
        return url.set(database=str(Path(url.database).expanduser()))
    if url.drivername in ("postgresql", "postgres", "postgresql+psycopg") and url.database:
        return url.set(drivername="postgresql+psycopg")
    raise ConfigError(f"database URL {allowed}")


def _engine(url: URL, timeout_s: float) -> Engine:
    if url.drivername == "sqlite":
        engine = sa.create_engine(url, connect_args={"timeout": min(timeout_s, DEAF_S)})
        sa.event.listen(engine, "connect", _prepare_sqlite)
        sa.event.listen(engine, "begin", _begin_sqlite)
        return engine
    return sa.create_engine(
        url,
        pool_pre_ping=True,
        connect_args={
            "connect_timeout": max(2, round(timeout_s)),
            "options": f"-c timezone=UTC -c lock_timeout={round(timeout_s * 1000)}",
            "application_name": "media-coverage-monitor",
        },
    )


def _prepare_sqlite(connection: Any, _record: object) -> None:
    connection.isolation_level = None  # else the driver begins and commits by itself
    for pragma in (
        "journal_mode=WAL",
        "synchronous=NORMAL",
        "foreign_keys=ON",
        f"cache_size=-{CACHE_KIB}",
        f"mmap_size={MAPPED}",
        "journal_size_limit=67108864",
    ):
        connection.execute(f"PRAGMA {pragma}").close()


def _begin_sqlite(connection: Connection) -> None:
    connection.exec_driver_sql(connection.get_execution_options().get("begin", "BEGIN"))
