"""The whole story of a URL, whichever of its addresses is asked for."""

from dataclasses import replace

from monitor.types import Poll
from storage.store import Store

from .samples import HOUR, T0, URL, fetch, link, outcome, stored_page

SHORT = "https://short.example/1"


def test_a_url_never_heard_of(store: Store) -> None:
    assert store.explain("https://nobody.example/") is None


def test_a_link_that_waits(store: Store) -> None:
    run_id = store.begin_run("crawl", T0, {})
    store.offer_links(run_id, [link()], T0)
    told = store.explain(URL + "?utm_source=mail")
    assert told is not None
    assert (told["fate"], told["link"]["source"], told["fetches"]) == (
        "not fetched yet",
        "Example",
        [],
    )


def test_every_fetch_is_told_with_what_became_of_it(store: Store) -> None:
    run_id = store.begin_run("crawl", T0, {})
    store.offer_links(run_id, [link()], T0)
    page = stored_page(store, run_id)
    store.save(replace(outcome(page), check_reason="15 min: young"), run_id, T0)
    failed = replace(fetch(fetched_at=T0 + HOUR), outcome="timeout", detail="20 s", page=None)
    store.record_fetch(run_id, failed, T0 + 2 * HOUR, "60 min: failed, timeout")
    told = store.explain(URL)
    assert told is not None
    assert [(one["outcome"], one["fate"], one["why"]) for one in told["fetches"]] == [
        ("ok", "stored", None),
        ("timeout", "timeout", "20 s"),
    ]
    assert (told["fate"], told["reason"]) == ("stored", "60 min: failed, timeout")


def test_an_article_tells_the_addresses_that_led_to_it(store: Store) -> None:
    run_id = store.begin_run("crawl", T0, {})
    store.offer_links(run_id, [link(SHORT)], T0)
    page = stored_page(store, run_id, SHORT)
    store.save(outcome(page, url=URL), run_id, T0)
    told = store.explain(URL)
    assert told is not None
    assert (told["reached_by"], [one["url"] for one in told["fetches"]]) == ([SHORT], [SHORT])
    assert told["article"]["url"] == URL


def test_an_address_of_a_source_tells_when_it_is_polled_again(store: Store) -> None:
    run_id = store.begin_run("crawl", T0, {})
    feed = "https://news.example/rss"
    polled = replace(fetch(feed), kind="feed", page=None)
    store.record_fetch(run_id, polled)
    at = T0 + HOUR
    store.record_poll(run_id, Poll("Example", "ok", T0, 30, 4, at, "60 min: 4 new", 3600, 0.0))
    told = store.explain(feed)
    assert told is not None
    assert (told["source"]["source"], told["source"]["reason"]) == ("Example", "60 min: 4 new")
