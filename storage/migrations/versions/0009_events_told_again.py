"""The order in which events were told, and other words for an event that is told again."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
VALID = sa.text("superseded_at IS NULL")

FILL = """
UPDATE claim_event SET reading_id = COALESCE((
    SELECT max(r.reading_id) FROM reading r
    WHERE r.page_id = claim_event.page_id AND r.superseded_at IS NULL), 0)
"""


def upgrade() -> None:
    with op.batch_alter_table("claim_event") as batch:
        batch.add_column(
            sa.Column(
                "reading_id",
                ID,
                nullable=False,
                server_default="0",
                comment="reading that told it, the last time; rises in the order of telling",
            )
        )
        batch.drop_constraint("uq_claim_event_event_id", type_="unique")
        batch.drop_index("ix_claim_event_series_id_kind")
    op.execute(FILL)
    for name, columns in (
        ("uq_claim_event_event_id", ["event_id"]),
        ("ix_claim_event_series_id_kind", ["series_id", "kind", "reading_id"]),
    ):
        op.create_index(
            name,
            "claim_event",
            columns,
            unique=name.startswith("uq"),
            sqlite_where=VALID,
            postgresql_where=VALID,
        )
    op.create_index("ix_claim_event_told_before", "claim_event", ["event_id"])
