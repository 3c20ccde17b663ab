"""Where the labelled data lies, and how a test says that it is absent."""

from pathlib import Path

import pytest

SHARED = Path(__file__).parent.parent.parent / "shared"


def needed(*parts: str) -> Path:
    """A path in the shared data; the test skips where it is absent."""
    path = SHARED.joinpath("data", *parts)
    if not path.exists():
        pytest.skip(f"labelled data not here: shared/data/{'/'.join(parts)}")
    return path
