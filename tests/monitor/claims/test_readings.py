"""What a number can mean besides what is printed, and ranks in other words."""

from decimal import Decimal

import pytest

from monitor.claims.figures import figures
from monitor.claims.readings import Headers, readings


def last_of(text: str) -> list[tuple[str, Decimal | None, str]]:
    """The readings of the last number of a text: family, value, unit."""
    *before, last = figures(text)
    return [
        (one.family, one.quantity.value, one.quantity.unit)
        for one in readings(last, before, Headers(text))
    ]


@pytest.mark.parametrize(
    ("text", "further"),
    [
        ("Nvidia lost $589 billion; others have 593.", ("money", 593 * 10**9, "USD")),
        ("It cost $5.576 million. Critics doubt the 5.6.", ("money", 5_600_000, "USD")),
        ("They own 50,000 chips? I do not believe fifty.", ("count", 50_000, "count")),
        ("Losses in billions of dollars. Nvidia, Jan 27: 589.", ("money", 589 * 10**9, "USD")),
        ("Capital spending, $bn. 2024: 228. 2025: 405", ("money", 405 * 10**9, "USD")),
        ("The run took eight weeks.", ("months", Decimal("1.85"), "months")),
        ("The run took 55 days.", ("months", Decimal("1.83"), "months")),
    ],
)
def test_a_further_reading(text: str, further: tuple[str, object, str]) -> None:
    assert last_of(text)[1:] == [further]


@pytest.mark.parametrize(
    "text",
    [
        "Nvidia lost $589 billion; the staff is 52.",
        "It cost $6 million, they say at 6.",
        "It cost $56 million for 56 people.",
        "It is 56 percent of $56 million, or 3 percent.",
        "They own 50,000 chips.",
        "Losses in billions of dollars.\nNvidia: 589.",
        "It lost $5bn. Then 589 left.",
    ],
)
def test_no_further_reading(text: str) -> None:
    assert len(last_of(text)) == 1


@pytest.mark.parametrize(
    ("text", "ranks"),
    [
        ("It is currently 87th.", [87]),
        ("It came up from seventh on Saturday.", [7]),
        ("It took 1st place in the store.", [1]),
        ("It is the top app on the App Store.", [1]),
        ("They met on the 14th.", []),
        ("It was first released in May.", []),
        ("One of the top apps.", []),
    ],
)
def test_ranks(text: str, ranks: list[int]) -> None:
    assert [one.quantity.value for one in figures(text) if one.family == "rank"] == ranks
