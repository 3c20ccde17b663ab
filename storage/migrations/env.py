"""What Alembic runs: the migrations on the connection that storage.migrate hands over."""

from typing import Any, Literal

from alembic import context
from sqlalchemy.types import TypeDecorator

from storage import search
from storage.columns import Time
from storage.schema import metadata


def plain_type(kind: str, item: Any, _context: object) -> str | Literal[False]:
    """Our column types as a migration writes them: it must not change when they do."""
    if kind != "type" or not isinstance(item, TypeDecorator):
        return False
    return "TIME" if isinstance(item, Time) else "sa.Text()"


def is_ours(name: str | None, kind: str, _parents: object) -> bool:
    """Whether a table is described in the schema; the search tables cannot be."""
    return kind != "table" or not (name or "").startswith(search.NAME)


connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=metadata,
    render_as_batch=connection.dialect.name == "sqlite",
    render_item=plain_type,
    include_name=is_ours,
    compare_type=False,  # SQLite has no types to compare with
    transactional_ddl=True,  # the caller begins and commits, on SQLite too
)
with context.begin_transaction():
    context.run_migrations()
