"""Running counts with a row for each outlet, so that an article reads only the rows it changes.

What was counted until now is deleted and counted again when pages are next taken up.
"""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "series_account",
        sa.Column("series_id", ID, autoincrement=False, nullable=False, comment="what is counted"),
        sa.Column("outlet", sa.Text(), nullable=False, comment="publisher"),
        sa.Column(
            "counted",
            sa.Text(),
            nullable=False,
            comment="articles, stories and votes of the outlet, JSON",
        ),
        sa.ForeignKeyConstraint(
            ["series_id"], ["series.series_id"], name=op.f("fk_series_account_series_id")
        ),
        sa.PrimaryKeyConstraint("series_id", "outlet", name=op.f("pk_series_account")),
        comment="the part of a running count that each outlet has; means nothing without"
        " series_count",
    )
    op.execute("DELETE FROM series_count")
