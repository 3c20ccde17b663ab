"""Films through the whole path: pages at their times in, exactly the expected events out."""

import random
from collections.abc import Callable
from datetime import timedelta

import pytest

from storage.store import Store
from tests.newsroom import HOUR, START, Newsroom, final, html_page

LOSS, COST = "nvidia.market_cap_loss", "deepseek.training_cost"
A, B, C, D = (f"https://{name}.example/story" for name in ("alpha", "beta", "gamma", "delta"))
NOTICE = "Correction: an earlier version of this article misstated the figure. It has been fixed."
AD = "<div class=ad><p>Advertisement</p></div>"
RELATED = "<aside><h3>Related</h3><ul><li><a href='/other'>Ten gardens to see</a></li></ul></aside>"
WALL = (
    b"<html><head><title>Before you continue</title></head><body><div id=consent><h1>We value your "
    b"privacy</h1><p>We and our 145 partners store and access information on a device.</p>"
    b"<button>Accept all</button><button>Reject all</button></div></body></html>"
)
GONE = b"<html><head><title>404</title></head><body><h1>Not found</h1></body></html>"
# Words that no claim looks for, so that every story has a text of its own.
NEUTRAL = (
    "river bridge garden winter harbour lantern meadow orchard pebble quarry saddle timber violin "
    "window yellow basket candle daisy feather glacier hammer island jacket kettle ladder marble "
    "needle oyster parrot quilt ribbon shovel thistle umbrella valley walnut anchor barley copper "
    "dolphin ember falcon gravel heron ivory juniper kitchen lemon mirror nectar olive pepper"
)
WORDS = NEUTRAL.split()


def text(story: str, *sentences: str) -> list[str]:
    """Paragraphs: the sentences, then some that only this story has."""
    chance = random.Random(story)

    def some() -> str:
        return " ".join(chance.sample(WORDS, 9))

    return [*sentences, *(f"The {some()} stood beside the {some()}." for _ in range(4))]


def page(story: str, *sentences: str, extra: str = "", notice: str = "", hours: float = 0) -> bytes:
    return html_page(
        f"The {' and the '.join(random.Random(story).sample(WORDS, 3))}",
        text(story, *sentences),
        published_at=START + hours * HOUR,
        extra=extra,
        notice=notice,
    )


def lost(amount: str) -> str:
    return f"Nvidia shed {amount} of market value on Monday in New York."


def cost(amount: str, who: str = "") -> str:
    return f"DeepSeek trained its V3 model for {amount}{who}."


@pytest.fixture
def room(store: Store) -> Newsroom:
    return Newsroom(store)


def test_loss_edited_in_silence(room: Newsroom) -> None:
    assert room.show(A, page("a", lost("$480 billion"))) == ["first_seen"]
    edited = room.show(A, page("a", lost("$589 billion")))
    assert edited == ["silent_edit", "consensus_moved"]
    edit = next(row for row in room.store.view("v1_events") if row["kind"] == "silent_edit")
    assert (edit["before"]["value"], edit["after"]["value"]) == (480e9, 589e9)
    assert (edit["url"], edit["quote"]) == (A, "$589 billion")


def test_loss_corrected_with_a_notice(room: Newsroom) -> None:
    room.show(A, page("a", lost("$480 billion")))
    corrected = room.show(A, page("a", lost("$589 billion"), notice=NOTICE))
    assert corrected == ["corrected", "consensus_moved"]


def test_billion_corrected_to_million(room: Newsroom) -> None:
    assert room.show(A, page("a", cost("$5.6B"))) == ["first_seen", "suspect_value"]
    assert room.state(COST)["point"] is None
    corrected = room.show(A, page("a", cost("$5.6 million"), notice=NOTICE))
    assert corrected == ["corrected", "new_camp"]
    assert room.state(COST)["point"] == 5_600_000


def test_attribution_dropped(room: Newsroom) -> None:
    room.show(A, page("a", cost("$5.6 million", ", DeepSeek said")))
    assert room.show(A, page("a", cost("$5.6 million"))) == ["silent_edit"]


def test_sentence_removed(room: Newsroom) -> None:
    room.show(A, page("a", lost("$589 billion")))
    assert room.show(B, page("b", lost("$300 billion"))) == ["new_camp", "contested"]
    assert room.show(B, page("b")) == ["withdrawn", "settled"]


def test_article_removed_and_back(room: Newsroom) -> None:
    room.show(A, page("a", lost("$589 billion")))
    room.show(B, page("b", lost("$593 billion")))
    assert room.show(B, GONE, 404) == [], "one answer may be a hiccup"
    assert room.show(B, GONE + b" ", 404) == ["takedown"]
    assert room.state(LOSS)["articles"] == 1
    assert room.show(B, page("b", lost("$593 billion"), extra=AD)) == []
    assert room.state(LOSS)["articles"] == 2


def test_an_article_may_go_twice(room: Newsroom) -> None:
    """The same text of the same article, but another event: with an id of its own."""
    room.show(A, page("a", lost("$589 billion")))
    body = page("b", lost("$300 billion"))
    room.show(B, body)
    told = []
    for number in range(2):
        for extra in (b"", b" "):
            told += room.show(B, GONE + b"%d" % number + extra, 404)
        told += room.show(B, body + b"<!-- %d -->" % number)
    assert told == ["takedown", "settled", "new_camp", "contested"] * 2
    rows = list(room.store.view("v1_events", order_by="cursor"))
    assert len({row["event_id"] for row in rows}) == len(rows)
    room.reprocess()
    assert list(room.store.view("v1_events", order_by="cursor")) == rows


def test_whitespace_advertisements_and_related_links_are_no_edits(room: Newsroom) -> None:
    room.show(A, page("a", lost("$589 billion")))
    for body in (
        page("a", lost("$589 billion"), extra=AD),
        page("a", lost("$589 billion"), extra=RELATED),
        page("a", lost("$589  billion").replace(" on ", "  on\n ")),
        page("a", lost("$589 billion")).replace(b"<p>", b"<p class=text>\n"),
    ):
        assert room.show(A, body) == []
    assert len(room.store.article_versions(A)) == 1
    assert len(list(room.store.view("v1_claim_history"))) == 1


def test_consent_wall_for_a_day(room: Newsroom) -> None:
    body = page("a", lost("$589 billion"))
    room.show(A, body)
    assert room.show(A, WALL, hours=6) == []
    assert room.state(LOSS)["articles"] == 1
    assert room.show(A, body, hours=24) == []
    assert len(room.store.article_versions(A)) == 1


def test_copies_arrive_late(room: Newsroom) -> None:
    room.show(A, page("a", lost("$589 billion")))
    late = page("b", lost("$100 billion"), hours=1)
    assert room.show(B, late) == ["new_camp", "contested"]
    for number in range(5):
        url = f"https://copy{number}.example/story"
        assert room.show(url, page("b", lost("$100 billion"), hours=2 + number), hours=9) == []
    state = room.state(LOSS)
    assert (state["articles"], state["stories"], state["point"]) == (7, 2, 589e9)


def test_a_camp_overtakes(room: Newsroom) -> None:
    told = [
        room.show(url, page(url, lost(amount)))
        for url, amount in zip((A, B, C, D), (300, 589, 593, 590), strict=True)
        for amount in [f"${amount} billion"]
    ]
    assert told == [
        ["first_seen"],
        ["new_camp", "contested"],
        ["camp_overtook", "consensus_moved"],
        [],
    ]
    moved = next(row for row in room.store.view("v1_events") if row["kind"] == "consensus_moved")
    assert moved["after"]["first"]["outlet"] == "beta.example", "who moved first"


def test_a_tie_does_not_flap(room: Newsroom) -> None:
    """What was told last is stored: taking turns at the lead is no news."""
    room.show(A, page(A, lost("$300 billion")))
    room.show(B, page(B, lost("$589 billion")))
    room.show(C, page(C, lost("nearly $600 billion")))
    told = []
    for number in range(3):
        for side, amount in (("low", 300), ("high", 589)):
            url = f"https://{side}{number}.example/story"
            told += room.show(url, page(url, lost(f"${amount} billion")))
    assert told in (["camp_overtook", "consensus_moved"], [])


def test_intraday_then_close(room: Newsroom) -> None:
    intraday = "Nvidia shares fell as much as 13% at one point on Monday."
    close = "Nvidia shares closed down 17% on Monday."
    assert room.show(A, page(A, intraday)) == ["first_seen"]
    assert room.show(B, page(B, close)) == ["first_seen"]
    assert len(list(room.store.view("v1_claim_current"))) == 2


def test_two_voices_in_one_article(room: Newsroom) -> None:
    told = room.show(A, page(A, lost("$300 billion"), lost("$589 billion")))
    assert told == ["first_seen", "contradiction"]


# --- replay, order, nothing new -------------------------------------------------------------------

FILM: list[tuple[str, Callable[[], bytes], int]] = [
    (A, lambda: page("a", lost("$480 billion"), cost("$5.6 million", ", DeepSeek said")), 200),
    (B, lambda: page("b", lost("$300 billion")), 200),
    (C, lambda: page("c", lost("nearly $600 billion")), 200),
    (A, lambda: page("a", lost("$589 billion"), cost("$5.6 million")), 200),
    (D, lambda: page("b", lost("$300 billion"), hours=3), 200),
    (B, lambda: page("b"), 200),
    (C, lambda: GONE, 404),
    (C, lambda: GONE + b" ", 404),
    ("https://epsilon.example/story", lambda: page("e", lost("$593 billion")), 200),
    ("https://zeta.example/story", lambda: page("f", cost("$5.6B")), 200),
    (C, lambda: page("c", lost("nearly $600 billion"), extra=AD), 200),
    (
        "https://eta.example/story",
        lambda: page("g", "Nvidia shares closed down 17% on Monday."),
        200,
    ),
]


def played(room: Newsroom, order: list[int]) -> None:
    for number in order:
        url, body, status = FILM[number]
        room.fetch(url, body(), status, START + (number + 1) * HOUR)
        room.read()


def history(store: Store) -> dict[str, list[dict]]:
    names = ("v1_events", "v1_claim_history", "v1_claim_camps")
    return {name: sorted(store.view(name), key=repr) for name in names}


def test_replay_repeats_states_events_and_ids(room: Newsroom) -> None:
    played(room, list(range(len(FILM))))
    first = history(room.store)
    assert len(first["v1_events"]) > 8
    room.reprocess()
    assert history(room.store) == first
    assert room.store.check() == []


def test_nothing_new_adds_no_row(room: Newsroom) -> None:
    played(room, list(range(len(FILM))))
    before, counts = history(room.store), room.store.counts()
    room.at += timedelta(days=1)
    room.fetch(A, FILM[3][1]())
    assert room.read() == [], "equal bytes are not read again"
    room.at += HOUR
    room.fetch(A, FILM[3][1]().replace(b"</body>", b"<!-- 1 --></body>"))
    assert [outcome.fate for outcome in room.read()] == ["unchanged"]
    assert room.record() == 0
    assert history(room.store) == before
    changed = {k for k, v in room.store.counts().items() if v != counts[k]}
    assert changed == {"pages"}


def told(store: Store) -> list[tuple[object, ...]]:
    """What the events say, without the time and the number that the database gave them."""
    names = ("event_id", "kind", "url", "quote", "before", "after", "evidence")
    return sorted(tuple(repr(row[name]) for name in names) for row in store.view("v1_events"))


@pytest.fixture(scope="module")
def expected() -> dict[str, dict]:
    return {}


@pytest.mark.parametrize("seed", range(20))
def test_any_order_gives_the_same_final_state_and_events(
    room: Newsroom, url: str, expected: dict[str, dict], seed: int
) -> None:
    if seed >= 5 and url.startswith("postgresql"):
        pytest.skip("five orders are enough for the second engine")
    order = list(range(len(FILM)))
    random.Random(seed).shuffle(order)
    played(room, order)
    room.reprocess()
    now = {"state": final(room.store), "events": told(room.store)}
    assert now == expected.setdefault("both engines", now)
