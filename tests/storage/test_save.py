"""A judged page becomes history, and the past of the next page."""

from dataclasses import replace
from decimal import Decimal

from monitor.stories.group import NEWEST
from monitor.types import ClaimEvent, Fingerprint, Membership, ObservationLink
from storage.save import Saved
from storage.store import Store

from .samples import HOUR, LOSS, T0, URL, observation, outcome, past_of, sighting, stored_page

OTHER = "https://other.example/story"
TEXT = "Nvidia falls\n\nNvidia lost about half a trillion dollars."


def test_saved_article_is_the_past_of_the_next_page(store: Store) -> None:
    run_id = store.begin_run("crawl", T0, {})
    done = outcome(stored_page(store, run_id))
    assert store.save(done, run_id, T0) == Saved(articles=1, versions=1, observations=1)
    past = past_of(store, URL, None, done.fingerprint, [LOSS])
    assert past.article is not None
    assert past.article.version is not None
    assert past.article.version.text == done.version.text
    assert past.article.outlet == "Example News"
    assert past.candidates == ()  # an article is no near-copy of itself
    (said,) = past.article.sightings
    assert said.observation == done.sightings[0].observation
    assert said.observation.value == Decimal("600000000000")
    assert said.published_at == done.sightings[0].published_at
    assert past.series[LOSS].others == ()


def test_saving_twice_adds_nothing(store: Store) -> None:
    run_id = store.begin_run("crawl", T0, {})
    done = outcome(stored_page(store, run_id))
    store.save(done, run_id, T0)
    before = store.counts()
    assert store.save(done, run_id, T0 + HOUR) == Saved()
    assert store.counts() == before
    assert store.pending_pages(10) == ()


def test_other_articles_are_candidates_and_sightings(store: Store) -> None:
    run_id = store.begin_run("crawl", T0, {})
    done = outcome(stored_page(store, run_id), keys=(1, 2, 3, 4))
    store.save(done, run_id, T0)
    second = outcome(
        stored_page(store, run_id, OTHER), TEXT, quote="half a trillion dollars", keys=(3, 4, 5, 6)
    )
    store.save(second, run_id, T0)
    past = past_of(
        store, "https://third.example/", None, replace(done.fingerprint, exact=0), [LOSS]
    )
    assert past.article is None
    assert [item.key for item in past.candidates] == [URL, OTHER]
    assert past.candidates[1].text == "Nvidia lost about half a trillion dollars."
    assert past.candidates[1].published_at == T0  # when it was seen, for it has no date
    assert [item.url for item in past.series[LOSS].others] == [URL, OTHER]
    equal = past_of(
        store, "https://third.example/", None, replace(second.fingerprint, keys=(1, 2)), []
    )
    assert [item.key for item in equal.candidates] == [OTHER]


def test_a_key_of_many_stories_has_no_vote(store: Store) -> None:
    run_id = store.begin_run("crawl", T0, {})
    shared = [f"https://s.example/{number}" for number in range(NEWEST + 2)]
    for number, url in enumerate(shared):
        own = 1000 + 2 * number
        store.save(outcome(stored_page(store, run_id, url), keys=(8, own)), run_id, T0)
    new = Fingerprint(keys=(8, 1000, 1002), exact=0, length=9)
    past = past_of(store, OTHER, None, new, [])
    assert {item.key for item in past.candidates} == set(shared[:2])


def test_new_version_replaces_the_old_one_in_the_present(store: Store) -> None:
    run_id = store.begin_run("crawl", T0, {})
    first = outcome(stored_page(store, run_id))
    store.save(first, run_id, T0)
    known = past_of(store, URL, None, None, []).article
    second = outcome(
        stored_page(store, run_id, body=b"edited", at=T0 + HOUR),
        TEXT,
        quote="half a trillion dollars",
        seq=2,
        keys=(7, 8),
        membership=None,
    )
    links = (ObservationLink("edited", known.sightings[0], second.sightings[0]),)
    store.save(replace(second, links=links), run_id, T0 + HOUR)
    past = past_of(store, "https://third.example/", None, first.fingerprint, [LOSS])
    assert past.candidates == ()
    assert [item.observation.quote for item in past.series[LOSS].others] == [
        "half a trillion dollars"
    ]
    assert [item.seq for item in store.article_versions(URL)] == [1, 2]
    (edit,) = store.view("v1_edits")
    assert edit["notice"] is None
    assert len(list(store.view("v1_observations"))) == 2


def test_article_that_is_gone_says_nothing_until_it_is_back(store: Store) -> None:
    run_id = store.begin_run("crawl", T0, {})
    store.save(outcome(stored_page(store, run_id)), run_id, T0)
    for hour, state, live in ((1, "gone", 0), (2, "live", 1)):
        seen = stored_page(store, run_id, body=bytes([hour]), at=T0 + hour * HOUR)
        change = outcome(
            seen, quote=None, version=None, article=None, state=state, fingerprint=None
        )
        store.save(
            replace(change, membership=None, state=state, gone_count=2), run_id, T0 + hour * HOUR
        )
        past = past_of(store, None, OTHER, None, [LOSS])
        assert len(past.series[LOSS].others) == live
        known = past_of(store, URL, None, None, []).article
        assert (known.state, known.gone_count, len(known.sightings)) == (state, 2, 1)


def test_event_told_once(store: Store) -> None:
    run_id = store.begin_run("crawl", T0, {})
    event = ClaimEvent("e1", "first_seen", LOSS, None, {"point": Decimal("6E11")}, {}, URL, "q")
    done = outcome(stored_page(store, run_id), events=(event,))
    assert store.save(done, run_id, T0).events == 1
    again = outcome(stored_page(store, run_id, OTHER), events=(event,))
    assert store.save(again, run_id, T0).events == 0
    (row,), (first, _) = store.view("v1_events"), store.view("v1_articles", order_by="article_id")
    assert row["after"] == {"point": 600000000000}
    assert row["article_id"] == first["article_id"]


def test_linked_article_keeps_its_own_story(store: Store) -> None:
    run_id = store.begin_run("crawl", T0, {})
    store.save(outcome(stored_page(store, run_id)), run_id, T0)
    quoting = outcome(
        stored_page(store, run_id, OTHER), membership=Membership(None, "quote", of=URL)
    )
    store.save(quoting, run_id, T0)
    rows = list(store.view("v1_stories", order_by="article_id"))
    assert [row["relation"] for row in rows] == ["first", "quote"]
    assert rows[1]["of_article_id"] == rows[0]["article_id"]
    assert rows[0]["evidence"] == {"words": 7}


def test_series_of_a_sighting_decides_where_it_counts(store: Store) -> None:
    run_id = store.begin_run("crawl", T0, {})
    by_day = replace(LOSS, period="2025-01-27")
    said = sighting(observation(TEXT, "half a trillion dollars"), TEXT, series=by_day)
    store.save(outcome(stored_page(store, run_id), TEXT, quote=None, sightings=(said,)), run_id, T0)
    past = past_of(store, OTHER, None, None, [LOSS, by_day])
    assert past.series[LOSS].others == ()
    assert [item.series for item in past.series[by_day].others] == [by_day]
