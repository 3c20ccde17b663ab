"""Postings of a text in few rows: those of the newest texts wait in memory, the rest is packed.

Keys now tell passages from names, so fingerprints are made anew from the texts.
"""

from typing import Any

import sqlalchemy as sa
from alembic import op

from monitor.stories import fingerprint

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
KEY_BYTES = 6
BATCH = 500


def upgrade() -> None:
    connection = op.get_bind()
    op.drop_table("posting")
    op.drop_index("ix_fingerprint_exact", "fingerprint")
    op.drop_table("fingerprint")
    _create()
    _fill(connection)


def _create() -> None:
    op.create_table(
        "fingerprint",
        sa.Column("fingerprint_id", ID, nullable=False, comment="number given by the database"),
        sa.Column("article_id", ID, nullable=False, comment="its article"),
        sa.Column("version_id", ID, nullable=False, comment="its current text"),
        sa.Column(
            "exact", sa.BigInteger(), nullable=False, comment="hash of the body, normalised"
        ),
        sa.Column("length", sa.Integer(), nullable=False, comment="words of the body"),
        sa.Column(
            "keys",
            sa.LargeBinary(),
            nullable=False,
            comment="the keys, 6 bytes each, big end first",
        ),
        sa.ForeignKeyConstraint(
            ["article_id"], ["article.article_id"], name=op.f("fk_fingerprint_article_id")
        ),
        sa.ForeignKeyConstraint(
            ["version_id"], ["version.version_id"], name=op.f("fk_fingerprint_version_id")
        ),
        sa.PrimaryKeyConstraint("fingerprint_id", name=op.f("pk_fingerprint")),
        sa.UniqueConstraint("article_id", name=op.f("uq_fingerprint_article_id")),
        comment="what finds near-copies of an article's current text; "
        "a new text has a new number",
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_fingerprint_exact"), "fingerprint", ["exact"], unique=False)
    op.create_table(
        "posting",
        sa.Column("key", ID, autoincrement=False, nullable=False, comment="of fingerprints"),
        sa.Column(
            "fingerprints",
            sa.LargeBinary(),
            nullable=False,
            comment="newest numbers with it, 4 bytes each, newest first",
        ),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_posting")),
        comment="texts that share a key, as far as merged; numbers may be of texts that are gone",
    )
    merge = op.create_table(
        "posting_merge",
        sa.Column(
            "only", sa.SmallInteger(), autoincrement=False, nullable=False, comment="always 1"
        ),
        sa.Column(
            "merged_to",
            ID,
            nullable=False,
            comment="fingerprints up to this number are in posting",
        ),
        sa.Column(
            "merging_to",
            ID,
            nullable=True,
            comment="those up to this one are being written; NULL: none",
        ),
        sa.Column(
            "next_key", ID, nullable=False, comment="of them, keys below this one are written"
        ),
        sa.PrimaryKeyConstraint("only", name=op.f("pk_posting_merge")),
        comment="how far postings are merged: one row; what is later is in fingerprint alone",
    )
    op.bulk_insert(merge, [{"only": 1, "merged_to": 0, "merging_to": None, "next_key": 0}])


def _fill(connection: sa.Connection) -> None:
    """In the order in which the articles came, each by its current text."""
    read = sa.text(
        "SELECT article_id, version_id, text, body_start FROM version v "
        "WHERE superseded_at IS NULL AND article_id > :after AND seq = "
        "(SELECT max(seq) FROM version w "
        "WHERE w.article_id = v.article_id AND w.superseded_at IS NULL) "
        "ORDER BY article_id LIMIT :most"
    )
    write = sa.text(
        "INSERT INTO fingerprint (article_id, version_id, exact, length, keys) "
        "VALUES (:article_id, :version_id, :exact, :length, :keys) ON CONFLICT DO NOTHING"
    )
    after = 0
    while rows := connection.execute(read, {"after": after, "most": BATCH}).all():
        after = rows[-1].article_id
        connection.execute(write, [_row(row) for row in rows])


def _row(row: sa.Row[Any]) -> dict[str, object]:
    made = fingerprint(row.text[row.body_start :])
    return {
        "article_id": row.article_id,
        "version_id": row.version_id,
        "exact": made.exact,
        "length": made.length,
        "keys": b"".join(key.to_bytes(KEY_BYTES, "big") for key in made.keys),
    }
