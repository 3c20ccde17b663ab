"""What the tables share: their metadata and short forms for common columns."""

from typing import Any

import sqlalchemy as sa

from storage.columns import BigId, Text, Time

metadata = sa.MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def column(
    name: str, kind: Any, comment: str, *, null: bool = False, default: str | None = None
) -> sa.Column[Any]:
    """A column that refuses NULL unless told otherwise; the comment is not optional.

    ``default``: of the rows that were there before the column.
    """
    return sa.Column(name, kind, nullable=null, server_default=default, comment=comment)


def identity(name: str) -> sa.Column[Any]:
    """A primary key that the database counts up."""
    return sa.Column(name, BigId, primary_key=True, comment="number given by the database")


def reference(name: str, target: str, comment: str, *, null: bool = False) -> sa.Column[Any]:
    """A foreign key to ``table.column``."""
    return sa.Column(name, BigId, sa.ForeignKey(target), nullable=null, comment=comment)


def url_key(name: str = "url_sha256") -> sa.Column[Any]:
    """The key of a URL: of fixed size, because PostgreSQL limits the rows of an index."""
    return sa.Column(name, sa.LargeBinary, nullable=False, comment="SHA-256 of the URL beside it")


def cause(name: str = "page_id") -> sa.Column[Any]:
    """The page that a row follows from."""
    note = "page it follows from; NULL: from none, such as reading stored texts again"
    return reference(name, "page.page_id", note, null=True)


def recorded_at() -> sa.Column[Any]:
    """When the monitor knew the row."""
    return column("recorded_at", Time, "when the monitor knew it")


def superseded_at(by: str) -> sa.Column[Any]:
    """When a better row replaced this one."""
    return column("superseded_at", Time, f"when {by} replaced it; NULL: valid", null=True)


def url(comment: str, name: str = "url", *, null: bool = False) -> sa.Column[Any]:
    """An address as text."""
    return column(name, Text, comment, null=null)
