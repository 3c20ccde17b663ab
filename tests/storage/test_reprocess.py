"""Reading again: nothing is deleted, equal facts keep their numbers, others take their place."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from typing import Any

from monitor.types import ClaimEvent, Membership, ObservationLink, Outcome, Page
from storage.store import Store
from storage.views import VIEWS

from .samples import HOUR, LOSS, T0, URL, link, observation, outcome, past_of, sighting, stored_page
from .test_views import state

OTHER = "https://other.example/story"
DAY = timedelta(days=1)
EDITED = "Nvidia falls\n\nNvidia lost $589 billion."


def first(page: Page) -> Outcome:
    event = ClaimEvent("e1", "first_seen", LOSS, None, {"point": 1}, {}, URL, "nearly")
    return outcome(page, states=(state("600E9"),), events=(event,))


def second(page: Page) -> Outcome:
    return outcome(
        page,
        EDITED,
        quote="$589 billion",
        url=OTHER,
        keys=(3, 4),
        membership=Membership(URL, "revision", of=URL, evidence={"figures": ["600", "589"]}),
        story_id=URL,
        states=(state("595E9"),),
    )


def third(page: Page) -> Outcome:
    before = observation(first(page).version.text, "nearly $600 billion")
    after = sighting(observation(EDITED, "$589 billion"), EDITED)
    event = ClaimEvent("e2", "silent_edit", LOSS, {"q": "600"}, {"q": "589"}, {}, URL, "$589")
    links = (ObservationLink("edited", sighting(before, "", observation_id=1), after),)
    edited = outcome(page, EDITED, quote="$589 billion", seq=2, membership=None, keys=(3, 4))
    return replace(edited, states=(state("589E9"),), links=links, events=(event,))


FILM = ((URL, b"1", first), (OTHER, b"2", second), (URL, b"3", third))


def played(store: Store) -> int:
    run_id = store.begin_run("crawl", T0, {})
    store.offer_links(run_id, [link(), link(OTHER)], T0)
    for hour, (url, body, read) in enumerate(FILM):
        at = T0 + hour * HOUR
        store.save(read(stored_page(store, run_id, url, body, at)), run_id, at)
    return run_id


def read_again(
    store: Store, run_id: int, now: Any, changed: dict[int, Outcome] | None = None
) -> None:
    for index, page in enumerate(store.pending_pages(10)):
        read = FILM[(page.page_id or 0) - 1][2]
        store.save((changed or {}).get(index, read(page)), run_id, now)


def shown(store: Store) -> dict[str, list[Any]]:
    return {view.name: list(store.view(view.name)) for view in VIEWS}


def test_equal_rules_change_nothing(store: Store) -> None:
    run_id = played(store)
    before, counts = shown(store), store.counts()
    assert store.step_back(None, T0 + DAY) == 3
    assert store.counts()["pending"] == 3
    assert store.counts()["observations"] == 0
    read_again(store, run_id, T0 + DAY)
    assert shown(store) == before
    assert store.counts() == counts
    assert store.check() == []


def test_stopped_half_way_it_goes_on_where_it_was(store: Store) -> None:
    run_id = played(store)
    before = shown(store)
    store.step_back(None, T0 + DAY)
    (page, *_) = store.pending_pages(10)
    store.save(first(page), run_id, T0 + DAY)
    store.step_back(None, T0 + DAY)
    read_again(store, run_id, T0 + DAY)
    assert shown(store) == before


def test_only_pages_since_then_are_read_again(store: Store) -> None:
    run_id = played(store)
    before = shown(store)
    assert store.step_back(T0 + 2 * HOUR, T0 + DAY) == 1
    (current,) = store.view("v1_claim_current")
    assert current["point"] == 595_000_000_000
    assert [item.seq for item in store.article_versions(URL)] == [1]
    others = past_of(store, None, "https://x.example/", None, [LOSS]).series[LOSS].others
    assert {item.observation.quote for item in others} == {"nearly $600 billion", "$589 billion"}
    (page,) = store.pending_pages(10)
    store.save(third(page), run_id, T0 + DAY)
    assert shown(store) == before


def test_better_rules_take_the_place_of_what_was_read_before(store: Store) -> None:
    run_id = played(store)
    store.step_back(None, T0 + DAY)
    (page, *_) = store.pending_pages(10)
    better = first(page)
    said = replace(better.sightings[0].observation, speaker="Reuters", modality="attributed")
    said_there = replace(better.sightings[0], observation=said)
    read_again(store, run_id, T0 + DAY, {0: replace(better, sightings=(said_there,))})
    rows = list(store.view("v1_observations", order_by="observation_id"))
    assert [row["speaker"] for row in rows] == [None, None, "Reuters"]
    assert rows[-1]["recorded_at"] > rows[0]["recorded_at"]
    known_then = store.sightings(LOSS.claim, on=T0, known_at=T0 + 3 * HOUR)[LOSS]
    assert [item.observation.speaker for item in known_then] == [None]
    known_now = store.sightings(LOSS.claim, on=T0)[LOSS]
    assert [item.observation.speaker for item in known_now] == ["Reuters"]


def test_what_was_not_known_in_between_stays_so(store: Store) -> None:
    run_id = played(store)
    for day in (1, 2):
        store.step_back(None, T0 + day * DAY)
        (page, *_) = store.pending_pages(10)
        worse = {0: replace(first(page), sightings=())} if day == 1 else {}
        read_again(store, run_id, T0 + day * DAY, worse)

    def known(at: Any) -> int:
        return len(store.sightings(LOSS.claim, on=T0, known_at=at).get(LOSS, ()))

    moments = (T0, T0 + DAY - HOUR, T0 + DAY + HOUR, T0 + 2 * DAY + HOUR)
    assert [known(at) for at in moments] == [1, 1, 0, 1]
    assert store.check() == []


def test_claims_of_stored_texts_are_read_again(store: Store) -> None:
    played(store)
    stored = list(store.stored_versions())
    assert [(item.url, item.version.seq, item.is_live) for item in stored] == [
        (URL, 1, False),
        (OTHER, 1, True),
        (URL, 2, True),
    ]
    text = stored[1].version.text
    kept = sighting(observation(text, "$589 billion"), text, OTHER)
    new = sighting(observation(text, "589", "589", unit="count"), text, OTHER)
    number = stored[1].version.version_id or 0
    store.rewrite_observations(number, [kept, new], "2", T0 + DAY)
    store.rewrite_observations(number, [kept, new, new], "2", T0 + DAY)
    store.rewrite_observations(number, [kept, new], "2", T0 + DAY)
    rows = list(store.view("v1_observations", {"version_id": number}, "observation_id"))
    assert [(row["unit"], row["recorded_at"] < "2025-01-28") for row in rows] == [
        ("USD", True),
        ("count", False),
    ]
    assert (store.unread("1"), store.unread("2")) == (1, 2)
    assert [item.url for item in store.stored_versions(unread_by="1")] == [OTHER]
    store.rewrite_observations(number, [], "3", T0 + DAY)
    assert list(store.view("v1_observations", {"version_id": number})) == []
    assert store.uncounted({}) == (LOSS,)
    store.record_states([state("1E9")], [], T0 + DAY)
    assert next(iter(list(store.view("v1_claim_current"))))["point"] == 1_000_000_000


def test_decision_of_a_person_stands(store: Store, url: str) -> None:
    import sqlalchemy as sa

    from storage.engine import Database, parse_url
    from storage.schema import story_member

    run_id = played(store)
    database = Database(parse_url(url), 5)
    with database.engine.begin() as connection:
        connection.execute(
            sa.update(story_member).where(story_member.c.article_id == 2).values(superseded_at=T0)
        )
        connection.execute(
            sa.insert(story_member).values(
                story_id=URL,
                article_id=2,
                relation="none",
                evidence={},
                algorithm="",
                overridden_by="editor",
                decided_at=T0,
            )
        )
    database.close()
    store.step_back(None, T0 + DAY)
    read_again(store, run_id, T0 + DAY)
    rows = {row["article_id"]: row["relation"] for row in store.view("v1_stories")}
    assert rows == {1: "first", 2: "none"}


def test_point_of_the_film_is_right(store: Store) -> None:
    """The film's own premises: three looks, two articles, one edit."""
    played(store)
    assert [row["point"] for row in store.view("v1_claim_history", order_by="recorded_at")] == [
        600_000_000_000,
        595_000_000_000,
        589_000_000_000,
    ]
    assert store.counts()["events"] == 2
    assert store.article_versions(URL)[1].text == EDITED
    (known,) = past_of(store, URL, None, None, []).article.sightings
    assert known.observation.value == Decimal("600E9")
