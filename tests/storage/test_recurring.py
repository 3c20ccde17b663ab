"""What a site prints under every story is learned, left out from then on, and out of old texts."""

from datetime import timedelta

import pytest

from storage.store import Store
from tests.newsroom import START, Newsroom, html_page

STRAY = "Harbour Watch is read in four towns along the coast"
FIGURE = "DeepSeek has said that it spent 5.6 million dollars on training"
DAY = timedelta(days=1)
TEXTS = {
    "port": (
        "DeepSeek rents a shed at the port of Nieuwmark, where crane drivers have gone on strike "
        "for nine days and nobody can say when the first container will be lifted again.",
        "The mayor wants to talk with both sides about rules that keep one basin open at night.",
    ),
    "mill": (
        "A miller who taught DeepSeek the names of forty kinds of grain has bought back the wheel "
        "that his grandfather sold in a dry summer, and means to grind for the whole valley.",
        "He will bake on Sundays, in an oven that the village built while it waited for him.",
    ),
    "choir": (
        "The choir of the sailors' church sang a hymn by DeepSeek last week, to an audience that "
        "had come for the cake and stayed, as the verger put it, for want of an umbrella.",
        "Its leader calls the tenor part unsingable, and means it as praise of the machine.",
    ),
    "goat": (
        "Forty goats have cleared the bank above the station, watched by a camera that DeepSeek "
        "taught to tell a goat from a guard, which it does on all but the foggiest mornings.",
        "The railway has asked their keeper for three hundred more, from April until the autumn.",
    ),
}


def show(
    newsroom: Newsroom, name: str, day: int, *extra: str, text: str | None = None
) -> list[str]:
    at = START + day * DAY
    body = html_page(f"News of the {name}", (*TEXTS[text or name], *extra), published_at=at)
    return newsroom.show(f"https://watch.example/{name}", body)


def text_of(store: Store, name: str) -> str:
    (row,) = [row for row in store.view("v1_versions") if row["headline"] == f"News of the {name}"]
    return str(row["text"])


def test_what_recurs_in_three_stories_on_two_days_is_left_out(store: Store) -> None:
    newsroom = Newsroom(store)
    for day, name in enumerate(("port", "mill", "choir")):
        show(newsroom, name, day, STRAY, FIGURE)
        assert STRAY in text_of(store, name)
    show(newsroom, "goat", 3, STRAY, FIGURE)
    assert STRAY not in text_of(store, "goat")
    assert FIGURE in text_of(store, "goat"), "a sentence with a figure is a claim"


def test_old_texts_are_cleaned_by_reprocess_without_an_edit(store: Store) -> None:
    newsroom = Newsroom(store)
    for day, name in enumerate(("port", "mill", "choir")):
        show(newsroom, name, day, STRAY)
    assert show(newsroom, "port", 0, STRAY, "") == []
    newsroom.reprocess()
    assert all(STRAY not in text_of(store, name) for name in ("port", "mill", "choir"))
    assert list(store.view("v1_edits")) == []
    newsroom.reprocess()
    assert all(STRAY not in text_of(store, name) for name in ("port", "mill", "choir"))


@pytest.mark.parametrize(
    "shown",
    [
        [("port", 0, "port"), ("mill", 1, "port"), ("choir", 2, "port")],
        [("port", 0, None), ("mill", 0, None), ("choir", 0, None)],
        [("port", 0, None), ("mill", 1, None)],
    ],
    ids=["copies of one story", "one day", "two stories"],
)
def test_less_teaches_nothing(store: Store, shown: list[tuple[str, int, str | None]]) -> None:
    newsroom = Newsroom(store)
    for name, day, text in shown:
        show(newsroom, name, day, STRAY, text=text or "")
    show(newsroom, "goat", 5, STRAY)
    assert STRAY in text_of(store, "goat")
