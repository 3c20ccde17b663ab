"""Writing rows so that doing it twice adds nothing, the same way on both engines."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import Connection

Row = dict[str, Any]
T = TypeVar("T")

# Values in one IN list: far below what either engine allows (32,766 on SQLite).
CHUNK = 500


@dataclass(frozen=True, slots=True)
class Cause:
    """Why a row is written: the page it follows from (None: stored texts), and when.

    ``stepped_back_at``: when what followed from the page was superseded, to be read again; None: it
    was never read before.
    ``reading_id``: the reading of the page; they rise in the order in which pages are judged.
    """

    page_id: int | None
    now: datetime
    stepped_back_at: datetime | None = None
    reading_id: int = 0


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


def revive(connection: Connection, table: sa.Table, row: Row, cause: Cause) -> int | None:
    """The number of a superseded row that says the same, made valid again; None: there is none.

    A page is read again only after what followed from it was superseded, so an equal row of the
    same page is the same fact: its number and the time when it became known stay. What an earlier
    reading had done away with was not known in between, which must stay so.
    """
    if cause.stepped_back_at is None:
        return None
    key = next(iter(table.primary_key.columns))
    same = (
        table.c[name].is_(None) if value is None else table.c[name] == value
        for name, value in (row | {"page_id": cause.page_id}).items()
    )
    newest = sa.select(sa.func.max(key)).where(
        table.c.superseded_at == cause.stepped_back_at, *same
    )
    number: int | None = connection.execute(newest).scalar()
    if number is not None:
        connection.execute(sa.update(table).where(key == number).values(superseded_at=None))
    return number
