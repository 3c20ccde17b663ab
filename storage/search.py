"""Full-text search over versions: FTS5 on SQLite, tsvector on PostgreSQL, the same words on both.

The words are made here, so that both engines index the same: letters and digits, folded in case
and accent; every Han or kana character is a word of its own, since those scripts use no spaces.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from monitor.errors import UsageError
from storage.columns import BigId
from storage.schema import article, version

# Characters of a text that are searched: PostgreSQL refuses documents of over a megabyte of words.
SEARCHED = 300_000

_TERM = re.compile(r'"([^"]*)"|(\S+)')
_UNSPACED = r"\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_WORD = re.compile(rf"[{_UNSPACED}]|[^\W_{_UNSPACED}]+")

# Not in the metadata: no portable table has such columns, and its shadow tables are FTS5's own.
NAME = "version_search"
_words: sa.ColumnClause[Any] = sa.column("words")
_table = sa.table(NAME, sa.column("rowid", BigId), sa.column("version_id", BigId), _words)


def words(text: str) -> str:
    """The words of a text as they are indexed, with a space between each two."""
    folded = unicodedata.normalize("NFKD", text[:SEARCHED].casefold())
    plain = "".join(mark for mark in folded if not unicodedata.combining(mark))
    return " ".join(_WORD.findall(plain))


def add(connection: Connection, version_id: int, text: str) -> None:
    """Make a version findable."""
    is_sqlite = connection.dialect.name == "sqlite"
    said = words(text)
    row: dict[str, Any] = {"rowid" if is_sqlite else "version_id": version_id}
    row["words"] = said if is_sqlite else sa.func.to_tsvector("simple", said)
    connection.execute(sa.insert(_table).values(row))


def forget(connection: Connection, article_id: int) -> None:
    """Make an article's texts unfindable, before they are deleted."""
    texts = sa.select(version.c.version_id, version.c.text).where(
        version.c.article_id == article_id
    )
    is_sqlite = connection.dialect.name == "sqlite"
    for row in connection.execute(texts).all():
        if is_sqlite:  # FTS5 asks for what it was told
            _command(
                connection, {NAME: "delete", "rowid": row.version_id, "words": words(row.text)}
            )
        else:
            connection.execute(sa.delete(_table).where(_table.c.version_id == row.version_id))
    if is_sqlite:  # or the words would lie in the index until it is merged
        _command(connection, {NAME: "optimize"})


def _command(connection: Connection, command: Mapping[str, Any]) -> None:
    """FTS5 takes commands as rows; the column named like the table says which."""
    connection.execute(sa.insert(sa.table(NAME, *map(sa.column, command))), command)


def find(connection: Connection, query: str, limit: int) -> list[Mapping[str, Any]]:
    """Versions with all words of a query, newest first, with their text.

    "Quoted words" stand side by side; a * ends the beginning of a word. Raises UsageError for a
    query without words.
    """
    terms = list(_terms(query))
    if not terms:
        raise UsageError(f"{query!r}: no word to search for")
    is_sqlite = connection.dialect.name == "sqlite"
    number = _table.c.rowid if is_sqlite else _table.c.version_id
    later = version.alias("later")
    is_current = ~sa.exists().where(
        later.c.article_id == version.c.article_id,
        later.c.superseded_at.is_(None),
        later.c.seq > version.c.seq,
    )
    found = (
        sa.select(
            version.c.version_id,
            *(version.c.article_id, version.c.seq, article.c.url, article.c.outlet),
            *(version.c.headline, version.c.fetched_at, is_current.label("is_current")),
            *(version.c.text, version.c.body_start),
        )
        .join(article, article.c.article_id == version.c.article_id)
        .join(_table, number == version.c.version_id)
        .where(version.c.superseded_at.is_(None))
        .where(_matching_sqlite(terms) if is_sqlite else _matching_postgresql(terms))
        .order_by(version.c.fetched_at.desc(), version.c.version_id.desc())
        .limit(limit)
    )
    return [dict(row) for row in connection.execute(found).mappings()]


def _terms(query: str) -> Iterator[tuple[str, bool]]:
    """Words that stand side by side, and whether the last of them is only a beginning."""
    for quoted, plain in _TERM.findall(query):
        said = words(quoted or plain)
        if said:
            yield said, plain.endswith("*")


def _matching_sqlite(terms: list[tuple[str, bool]]) -> sa.ColumnElement[bool]:
    match = " ".join(f'"{said}"{" *" if is_beginning else ""}' for said, is_beginning in terms)
    return sa.literal_column(NAME).op("MATCH")(match)


def _matching_postgresql(terms: list[tuple[str, bool]]) -> sa.ColumnElement[bool]:
    parts = (
        " <-> ".join(said.split()) + (":*" if is_beginning else "") for said, is_beginning in terms
    )
    return _words.op("@@")(sa.func.to_tsquery("simple", " & ".join(f"({one})" for one in parts)))
