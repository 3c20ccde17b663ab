"""The days that tests live in."""

from datetime import UTC, datetime

DAY = datetime(2025, 1, 28, 12, tzinfo=UTC)
