"""What the press said on a day, as it was known at a time."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
import sqlalchemy as sa

from storage.columns import iso
from storage.engine import Database, parse_url
from storage.store import Store
from tests.site import ROOT

from .samples import LOSS, T0, URL, observation, outcome, sighting, stored_page

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


# Day 7: a new extractor reads another value in the edited text. Day 8: the next one reads nothing
# in the late article. Day 9: the one after that does again.
READ_AGAIN = [
    # on, known at, what was said, and its value in billions
    (0, 7, {(OLD, 600)}),
    (1, 7, {(OLD, 600), (LATE, 600)}),
    (1, 8, {(OLD, 600)}),
    (1, 9, {(OLD, 600), (LATE, 600)}),
    (2, 6, {(NEW, 600), (LATE, 600)}),
    (2, 7, {(NEW, 598), (LATE, 600)}),
    (3, 3, {(NEW, 600)}),
    (3, 6, {(NEW, 600), (LATE, 600)}),
    (3, 7, {(NEW, 598), (LATE, 600)}),
    (3, 8, {(NEW, 598)}),
    (5, 8, set()),
    (6, 6, {(NEW, 600), (LATE, 600)}),
    (9, 8, {(NEW, 598)}),
    (9, 9, {(NEW, 598), (LATE, 600)}),
]


@pytest.fixture
def read_again(film: Store) -> Store:
    texts = {one.url: one.version for one in film.stored_versions() if one.is_live}
    edited, late = texts[URL], texts[OTHER]
    new = sighting(observation(edited.text, NEW, "598E9"), edited.text)
    kept = sighting(observation(late.text, LATE), late.text, OTHER)
    for day, version, said in ((7, edited, [new]), (8, late, []), (9, late, [kept])):
        film.rewrite_observations(version.version_id or 0, said, str(day), at(day))
    return film


def test_what_is_read_again_changes_only_what_was_known_later(read_again: Store) -> None:
    found = {
        (on, known): {
            (item.observation.quote, int(item.observation.value / 10**9))
            for item in read_again.sightings(LOSS.claim, at(on), at(known)).get(LOSS, ())
        }
        for on, known, _ in READ_AGAIN
    }
    assert found == {(on, known): said for on, known, said in READ_AGAIN}


@pytest.fixture
def connection(url: str) -> Iterator[sa.Connection]:
    database = Database(parse_url(url), 5)
    with database.engine.connect() as connection:
        yield connection
    database.close()


def test_the_recipe_in_sql_says_the_same(read_again: Store, connection: sa.Connection) -> None:
    text = (ROOT / "docs" / "database.md").read_text(encoding="utf-8")
    (recipe,) = (one for one in re.findall(r"```sql\n(.*?)```", text, re.DOTALL) if ":known" in one)
    form = iso if connection.dialect.name == "sqlite" else datetime.astimezone
    for on, known, *_ in (*CASES, *READ_AGAIN):
        moments = {"on": form(at(on)), "known": form(at(known))}
        rows = connection.execute(sa.text(recipe), moments)
        found = {(row.claim, row.quote) for row in rows}
        said = read_again.sightings(LOSS.claim, at(on), at(known)).get(LOSS, ())
        assert found == {(LOSS.claim, one.observation.quote) for one in said}, (on, known)
