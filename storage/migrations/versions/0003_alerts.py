"""What polls teach about a source, forced full requests, and alerts."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

TIME = sa.DateTime(timezone=True).with_variant(sa.String(27), "sqlite")
_SINCE_FULL = "conditional requests since a full one"


def upgrade() -> None:
    for table in ("link", "source"):
        op.add_column(
            table,
            sa.Column(
                "since_full",
                sa.Integer(),
                nullable=False,
                server_default="0",
                comment=_SINCE_FULL,
            ),
        )
    op.add_column(
        "source",
        sa.Column(
            "announced", sa.Text(), nullable=True, comment="digest of the links announced last"
        ),
    )
    op.add_column(
        "source",
        sa.Column(
            "habits",
            sa.Text(),
            nullable=False,
            server_default="{}",
            comment="what its polls taught: how much news, when, its pauses",
        ),
    )
    op.create_table(
        "alert",
        sa.Column(
            "alert_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
            comment="number given by the database",
        ),
        sa.Column(
            "kind",
            sa.Text(),
            nullable=False,
            comment="source_silent, source_empty, source_failing or liar",
        ),
        sa.Column(
            "about",
            sa.Text(),
            nullable=False,
            comment="name of the source; of a liar (old validators, new content) its site",
        ),
        sa.Column("detail", sa.Text(), nullable=False, comment="why, in words"),
        sa.Column("began_at", TIME, nullable=False, comment="when it was noticed"),
        sa.Column("ended_at", TIME, nullable=True, comment="when it was over; NULL: it lasts"),
        sa.PrimaryKeyConstraint("alert_id", name=op.f("pk_alert")),
        comment="what an operator should know of sources and sites",
    )
    op.create_index(
        "ix_alert_lasting",
        "alert",
        ["kind", "about"],
        unique=True,
        sqlite_where=sa.text("ended_at IS NULL"),
        postgresql_where=sa.text("ended_at IS NULL"),
    )
