"""Attempts to move a consensus, as pages through the whole path: the leading value stays.

What tests/monitor/history/test_attacks.py does with observations, here with texts that have to be
read, found to be copies of each other, judged and stored.
"""

from collections.abc import Sequence

import pytest

from storage.store import Store
from tests.newsroom import HOUR, Newsroom

from .test_films import LOSS, lost, page

BN = 10**9
STOCK = "deepseek.gpu_stock"
# (story, what it says of the loss): ten stories near 590 billion, two that say 300
PRECISE = (589, 593, 589, 588, 593, 589)
PRESS = [
    *((f"precise{n}", f"${value} billion") for n, value in enumerate(PRECISE)),
    *((f"rounded{n}", "nearly $600 billion") for n in range(3)),
    ("bound", "more than half a trillion dollars"),
    *((f"low{n}", "$300 billion") for n in range(2)),
]
Pages = Sequence[tuple[str, bytes]]


def stories(name: str, amounts: Sequence[str], host: str = "") -> Pages:
    """Pages of texts of their own; ``host``: all of one outlet."""
    return [
        (f"https://{host or f'{name}{n}.example'}/{name}{n}", page(f"{name}{n}", lost(amount)))
        for n, amount in enumerate(amounts)
    ]


def copies(amount: str, count: int = 60) -> Pages:
    """One text at as many outlets."""
    text = page("copied", lost(amount), hours=20)
    return [(f"https://copy{n}.example/story", text) for n in range(count)]


ATTACKS: dict[str, tuple[Pages, list[float]]] = {
    # attack -> pages, camps that weigh afterwards, in billions
    "60 copies of a typo": (copies("$5.89 billion"), [589, 300]),
    "60 copies of a transposed figure": (copies("$985 billion"), [589, 300, 985]),
    "60 copies of $100bn": (copies("$100 billion"), [589, 300, 100]),
    "five low bounds": (stories("above", ["more than $100 billion"] * 5), [589, 300]),
    "five high bounds": (stories("up", ["up to $900 billion"] * 5), [589, 300]),
    "five bounds against": (stories("under", ["less than $200 billion"] * 5), [589, 300, 200]),
    "one outlet with 30 articles": (
        stories("loud", ["$120 billion"] * 30, host="loud.example"),
        [589, 300, 120],
    ),
}


def show(room: Newsroom, pages: Pages) -> None:
    for url, body in pages:
        room.at += HOUR / 6
        room.fetch(url, body)
    room.read()


def camps(room: Newsroom, claim: str = LOSS) -> list[dict]:
    rows = room.store.view("v1_claim_camps", {"claim": claim}, "-weight")
    return [row for row in rows if row["weight"]]


def press() -> Pages:
    return [(f"https://{name}.example/story", page(name, lost(said))) for name, said in PRESS]


@pytest.mark.parametrize("attack", ATTACKS)
def test_leading_value_stays(store: Store, attack: str) -> None:
    room = Newsroom(store)
    show(room, press())
    quiet = room.state(LOSS)
    assert (quiet["point"], quiet["stories"]) == (589 * BN, len(PRESS))
    pages, expected = ATTACKS[attack]
    show(room, pages)
    loud = room.state(LOSS)
    assert loud["articles"] == len(PRESS) + len(pages)
    assert abs(loud["point"] - quiet["point"]) <= 0.02 * quiet["point"]
    found = camps(room)
    assert [row["value"] / BN for row in found] == expected
    assert found[0]["weight"] > 2 * max(row["weight"] for row in found[1:])


def test_copies_are_one_story_and_counted(store: Store) -> None:
    room = Newsroom(store)
    show(room, [*press(), *copies("$100 billion")])
    last = camps(room)[-1]
    assert (last["weight"], last["stories"], last["articles"]) == (1, 1, 60)
    assert last["first_outlet"] == "copy0.example"


def test_a_claim_with_two_modes_shows_both(store: Store) -> None:
    room = Newsroom(store)
    for number, amount in enumerate((10_000, 50_000, 10_000, 50_000, 10_000)):
        said = f"DeepSeek owns a stock of {amount:,} Nvidia chips, analysts found."
        show(room, [(f"https://mode{number}.example/story", page(f"mode{number}", said))])
    state = room.state(STOCK)
    assert (state["point"], state["contested"]) == (10_000, True)
    assert [row["value"] for row in camps(room, STOCK)] == [10_000, 50_000]
