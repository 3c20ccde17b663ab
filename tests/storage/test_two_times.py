"""What the press said on a day, as it was known at a time."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from storage.store import Store

from .samples import LOSS, T0, URL, outcome, stored_page

OTHER = "https://late.example/story"
DAY = timedelta(days=1)
OLD, NEW, LATE = "nearly $600 billion", "$589 billion", "$300 billion"

# Day 0: an article says OLD. Day 2: it says NEW. Day 4: an article of day 1 is found, saying LATE.
# Day 5: the first article is gone. Day 6: it is back.
CASES = [
    # on, known at, quotes
    (0, 0, {OLD}),
    (0, 9, {OLD}),
    (1, 1, {OLD}),
    (1, 3, {OLD}),
    (1, 4, {OLD, LATE}),
    (1, 9, {OLD, LATE}),
    (2, 1, {OLD}),  # nobody knew yet that it would be edited
    (2, 2, {NEW}),
    (3, 9, {NEW, LATE}),
    (5, 4, {NEW, LATE}),
    (5, 5, {LATE}),
    (6, 5, {LATE}),
    (6, 6, {NEW, LATE}),
    (5, 9, {LATE}),
    (9, 9, {NEW, LATE}),
    (-1, 9, set()),
    (9, -1, set()),
]


def at(day: int) -> datetime:
    return T0 + day * DAY


@pytest.fixture
def film(store: Store) -> Store:
    run_id = store.begin_run("crawl", T0, {})

    def look(day: int, url: str, quote: str | None, **changes: object) -> None:
        page = stored_page(store, run_id, url, f"{day} {url}".encode(), at(day))
        text = f"Nvidia falls\n\nNvidia lost {quote}."
        seen = outcome(page, text, quote=quote)
        store.save(replace(seen, **changes), run_id, at(day))

    def same(state: str) -> dict[str, object]:
        return {"version": None, "article": None, "fingerprint": None, "state": state}

    look(0, URL, OLD)
    edited = outcome(
        stored_page(store, run_id, URL, b"edited", at(2)), f"N\n\n{NEW}", quote=NEW, seq=2
    )
    store.save(replace(edited, membership=None), run_id, at(2))
    found = outcome(stored_page(store, run_id, OTHER, b"late", at(4)), f"N\n\n{LATE}", quote=LATE)
    dated = replace(found.article, date_published=at(1).isoformat())
    store.save(replace(found, article=dated), run_id, at(4))
    look(5, URL, None, **same("gone"))
    look(6, URL, None, **same("live"))
    return store


def test_two_times(film: Store) -> None:
    found = {
        (on, known): {
            item.observation.quote
            for item in film.sightings(LOSS.claim, at(on), at(known)).get(LOSS, ())
        }
        for on, known, _ in CASES
    }
    assert found == {(on, known): quotes for on, known, quotes in CASES}


def test_without_times_it_is_now(film: Store) -> None:
    said = film.sightings(LOSS.claim)[LOSS]
    assert {item.observation.quote for item in said} == {NEW, LATE}
    assert said[0].url in (URL, OTHER)
    assert film.check() == []
