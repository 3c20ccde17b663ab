"""What a person decides about stories holds, and the states of claims follow."""

import pytest

from monitor.editing import apart, story_named, to_merge
from monitor.errors import UsageError
from monitor.rereading import record_states
from storage.overrides import Held, Order
from storage.store import Store
from tests.monitor.stories.texts import FERRY, ORCHARD
from tests.newsroom import START, Newsroom, final, html_page, rules

LOSS = "nvidia.market_cap_loss"
A, B, C, D = (f"https://{name}.example/story" for name in ("alpha", "beta", "gamma", "delta"))
LOST = "Nvidia shed {} of market value on Monday in New York."
TEXTS = {
    A: [LOST.format("$589 billion"), *FERRY.split("\n\n")],
    B: [LOST.format("$589 billion"), *FERRY.split("\n\n"), "Our reporters added a line."],
    C: [LOST.format("$600 billion"), *ORCHARD.split("\n\n")],
    D: [LOST.format("$600 billion"), *ORCHARD.split("\n\n"), "Written by the staff of the Delta."],
}


@pytest.fixture
def room(store: Store) -> Newsroom:
    room = Newsroom(store)
    for url in (A, B, C):
        show(room, url)
    return room


def show(room: Newsroom, url: str) -> None:
    room.show(url, html_page(f"Headline of {url}", TEXTS[url], published_at=START))


def stories(room: Newsroom) -> dict[str, str]:
    """The story of each article, by its first article."""
    urls = {row["article_id"]: row["url"] for row in room.store.view("v1_articles")}
    heads: dict[str, str] = {}
    found = {}
    for row in room.store.view("v1_stories", order_by="article_id"):
        url = urls[row["article_id"]]
        found[url] = heads.setdefault(row["story_id"], url)
    return found


def followed(room: Newsroom, held: Held) -> Held:
    record_states(room.store, rules(), room.at, room.store.series_of(held.urls))
    return held


def merge(room: Newsroom, one: str, other: str) -> Held:
    ids = [room.store.story_of(url) or "" for url in (one, other)]
    order = Order("editor", room.at, "one reporter")
    return followed(room, room.store.merge_stories(ids[0], ids[1:], order))


def split(room: Newsroom, url: str) -> Held:
    story = room.store.story_of(url) or ""
    return followed(room, room.store.split_story(story, [url], "sapart", Order("editor", room.at)))


def counted(room: Newsroom) -> tuple[int, int]:
    state = room.state(LOSS)
    return state["articles"], state["stories"]


def test_film_begins_as_it_should(room: Newsroom) -> None:
    assert stories(room) == {A: A, B: A, C: C}
    assert counted(room) == (3, 2)


def test_merged_stories_stay_one(room: Newsroom) -> None:
    held = merge(room, A, C)
    assert held.moved == (C,)
    assert set(held.urls) == {A, B, C}
    assert stories(room) == {A: A, B: A, C: A}
    assert counted(room) == (3, 1)
    show(room, D)
    assert stories(room)[D] == A
    assert counted(room) == (4, 1)
    before = final(room.store)
    room.reprocess()
    assert stories(room) == {A: A, B: A, C: A, D: A}
    assert final(room.store) == before
    assert room.store.check() == []


@pytest.mark.parametrize("apart", [A, B], ids=["the head", "a copy"])
def test_split_article_stays_apart(room: Newsroom, apart: str) -> None:
    rest = B if apart == A else A
    held = split(room, apart)
    assert held.moved == (apart,)
    wanted = {apart: apart, rest: rest, C: C}
    assert stories(room) == wanted
    assert counted(room) == (3, 3)
    before = final(room.store)
    room.reprocess()
    assert stories(room) == wanted
    assert final(room.store) == before
    assert room.store.check() == []


def test_last_word_counts_and_every_one_has_its_evidence(room: Newsroom) -> None:
    split(room, B)
    merge(room, A, B)
    assert stories(room) == {A: A, B: A, C: C}
    assert counted(room) == (3, 2)
    rows = {row.url: row for row in room.store.story_members(room.store.story_of(A) or "")}
    assert rows[A].relation == "first"
    assert (rows[B].relation, rows[B].of_url, rows[B].overridden_by) == ("copy", A, "editor")
    assert rows[B].evidence == {
        "reason": "merged into this story by editor",
        "why": "one reporter",
        "before": {"story": "sapart", "relation": "first", "of": None},
    }


def test_another_version_stays_where_its_article_is(room: Newsroom) -> None:
    merge(room, A, C)
    body = [*TEXTS[C], "A later line."]
    room.show(C, html_page("New headline", [body[0].replace("600", "593"), *body[1:]]))
    assert stories(room) == {A: A, B: A, C: A}
    assert counted(room) == (3, 1)
    room.reprocess()
    assert stories(room) == {A: A, B: A, C: A}
    assert counted(room) == (3, 1)


def test_overrides_tell_no_events(room: Newsroom) -> None:
    before = room.store.counts()["events"]
    merge(room, A, C)
    split(room, B)
    room.reprocess()
    assert room.store.counts()["events"] == before


def test_a_story_is_named_by_id_beginning_or_url(room: Newsroom) -> None:
    story = room.store.story_of(A) or ""
    for name in (story, story[:6], A, B):
        assert story_named(room.store, name) == story


def test_errors_say_what_to_do(room: Newsroom) -> None:
    story = room.store.story_of(A) or ""
    wrong = story[:-2] + ("00" if story[-2:] != "00" else "11")
    none = "https://none.example/"
    for ask, words in (
        (lambda: story_named(room.store, wrong), f"no story '{wrong}'; did you mean {story}"),
        (lambda: story_named(room.store, "zz"), "an article's URL names its story too; `monitor"),
        (lambda: story_named(room.store, none), "`monitor explain URL` tells what became of it"),
        (lambda: to_merge(room.store, [story, wrong]), f"did you mean {story}"),
        (lambda: to_merge(room.store, [A, B]), "one story, named twice; nothing to merge"),
        (lambda: apart(room.store, [none]), "no article at"),
        (lambda: apart(room.store, [C]), "has no other articles"),
        (lambda: apart(room.store, [A, C]), "these are of several stories"),
    ):
        with pytest.raises(UsageError) as caught:
            ask()
        assert words in str(caught.value)
