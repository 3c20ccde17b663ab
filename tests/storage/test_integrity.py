"""Broken promises are named; what is whole is not accused."""

import pytest
import sqlalchemy as sa

from storage import schema
from storage.engine import Database, parse_url
from storage.store import Store

from .samples import HOUR, T0, URL, link, observation, outcome, sighting, stored_page

NASTY = "He\x00ad\ud800line \U0001f4c9\n\nNvidia lost “nearly\u00a0$600\x0b billion”\x7f on Monday."
QUOTE = "“nearly\u00a0$600\x0b billion”\x7f"


@pytest.fixture
def whole(store: Store) -> Store:
    run_id = store.begin_run("crawl", T0, {})
    store.offer_links(run_id, [link()], T0)
    said = sighting(observation(NASTY, QUOTE), NASTY)
    store.save(
        outcome(stored_page(store, run_id), NASTY, quote=None, sightings=(said,)), run_id, T0
    )
    return store


def test_quote_stands_at_its_place_in_text_that_had_to_be_cleaned(whole: Store) -> None:
    assert whole.check() == []
    (row,) = whole.view("v1_observations")
    (version,) = whole.view("v1_versions")
    assert version["text"][row["char_start"] : row["char_end"]] == row["quote"]
    assert row["quote"] == "“nearly\u00a0$600  billion”\ufffd"
    assert (row["char_start"], row["char_end"]) == (
        NASTY.index(QUOTE),
        NASTY.index(QUOTE) + len(QUOTE),
    )


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (sa.update(schema.observation).values(char_start=0), "quote does not stand at its place"),
        (sa.update(schema.version).values(body_start=10_000), "body does not begin inside"),
        (sa.update(schema.fetch).values(outcome="fine"), "fetches with an outcome that is no word"),
        (sa.update(schema.reading).values(outcome="fine"), "readings with an outcome"),
        (sa.update(schema.reading).values(superseded_at=T0), "marked as read without a reading"),
        (sa.update(schema.page).values(read_at=None), "marked as pending that have a reading"),
        (sa.update(schema.story_member).values(superseded_at=T0), "without a story"),
        (
            sa.insert(schema.version_span).values(version_id=1, live_from=T0, recorded_at=T0),
            "two versions live at once",
        ),
    ],
    ids=lambda value: value.split()[0] if isinstance(value, str) else "",
)
def test_broken_promise_is_named(whole: Store, url: str, change: sa.Update, words: str) -> None:
    database = Database(parse_url(url), 5)
    with database.engine.begin() as connection:
        connection.execute(change)
    database.close()
    (problem,) = whole.check()
    assert words in problem
    assert problem.endswith(": 1 (1)")


def test_rows_without_their_parents_are_named(whole: Store, url: str) -> None:
    database = Database(parse_url(url), 5)
    if not database.is_sqlite:
        return  # PostgreSQL has no way to make them
    with database.engine.connect() as connection:
        connection.connection.driver_connection.execute("PRAGMA foreign_keys=OFF")  # type: ignore[union-attr]
        connection.exec_driver_sql("DELETE FROM article")
        connection.commit()
    database.close()
    assert any("refers to a row that article does not have" in line for line in whole.check())


def test_versions_of_one_number_are_named(whole: Store) -> None:
    run_id = whole.begin_run("crawl", T0, {})
    page = stored_page(whole, run_id, URL, b"2", T0 + HOUR)
    whole.save(outcome(page, "Other\n\ntext", quote=None, seq=1), run_id, T0 + HOUR)
    assert any("two versions of one number" in line for line in whole.check())
