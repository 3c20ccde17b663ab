"""Writing rows so that doing it twice adds nothing, the same way on both engines."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, TypeVar

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import Connection

Row = Mapping[str, Any]
T = TypeVar("T")

# Values in one IN list: far below what either engine allows (32,766 on SQLite).
CHUNK = 500


def insert(connection: Connection, table: sa.Table) -> sqlite.Insert | postgresql.Insert:
    """An INSERT that knows ON CONFLICT."""
    if connection.dialect.name == "sqlite":
        return sqlite.insert(table)
    return postgresql.insert(table)


def add(connection: Connection, table: sa.Table, rows: Sequence[Row]) -> None:
    """Insert the rows that are not there yet."""
    if rows:
        connection.execute(insert(connection, table).on_conflict_do_nothing(), list(rows))


def add_one(connection: Connection, table: sa.Table, row: Row) -> int | None:
    """The number of the new row; None: it was there."""
    key = next(iter(table.primary_key.columns))
    statement = insert(connection, table).on_conflict_do_nothing().values(row).returning(key)
    number: int | None = connection.execute(statement).scalar()
    return number


def chunks(values: Iterable[T], size: int = CHUNK) -> Iterator[list[T]]:
    """The values in lists short enough for one statement."""
    chunk: list[T] = []
    for value in values:
        chunk.append(value)
        if len(chunk) == size:
            yield chunk
            chunk = []
    if chunk:
        yield chunk
