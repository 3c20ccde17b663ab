"""Where the labelled data lies, and how a test says that it is absent."""

from pathlib import Path

import pytest

SHARED = Path(__file__).parent.parent.parent / "shared"


LONGEST_HEADLINE = 90  # characters; a longer first line of a seed is a paragraph


def seeds() -> list[tuple[str, str, list[str]]]:
    """Name, headline (empty: none) and paragraphs of each seed article; skips where absent."""
    found = []
    for file in sorted(needed("seeds").glob("*.txt")):
        lines = [line for line in file.read_text(encoding="utf-8").split("\n") if line.strip()]
        is_titled = len(lines[0]) <= LONGEST_HEADLINE
        headline, paragraphs = (lines[0], lines[1:]) if is_titled else ("", lines)
        found.append((file.stem, headline, paragraphs))
    return found


def needed(*parts: str) -> Path:
    """A path in the shared data; the test skips where it is absent."""
    path = SHARED.joinpath("data", *parts)
    if not path.exists():
        pytest.skip(f"labelled data not here: shared/data/{'/'.join(parts)}")
    return path
