"""Bring a database to the schema of this code, with a backup first where it is a file."""

import functools
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager, nullcontext
from pathlib import Path

import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy.engine import Connection, Engine

from monitor.errors import DatabaseBusy, SchemaTooNew, UsageError
from storage import views
from storage.engine import Database
from storage.failures import is_busy_file
from storage.opening import revision

FOLDER = Path(__file__).parent / "migrations"
# A number of our own for pg_advisory_xact_lock: two programs must not migrate at once.
_LOCK = 0x6D6F6E69746F72


def upgrade(database: Database, folders: Sequence[Path] = ()) -> Path | None:
    """Migrate to the newest revision of the package and of the further ``folders``.

    Returns the file of the backup; None: there was nothing to keep, or it is PostgreSQL, whose
    migration is undone as a whole when it fails. Raises SchemaTooNew.
    """
    config = configuration(folders)
    script = ScriptDirectory.from_config(config)
    head = script.get_current_head()
    before = database.read(revision)
    if before == head:
        return None
    if before is not None and before not in _known(script):
        raise SchemaTooNew(
            f"{database.name}: its schema (revision {before}) is newer than this program; "
            "update the program, or name another database in MONITOR_DATABASE_URL"
        )
    kept = None
    if before is not None and database.path is not None:
        kept = database.path.with_name(f"{database.path.name}.before-{head}.backup")
        backup(database.path, kept)
    database.patiently(functools.partial(_migrate, database.engine, config))
    return kept


def head() -> str | None:
    """The newest revision of the package."""
    return ScriptDirectory.from_config(configuration()).get_current_head()


def is_newer(database: Database, found: str | None) -> bool:
    """Whether a revision is one that this code does not know."""
    return found is not None and found not in _known(ScriptDirectory.from_config(configuration()))


def _known(script: ScriptDirectory) -> frozenset[str]:
    return frozenset(item.revision for item in script.walk_revisions())


def backup(path: Path, to: Path) -> None:
    """Copy a database that may be in use; a copy cut short is never left under its name."""
    part = to.with_name(to.name + ".part")
    part.unlink(missing_ok=True)
    try:
        with closing(sqlite3.connect(path)) as old, closing(sqlite3.connect(part)) as new:
            old.backup(new)
    except sqlite3.OperationalError as error:
        part.unlink(missing_ok=True)
        if not is_busy_file(error):
            raise UsageError(f"{to}: cannot be written: {error}") from error
        raise DatabaseBusy(f"{path}: not copied to {to}: {error}") from error
    part.replace(to)


def copy(database: Database, to: Path) -> None:
    """Copy a database to a file. Raises UsageError on PostgreSQL, which has tools for that."""
    if database.path is None:
        raise UsageError(f"{database.name}: use pg_dump to back up PostgreSQL")
    backup(database.path, to)


def configuration(folders: Sequence[Path] = ()) -> Config:
    """What Alembic is told: where the migrations of the package, and further ones, are."""
    config = Config()
    config.set_main_option("script_location", str(FOLDER).replace("%", "%%"))
    config.set_main_option("path_separator", "newline")
    places = "\n".join(str(folder) for folder in (FOLDER / "versions", *folders))
    config.set_main_option("version_locations", places.replace("%", "%%"))
    return config


def _migrate(engine: Engine, config: Config) -> None:
    sqlite = engine.dialect.name == "sqlite"
    # Rebuilding a table deletes the rows that refer to it while keys are enforced, and the switch
    # does nothing inside a transaction.
    with (
        engine.connect() as connection,
        _keys_not_enforced(connection) if sqlite else nullcontext(),
    ):
        connection = connection.execution_options(begin="BEGIN IMMEDIATE")
        with connection.begin():
            if not sqlite:
                connection.execute(sa.select(sa.func.pg_advisory_xact_lock(_LOCK)))
            views.drop(connection)
            config.attributes["connection"] = connection
            command.upgrade(config, "head")
            views.create(connection)
            if sqlite:
                _check_keys(connection)


@contextmanager
def _keys_not_enforced(connection: Connection) -> Iterator[None]:
    raw = connection.connection.driver_connection
    assert raw is not None
    raw.execute("PRAGMA foreign_keys=OFF")
    try:
        yield
    finally:
        raw.execute("PRAGMA foreign_keys=ON")


def _check_keys(connection: Connection) -> None:
    broken = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
    if broken:
        raise RuntimeError(f"the migration left rows without their parents: {broken[:5]}")
