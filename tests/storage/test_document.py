"""docs/database.md says what the schema says, and its queries run."""

import re
from datetime import timedelta
from pathlib import Path

import sqlalchemy as sa

from storage.document import document
from storage.engine import Database, parse_url
from storage.schema import metadata
from storage.store import Store
from storage.views import VIEWS

from .samples import T0

DOCUMENT = Path(__file__).parents[2] / "docs" / "database.md"


def test_document_is_up_to_date() -> None:
    assert DOCUMENT.read_text() == document(), "run `make docs`"


def test_every_view_and_table_has_its_section() -> None:
    names = set(re.findall(r"^### (\w+)$", document(), re.MULTILINE))
    assert names == {view.name for view in VIEWS} | set(metadata.tables)


def test_queries_of_the_document_run(store: Store, url: str) -> None:
    queries = re.findall(r"```sql\n(.*?)```", document(), re.DOTALL)
    assert len(queries) == 4
    database = Database(parse_url(url), 5)
    moments = {"on": T0, "known": T0 + timedelta(days=1)}
    if database.is_sqlite:
        moments = {name: moment.isoformat() for name, moment in moments.items()}
    with database.engine.begin() as connection:
        for query in queries:
            given = {name: value for name, value in moments.items() if f":{name}" in query}
            connection.execute(sa.text(query.rstrip().rstrip(";")), given).all()
    database.close()
