"""Links, fetches and pages: nothing announced is forgotten, nothing is kept twice."""

from dataclasses import replace

import pytest
import sqlalchemy as sa

from monitor.types import Poll
from storage.engine import Database, parse_url
from storage.schema import poll
from storage.store import Store

from .samples import HOUR, T0, URL, fetch, link, outcome, stored_page

OTHER = "https://other.example/story"


def test_new_links_are_to_be_fetched_once(store: Store) -> None:
    run_id = store.begin_run("crawl", T0, {})
    assert store.offer_links(run_id, [link(), link(OTHER), link()], T0) == (URL, OTHER)
    assert store.offer_links(run_id, [link()], T0) == ()


def test_link_left_by_a_run_that_is_over_is_offered_again(store: Store) -> None:
    first = store.begin_run("crawl", T0, {})
    store.offer_links(first, [link(), link(OTHER)], T0)
    store.record_fetch(first, fetch(OTHER))
    second = store.begin_run("crawl", T0, {})
    assert store.offer_links(second, [link(), link(OTHER)], T0) == ()  # the first still runs
    store.end_run(first, "killed", {}, T0)
    assert [item.url for item in store.due_links(T0)] == [URL]
    assert store.offer_links(second, [link(), link(OTHER)], T0) == (URL,)
    assert store.due_links(T0) == ()


def test_due_links_are_leased_and_come_longest_overdue_first(store: Store) -> None:
    run_id = store.begin_run("crawl", T0, {})
    store.offer_links(run_id, [link(), link(OTHER)], T0)
    store.record_fetch(run_id, fetch(), T0 + 2 * HOUR, "young")
    store.record_fetch(run_id, fetch(OTHER), T0 + HOUR, "young")
    assert store.due_links(T0) == ()
    due = store.due_links(T0 + 3 * HOUR)
    assert [item.url for item in due] == [OTHER, URL]
    assert due[0].check_reason == "young"
    assert due[0].etag == '"1"'
    assert [item.url for item in store.due_links(T0 + 3 * HOUR, limit=1, run_id=run_id)] == [OTHER]
    assert [item.url for item in store.due_links(T0 + 3 * HOUR, run_id=run_id)] == [URL]
    assert store.due_links(T0 + 3 * HOUR, sources=["Nobody"]) == ()


def test_of_one_site_only_so_many_are_due_at_once(store: Store) -> None:
    run_id = store.begin_run("crawl", T0, {})
    urls = [f"{URL}/{number}" for number in range(5)] + [OTHER]
    store.offer_links(run_id, [link(url) for url in urls], T0)
    for minute, url in enumerate(urls):
        store.record_fetch(run_id, fetch(url), T0 + minute * HOUR / 60, "young")
    due = store.due_links(T0 + HOUR, per_site=2)
    assert [item.url for item in due] == [urls[0], urls[1], OTHER]
    assert [item.url for item in store.due_links(T0 + HOUR, limit=2)] == urls[:2]


def test_identical_page_is_kept_once(store: Store) -> None:
    run_id = store.begin_run("crawl", T0, {})
    assert store.record_fetch(run_id, fetch()) == "ok"
    assert store.record_fetch(run_id, fetch(fetched_at=T0 + HOUR)) == "unchanged"
    assert store.record_fetch(run_id, fetch(body=b"new", fetched_at=T0 + 2 * HOUR)) == "ok"
    pages = store.pending_pages(10)
    assert [page.body for page in pages] == [b"<p>text</p>", b"new"]
    assert pages[0].headers == {"etag": '"1"'}
    assert store.pending_pages(1) == pages[:1]


def test_every_error_page_counts(store: Store) -> None:
    run_id = store.begin_run("crawl", T0, {})
    for hour in range(2):
        gone = fetch(body=b"not found", status=404, fetched_at=T0 + hour * HOUR)
        assert store.record_fetch(run_id, gone) == "ok"
    assert len(store.pending_pages(10)) == 2


def test_fetch_recorded_again_after_a_lost_acknowledgement_adds_nothing(store: Store) -> None:
    run_id = store.begin_run("crawl", T0, {})
    assert store.record_fetch(run_id, fetch(status=500)) == "ok"
    assert store.record_fetch(run_id, fetch(status=500)) == "ok"
    assert len(store.pending_pages(10)) == 1


def test_poll_recorded_again_after_a_lost_acknowledgement_is_one(store: Store, url: str) -> None:
    run_id = store.begin_run("crawl", T0, {})
    found = Poll("Example", "ok", T0, 5, 2, T0 + HOUR, "busy", 3600, 0.0)
    for polled_at in (T0, T0, T0 + HOUR):
        store.record_poll(run_id, replace(found, polled_at=polled_at))
    database = Database(parse_url(url), 5)
    with database.engine.connect() as connection:
        assert connection.scalar(sa.select(sa.func.count()).select_from(poll)) == 2
    database.close()


def test_bytes_of_old_pages_are_let_go_once_they_are_read(store: Store) -> None:
    run_id = store.begin_run("crawl", T0, {})
    store.save(outcome(stored_page(store, run_id)), run_id, T0)
    stored_page(store, run_id, OTHER)
    late = stored_page(store, run_id, "https://late.example/", b"x", T0 + HOUR)
    store.save(outcome(late, "Other\n\nnearly $600 billion"), run_id, T0)
    assert store.prune_pages(T0 + HOUR).pages == 1
    assert store.prune_pages(T0 + HOUR).pages == 0
    assert [page.url for page in store.pending_pages(9)] == [OTHER]
    assert store.step_back(None, T0 + HOUR) == 1  # what is gone cannot be read again
    assert [page.body for page in store.pending_pages(9)] == [b"x", b"x"]
    assert store.article_versions(URL)[0].text.startswith("Nvidia lost")
    assert store.check() == []


def test_fetch_without_page_has_its_outcome(store: Store) -> None:
    run_id = store.begin_run("crawl", T0, {})
    store.offer_links(run_id, [link()], T0)
    store.record_fetch(run_id, replace(fetch(), outcome="robots", page=None, status=None))
    answer = store.explain(URL + "#top")
    assert answer is not None
    assert answer["fate"] == "robots"
    assert answer["fetches"][0]["fetched_at"] == "2025-01-27T21:30:05.123456Z"
    assert store.explain(OTHER) is None


@pytest.mark.parametrize("body", [b"", b"\x00" * 100_000, bytes(range(256))])
def test_page_comes_back_byte_for_byte(store: Store, body: bytes) -> None:
    run_id = store.begin_run("crawl", T0, {})
    store.record_fetch(run_id, fetch(body=body))
    assert store.pending_pages(1)[0].body == body
