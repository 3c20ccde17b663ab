"""Alerts: told once, ended when they are over; liars by what they served."""

from collections.abc import Sequence
from dataclasses import replace

import pytest

from monitor.types import Alert, Page, Yield
from storage.alerts import LIES_FOR
from storage.store import Store

from .samples import HOUR, T0, URL, fetch, link, outcome, stored_page

SILENT = Alert("source_silent", "Example", "no news for 3 d")
EMPTY = Alert("source_empty", "Example", "text on 0% of the last 20 pages")


def test_what_lasts_is_told_once(store: Store) -> None:
    assert store.settle_alerts([SILENT], T0) == (SILENT,)
    later = replace(SILENT, detail="no news for 4 d")
    assert store.settle_alerts([later, EMPTY], T0 + HOUR) == (EMPTY,)
    assert store.alerts() == (SILENT, EMPTY)
    assert store.settle_alerts([EMPTY], T0 + 2 * HOUR) == ()
    assert store.settle_alerts([SILENT], T0 + 3 * HOUR) == (SILENT,)
    ended = [row["ended_at"] is not None for row in store.view("v1_alerts", order_by="alert_id")]
    assert ended == [True, True, False]


def versions(store: Store, etags: Sequence[str | None]) -> None:
    """The article at URL changes its text at every visit, under these ETags."""
    run_id = store.begin_run("crawl", T0, {})
    for seq, etag in enumerate(etags, 1):
        found = fetch(URL, b"text %d" % seq, fetched_at=T0 + seq * HOUR)
        assert found.page is not None
        headers = {"etag": etag} if etag else {}
        store.record_fetch(run_id, replace(found, page=replace(found.page, headers=headers)))
        page: Page = store.pending_pages(10)[-1]
        new = outcome(page)
        assert new.version is not None
        changed = replace(new.version, seq=seq, text_sha256=str(seq), fetched_at=page.fetched_at)
        store.save(replace(new, version=changed), run_id, page.fetched_at)


@pytest.mark.parametrize(
    ("etags", "liars"),
    [
        (['"1"', '"1"'], ["news.example"]),
        (['"1"', '"2"'], []),
        ([None, None], []),
    ],
    ids=["a new text under the old ETag", "under a new one", "without any"],
)
def test_a_page_that_lies_marks_its_site(
    store: Store, etags: list[str | None], liars: list[str]
) -> None:
    versions(store, etags)
    assert [one.about for one in store.alerts()] == liars
    assert store.settle_alerts([], T0 + HOUR) == ()
    assert [one.about for one in store.alerts()] == liars  # not a source's: it lasts
    store.settle_alerts([], T0 + LIES_FOR + 3 * HOUR)
    assert store.alerts() == ()


def test_conditional_visits_are_counted_until_a_full_one(store: Store) -> None:
    run_id = store.begin_run("crawl", T0, {})
    store.offer_links(run_id, [link()], T0)
    for hour, (since_full, kept) in enumerate([(0, 0), (1, 1), (None, 1), (2, 2), (0, 0)]):
        found = replace(fetch(fetched_at=T0 + hour * HOUR), since_full=since_full)
        store.record_fetch(run_id, found)
        known = store.link(URL)
        assert known is not None
        assert known.since_full == kept


def test_the_yield_counts_pages_that_were_to_give_text(store: Store) -> None:
    run_id = store.begin_run("crawl", T0, {})
    for number in range(25):
        page = stored_page(store, run_id, f"{URL}/{number}", at=T0 + number * HOUR)
        fate = "stored" if number < 15 else "no_text"
        save = (
            outcome(page) if fate == "stored" else replace(outcome(page), fate=fate, version=None)
        )
        store.save(save, run_id, T0)
    for word in ("unchanged", "robots", "off_topic", "blocked_by_site"):
        store.record_fetch(run_id, replace(fetch(f"{URL}/{word}"), outcome=word, page=None))
    assert store.yields() == {"Example": Yield(20, 9, 6, 6)}
