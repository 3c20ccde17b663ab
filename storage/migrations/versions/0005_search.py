"""Search in texts; observations of a claim by the time they were recorded."""

import sqlalchemy as sa
from alembic import op

from storage import search

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

TEXTS = sa.text("SELECT version_id, text FROM version")


def upgrade() -> None:
    op.create_index(
        "ix_observation_claim_recorded_at", "observation", ["claim", "recorded_at"], unique=False
    )
    connection = op.get_bind()
    op.execute("DROP TABLE IF EXISTS version_search")
    if connection.dialect.name == "sqlite":
        op.execute("CREATE VIRTUAL TABLE version_search USING fts5(words, content='')")
    else:
        op.execute("CREATE TABLE version_search (version_id bigint PRIMARY KEY, words tsvector)")
        op.execute("CREATE INDEX ix_version_search_words ON version_search USING gin (words)")
    for version_id, text in connection.execute(TEXTS).all():
        search.add(connection, version_id, text)
