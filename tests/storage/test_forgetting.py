"""Forgetting on request: words and bytes go for good, addresses and figures stay."""

import json
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from monitor.history.telling import ArticleChange, event
from monitor.types import ClaimEvent, Needs
from storage import schema
from storage.engine import Database, parse_url
from storage.forgetting import Order
from storage.store import Store

from .samples import HOUR, LOSS, T0, URL, fetch, link, observation, outcome, sighting, stored_page

TEXT = "Secret headline\n\nNvidia lost a very secret $600 billion on Monday."
QUOTE = "very secret $600 billion"
OTHER = "https://other.example/report"
OTHER_TEXT = "Report\n\nThe loss came to $590 billion, others said."
TWIN = "https://amp.news.example/deepseek"


def told(kind: Any, text: str, quote: str, url: str, also: tuple[Any, ...] = ()) -> ClaimEvent:
    said = sighting(observation(text, quote), text, url)
    sides = ({"quote": quote, "value": 600}, {"value": 600, "camps": [{"value": 600}]})
    change = ArticleChange(url, (), notice="Secret notice" if url == URL else None)
    return event(kind, LOSS, change, sides, ((), (said, *also)))


@pytest.fixture
def run_id(store: Store) -> int:
    return store.begin_run("crawl", T0, {})


@pytest.fixture
def full(store: Store, run_id: int) -> Store:
    """An article with a twin, an edit and a recheck that waits; and another article."""
    store.offer_links(run_id, [link(title="Secret title"), link(TWIN), link(OTHER)], T0)
    first = stored_page(store, run_id, URL, b"<p>very secret 1")
    own = told("first_seen", TEXT, QUOTE, URL)
    store.save(outcome(first, TEXT, quote=QUOTE, events=(own,)), run_id, T0)
    edit = stored_page(store, run_id, URL, b"<p>very secret 2", T0 + HOUR)
    edited = TEXT.replace("Monday", "Tuesday")
    store.save(outcome(edit, edited, quote=QUOTE, seq=2), run_id, T0 + HOUR)
    twin = stored_page(store, run_id, TWIN, b"<p>very secret 3")
    same = outcome(twin, url=URL, fate="duplicate_url", version=None, quote=None)
    store.save(replace(same, article=None, membership=None), run_id, T0)
    cited = sighting(observation(TEXT, QUOTE), TEXT)
    theirs = told("contradiction", OTHER_TEXT, "$590 billion", OTHER, (cited,))
    page = stored_page(store, run_id, OTHER, b"<p>590")
    said = outcome(page, OTHER_TEXT, quote="$590 billion", keys=(7, 8), events=(theirs,))
    store.save(said, run_id, T0)
    store.record_fetch(run_id, fetch(URL, b"<p>very secret 4", fetched_at=T0 + 2 * HOUR))
    assert len(store.pending_pages(9)) == 1
    return store


def forget(store: Store, run_id: int, url: str = URL, **changes: Any) -> Any:
    order = Order(url, run_id, T0 + 3 * HOUR, "letter of 28 January")
    return store.forget(replace(order, **changes))


def dump(url: str) -> str:
    """Everything in the tables, as text; bodies by their size."""
    database = Database(parse_url(url), 5)
    with database.engine.connect() as connection:
        rows = [
            sorted([str(value) for value in row] for row in connection.execute(sa.select(table)))
            for table in schema.metadata.sorted_tables
        ]
    database.close()
    return json.dumps(rows, ensure_ascii=False)


def test_words_and_bytes_go_and_the_rest_stays(full: Store, run_id: int, url: str) -> None:
    assert "ecret" in dump(url)
    gone = forget(full, run_id, f"{URL}?utm_source=letter")
    assert (gone.versions, gone.observations, gone.pages) == (2, 2, 4)
    assert gone.urls == (TWIN, URL)
    assert gone.series == (LOSS,)
    assert "ecret" not in dump(url)
    assert full.check() == []
    assert full.pending_pages(9) == ()
    rows = {row["url"]: row for row in full.view("v1_articles")}
    assert (rows[URL]["state"], rows[URL]["versions"]) == ("forgotten", 0)
    assert rows[OTHER]["headline"] == "Report"
    assert [row["quote"] for row in full.view("v1_observations")] == ["$590 billion"]


def test_bytes_are_nowhere_in_the_file(full: Store, run_id: int, url: str) -> None:
    if not url.startswith("sqlite"):
        pytest.skip("PostgreSQL lets go of them when it vacuums")
    folder = Path(url.removeprefix("sqlite:///")).parent
    assert [path for path in folder.iterdir() if b"ecret" in path.read_bytes()]
    forget(full, run_id)
    assert not [path for path in folder.iterdir() if b"ecret" in path.read_bytes()]


def test_events_keep_their_figures(full: Store, run_id: int) -> None:
    forget(full, run_id)
    events = {row["url"]: row for row in full.view("v1_events")}
    assert events[URL]["quote"] is None
    assert events[URL]["before"] == {"value": 600}
    assert events[URL]["after"]["camps"] == [{"value": 600}]
    assert events[OTHER]["quote"] == "$590 billion"
    assert events[OTHER]["before"] == {"quote": "$590 billion", "value": 600}


def test_nothing_of_it_is_asked_for_again(full: Store, run_id: int) -> None:
    forget(full, run_id)
    later = T0 + timedelta(days=900)
    assert full.offer_links(run_id, [link(), link(TWIN), link(OTHER)], later) == ()
    assert [found.url for found in full.due_links(later)] == [OTHER]
    assert [found.url for found in full.known_links()] == [OTHER]
    [stone] = full.forgotten([f"{URL}#top", OTHER])
    assert (stone.url, stone.reason) == (URL, "letter of 28 January")


@pytest.mark.parametrize("changes", [{"url": URL}, {"final_url": f"{URL}?utm_source=x"}])
def test_what_leads_to_it_is_not_kept(full: Store, run_id: int, changes: dict[str, str]) -> None:
    forget(full, run_id)
    pages = full.counts()["pages"]
    found = fetch("https://news.example/short", b"<p>secret", fetched_at=T0 + 4 * HOUR)
    assert full.record_fetch(run_id, replace(found, **changes)) == "forgotten"
    assert full.pending_pages(9) == ()
    assert full.counts()["pages"] == pages


def test_a_page_that_turns_out_to_be_it_is_let_go(full: Store, run_id: int, url: str) -> None:
    forget(full, run_id)
    full.offer_links(run_id, [link("https://m.news.example/1", title="Secret title")], T0)
    page = stored_page(full, run_id, "https://m.news.example/1", b"<p>ecret")
    past = full.past(Needs((URL, page.url), "Example", None, None, ()))
    assert past.is_forgotten
    judged = outcome(page, fate="forgotten", version=None, fingerprint=None, quote=None)
    judged = replace(judged, url=None, article=None, membership=None, state=None)
    full.save(judged, run_id, T0)
    assert "ecret" not in dump(url)
    assert full.check() == []


def test_an_address_never_seen_can_be_forgotten(store: Store, run_id: int) -> None:
    gone = forget(store, run_id)
    assert (gone.urls, gone.versions) == ((URL,), 0)
    assert store.offer_links(run_id, [link()], T0) == ()
    answer = store.explain(URL)
    assert answer is not None
    assert (answer["fate"], answer["forgotten"]["reason"]) == ("forgotten", "letter of 28 January")


def test_forgetting_twice_changes_nothing(full: Store, run_id: int, url: str) -> None:
    forget(full, run_id)
    before = dump(url)
    again = forget(full, run_id, now=T0 + 9 * HOUR, reason="another letter")
    assert (again.versions, again.pages) == (0, 0)
    assert dump(url) == before


def test_explain_tells_what_there_was(full: Store, run_id: int) -> None:
    forget(full, run_id)
    answer = full.explain(URL)
    assert answer is not None
    assert answer["fate"] == "forgotten"
    assert len(answer["fetches"]) == 3
    assert answer["next_check_at"] is None


def pages_with_bytes(url: str) -> int:
    database = Database(parse_url(url), 5)
    with database.engine.connect() as connection:
        query = sa.select(sa.func.count()).where(schema.page.c.body_sha256.is_not(None))
        number = connection.execute(query).scalar_one()
    database.close()
    return int(number)


def test_pruning_lets_go_of_old_pages_that_were_read(
    full: Store, url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("storage.store.PRUNED_AT_ONCE", 2)
    explained = full.explain(URL)
    pruned = full.prune_pages(T0 + timedelta(minutes=30))
    assert pruned.pages == 3
    assert pruned.bytes > 0
    assert pages_with_bytes(url) == 2  # the edit, and one that was not read yet
    assert full.prune_pages(T0 + timedelta(days=1)).pages == 1
    assert full.prune_pages(T0 + timedelta(days=1)).pages == 0
    assert full.explain(URL) == explained
    assert [row["headline"] for row in full.view("v1_versions")].count("Secret headline") == 2
    assert full.check() == []


def test_bytes_that_a_newer_page_has_too_are_kept(store: Store, run_id: int) -> None:
    old = stored_page(store, run_id, URL, b"same")
    store.save(outcome(old), run_id, T0)
    store.record_fetch(run_id, fetch(OTHER, b"same", fetched_at=T0 + HOUR))
    assert store.prune_pages(T0 + timedelta(minutes=30)).bytes == 0
    assert [page.body for page in store.pending_pages(9)] == [b"same"]
