"""Count series as they grow; know who said something first; read pages by time."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

VALID = sa.text("superseded_at IS NULL")
PENDING = sa.text("read_at IS NULL")

FILL = """
UPDATE observation SET outlet = (
    SELECT a.outlet FROM version v JOIN article a ON a.article_id = v.article_id
    WHERE v.version_id = observation.version_id)
"""


def upgrade() -> None:
    op.create_table(
        "series_count",
        sa.Column(
            "series_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
            comment="what is counted",
        ),
        sa.Column(
            "counted",
            sa.Text(),
            nullable=False,
            comment="what all live observations add up to, JSON",
        ),
        sa.Column(
            "rules", sa.Text(), nullable=False, comment="digest of the definition it was counted by"
        ),
        sa.Column(
            "inputs_sha256",
            sa.Text(),
            nullable=False,
            comment="of the state it gave: it holds while that one does",
        ),
        sa.ForeignKeyConstraint(
            ["series_id"], ["series.series_id"], name=op.f("fk_series_count_series_id")
        ),
        sa.PrimaryKeyConstraint("series_id", name=op.f("pk_series_count")),
        comment="a running count, so that one more article costs no more than itself; "
        "may be deleted",
    )
    for column in (
        sa.Column("first_url", sa.Text(), comment="article that said it first"),
        sa.Column("first_outlet", sa.Text(), comment="its outlet"),
    ):
        op.add_column("claim_camp", column)
    op.create_index(op.f("ix_claim_event_series_id_kind"), "claim_event", ["series_id", "kind"])
    op.add_column(
        "observation",
        sa.Column(
            "outlet",
            sa.Text(),
            nullable=False,
            server_default="",
            comment="publisher that is counted for it",
        ),
    )
    op.execute(FILL)
    op.drop_index("ix_observation_series_id", "observation")
    op.create_index(
        "ix_observation_series_id_outlet",
        "observation",
        ["series_id", "outlet", "published_at"],
        sqlite_where=VALID,
        postgresql_where=VALID,
    )
    op.drop_index("ix_page_pending", "page")
    op.create_index(
        "ix_page_pending",
        "page",
        ["fetched_at"],
        sqlite_where=PENDING,
        postgresql_where=PENDING,
    )
