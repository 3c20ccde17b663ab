"""The views anew, which every migration does: their numbers are doubles to DuckDB, too."""

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Nothing but the views changes."""
