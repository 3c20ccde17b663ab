"""What the refusals of a real database mean for its user."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
import sqlalchemy as sa

from monitor.errors import ConfigError, DatabaseBusy, DatabaseFailed, MonitorError
from storage import migrate
from storage.engine import Database, parse_url
from storage.failures import told
from storage.store import Store


@pytest.mark.parametrize(
    "mode, before, statement, meant",
    [
        pytest.param("ro", "", "INSERT INTO t VALUES (1)", ConfigError, id="read-only"),
        pytest.param(
            "rw",
            "PRAGMA max_page_count = 2",
            "INSERT INTO t VALUES (zeroblob(100000))",
            DatabaseFailed,
            id="disk full",
        ),
        pytest.param("rw", "", "INSERT INTO nowhere VALUES (1)", type(None), id="a bug"),
    ],
)
def test_a_refusal_of_sqlite(
    tmp_path: Path, mode: str, before: str, statement: str, meant: type[MonitorError]
) -> None:
    file = tmp_path / "t.db"
    with closing(sqlite3.connect(file)) as made:
        made.execute("CREATE TABLE t (x)")
    engine = sa.create_engine(
        "sqlite://", creator=lambda: sqlite3.connect(f"file:{file}?mode={mode}", uri=True)
    )
    with engine.connect() as connection:
        connection.exec_driver_sql(before or "SELECT 1")
        with pytest.raises(sa.exc.DBAPIError) as caught:
            connection.exec_driver_sql(statement)
    assert type(told(caught.value, "t.db", 1)) is meant
    engine.dispose()


def _write_where_nobody_may(connection: sa.Connection) -> None:
    connection.exec_driver_sql("SET TRANSACTION READ ONLY")
    connection.exec_driver_sql("CREATE TABLE t (x int)")


def test_a_read_only_server_is_told(store: Store, url: str) -> None:
    if url.startswith("sqlite"):
        pytest.skip("a matter of servers")
    database = Database(parse_url(url), 1)
    with pytest.raises(ConfigError, match="read-only"):
        database.write(_write_where_nobody_may)
    database.close()


def test_a_file_that_is_no_database_is_named(tmp_path: Path) -> None:
    (tmp_path / "monitor.db").write_text("no database\n" * 500)
    with pytest.raises(ConfigError, match=r"monitor\.db: not usable as a database"):
        Store.open(f"sqlite:///{tmp_path}/monitor.db")


def test_a_locked_database_is_not_migrated_yet(tmp_path: Path) -> None:
    path = tmp_path / "monitor.db"
    opened = Database(parse_url(f"sqlite:///{path}"), 0.1)
    with closing(sqlite3.connect(path, isolation_level=None)) as foreign:
        foreign.execute("PRAGMA journal_mode=WAL")
        foreign.execute("BEGIN EXCLUSIVE")
        with pytest.raises(DatabaseBusy, match="locked"):
            migrate.upgrade(opened)
        foreign.execute("ROLLBACK")
    migrate.upgrade(opened)
    opened.close()


def test_a_backup_that_cannot_be_written_is_no_busy_database(tmp_path: Path) -> None:
    store = Store.open(f"sqlite:///{tmp_path}/monitor.db")
    with pytest.raises(MonitorError, match="cannot be written") as caught:
        store.backup(tmp_path / "none" / "copy.db")
    store.close()
    assert caught.value.exit_code == 2
