"""Opening a database: is it there, is it ours, is it of this schema."""

from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection
from sqlalchemy.exc import DBAPIError, OperationalError

from monitor.errors import ConfigError, DatabaseMissing, UsageError
from storage.engine import Database
from storage.schema import REVISION

_COMMANDS = "`monitor init` or `monitor crawl` makes one"


def revision(connection: Connection) -> str | None:
    """The revision the database is at; None: it has no tables of ours."""
    if not sa.inspect(connection).has_table("alembic_version"):
        return None
    found: Any = connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar()
    return None if found is None else str(found)


def prepare(database: Database, *, create: bool) -> None:
    """Bring the database to the schema of this code; without ``create`` only check it.

    Raises ConfigError, DatabaseMissing, DatabaseBusy, SchemaTooNew, and UsageError for an older
    schema that may not be migrated.
    """
    if not _is_there(database):
        if not create:
            raise DatabaseMissing(f"there is no database {database.name}; {_COMMANDS}")
        _make(database)
    try:
        found = database.read(revision)
    except DBAPIError as error:
        raise ConfigError(f"{database.name}: not usable as a database: {error.orig}") from error
    if found == REVISION:
        return
    from storage import migrate  # Alembic takes its time to load and is seldom needed

    if create or migrate.is_newer(database, found):
        migrate.upgrade(database)
    elif found is None:
        raise DatabaseMissing(f"{database.name} has no tables of this program; {_COMMANDS}")
    else:
        raise UsageError(f"{database.name}: an older schema ({found}); run `monitor db upgrade`")


def _is_there(database: Database) -> bool:
    if database.path is not None:
        return database.path.exists()
    try:
        database.read(lambda connection: connection.exec_driver_sql("SELECT 1"))
    except OperationalError as error:
        if f'database "{database.url.database}" does not exist' in str(error.orig):
            return False
        raise
    return True


def _make(database: Database) -> None:
    if database.path is not None:
        try:
            database.path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise ConfigError(f"{database.name}: its folder cannot be made: {error}") from error
        return
    server = database.sibling("postgres")
    quoted = server.engine.dialect.identifier_preparer.quote(database.url.database or "")
    try:
        with server.engine.connect() as connection:
            own = connection.execution_options(isolation_level="AUTOCOMMIT")
            own.exec_driver_sql(f"CREATE DATABASE {quoted}")
    except DBAPIError as error:
        # 42P04, 23505: another program made it in this very moment
        if getattr(error.orig, "sqlstate", None) not in ("42P04", "23505"):
            raise ConfigError(f"{database.name}: cannot be made: {error.orig}") from error
    finally:
        server.close()
