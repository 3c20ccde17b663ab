"""Blocks that recur on the pages of a site."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

TIME = sa.DateTime(timezone=True).with_variant(sa.String(27), "sqlite")
ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "site_block",
        sa.Column("site", sa.Text(), nullable=False, comment="registered domain"),
        sa.Column("block", sa.Text(), nullable=False, comment="hash of a short block of text"),
        sa.Column("article_id", ID, nullable=False, comment="article that prints it"),
        sa.Column("day", sa.Text(), nullable=False, comment="day the article is from, UTC"),
        sa.ForeignKeyConstraint(
            ["article_id"], ["article.article_id"], name=op.f("fk_site_block_article_id")
        ),
        sa.PrimaryKeyConstraint("site", "block", "article_id", name=op.f("pk_site_block")),
        comment="which articles of a site share a block; until it is known as boilerplate",
    )
    op.create_index(op.f("ix_site_block_article_id"), "site_block", ["article_id"])
    op.create_table(
        "site_boilerplate",
        sa.Column("site", sa.Text(), nullable=False, comment="registered domain"),
        sa.Column("block", sa.Text(), nullable=False, comment="hash of a short block of text"),
        sa.Column("recorded_at", TIME, nullable=False, comment="when the monitor knew it"),
        sa.PrimaryKeyConstraint("site", "block", name=op.f("pk_site_boilerplate")),
        comment="blocks that recur on a site's stories, left out of its texts",
    )
