"""What was forgotten at its publisher's request."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

TIME = sa.DateTime(timezone=True).with_variant(sa.String(27), "sqlite")


def upgrade() -> None:
    op.create_table(
        "tombstone",
        sa.Column(
            "url_sha256", sa.LargeBinary(), nullable=False, comment="SHA-256 of the URL"
        ),
        sa.Column(
            "url",
            sa.Text(),
            nullable=False,
            comment="normalised; never fetched or stored again",
        ),
        sa.Column("reason", sa.Text(), nullable=True, comment="why, in words"),
        sa.Column(
            "run_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
            comment="run that forgot it",
        ),
        sa.Column("recorded_at", TIME, nullable=False, comment="when the monitor knew it"),
        sa.ForeignKeyConstraint(["run_id"], ["run.run_id"], name=op.f("fk_tombstone_run_id")),
        sa.PrimaryKeyConstraint("url_sha256", name=op.f("pk_tombstone")),
        comment="what was forgotten at its publisher's request",
    )
    if op.get_bind().dialect.name == "postgresql":  # SQLite has no comments
        op.create_table_comment(
            "version", "one distinct text of an article; deleted only when it is forgotten"
        )
        op.alter_column("article", "state", comment="live, gone, forgotten")
