"""The views are a contract: columns, types and times, the same on both engines."""

import sqlite3
from contextlib import AbstractContextManager, closing
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import psycopg
import pytest

from monitor.errors import UsageError
from monitor.types import Alert, Camp, ClaimEvent, ClaimState, Poll
from storage.store import Store

from .samples import HOUR, LOSS, T0, URL, observation, outcome, sighting, stored_page

CONTRACT = {
    "v1_articles": "article_id, url, source, outlet, headline, authors, date_published,"
    " date_modified, in_language, story_id, current_version_id, versions, state, first_seen_at,"
    " last_seen_at",
    "v1_versions": "version_id, article_id, seq, headline, text, body_start, text_sha256,"
    " fetched_at, recorded_at",
    "v1_edits": "article_id, from_version_id, to_version_id, notice, recorded_at",
    "v1_stories": "story_id, article_id, relation, of_article_id, evidence, decided_at",
    "v1_claims": "claim, kind, unit, title",
    "v1_observations": "observation_id, claim, qualifiers, article_id, version_id, story_id,"
    " value, low, high, bound, unit, about_start, about_end, modality, speaker, quote, char_start,"
    " char_end, flags, recorded_at, text_value, period, outlet, published_at",
    "v1_claim_current": "claim, qualifiers, period, low, point, high, unit, spread, contested,"
    " observations, articles, stories, outlets, supporters, doubters, first_seen_at,"
    " last_seen_at, recorded_at, text_point",
    "v1_claim_camps": "claim, qualifiers, period, recorded_at, camp, value, low, high, weight,"
    " articles, stories, outlets, first_seen_at, last_seen_at, first_outlet, first_url",
    "v1_events": "event_id, kind, claim, qualifiers, period, before, after, article_id, url,"
    " quote, recorded_at, evidence, cursor",
    "v1_sources": "source, outlet, url, last_poll_at, next_poll_at, reason, failures",
    "v1_alerts": "alert_id, kind, about, detail, began_at, ended_at",
    "v1_runs": "run_id, kind, started_at, ended_at, outcome, counts",
}
CONTRACT["v1_claim_history"] = CONTRACT["v1_claim_current"]
CONTRACT["v1_events_history"] = CONTRACT["v1_events"] + ", superseded_at"


def camp(value: str, **changes: object) -> Camp:
    number = Decimal(value)
    return replace(Camp(number, number, number, 1.0, 2, 1, ("A", "B"), T0, T0), **changes)


def state(point: str | None = "600E9", **changes: object) -> ClaimState:
    number = None if point is None else Decimal(point)
    made = ClaimState(
        series=LOSS,
        unit="USD",
        low=number,
        point=number,
        high=number,
        spread=Decimal("300E9"),
        contested=True,
        camps=(camp("600E9"), camp("300E9", weight=0.5)),
        observations=3,
        articles=3,
        stories=2,
        outlets=2,
        supporters=2,
        doubters=1,
        first_seen_at=T0,
        last_seen_at=T0,
        inputs_sha256=str(point),
    )
    return replace(made, **changes)


@pytest.fixture
def filled(store: Store) -> Store:
    run_id = store.begin_run("crawl", T0, {"sources": ["Example"]})
    store.define_claims([(LOSS.claim, "money", "USD", "Nvidia's loss", "h", "{}")], T0)
    store.settle_alerts([Alert("source_silent", "Example", "no news for 3 d")], T0)
    store.sync_sources([("Example", "Example News", "https://news.example/feed", "feed", "h")], T0)
    event = ClaimEvent("e1", "contested", LOSS, {"point": 1}, {"point": 2}, {}, URL, "nearly")
    done = outcome(stored_page(store, run_id), states=(state(),), events=(event,))
    store.save(done, run_id, T0)
    edited = outcome(
        stored_page(store, run_id, body=b"2", at=T0 + HOUR), "New\n\nnear 5", seq=2, quote="5"
    )
    store.save(replace(edited, states=(state("300E9"),)), run_id, T0 + HOUR)
    store.end_run(run_id, "ok", {"fetched": 2}, T0 + HOUR)
    return store


def plainly(url: str) -> AbstractContextManager[Any]:
    """A connection of the engine's own driver, as other tools use it."""
    if url.startswith("sqlite"):
        return closing(sqlite3.connect(url.removeprefix("sqlite:///")))
    return closing(psycopg.connect(url))


def test_columns_are_those_of_the_contract(filled: Store, url: str) -> None:
    with plainly(url) as connection:
        for name, columns in CONTRACT.items():
            found = connection.execute(f"SELECT * FROM {name}")
            assert ", ".join(column[0] for column in found.description) == columns
            assert ", ".join(filled.columns(name)) == columns
            assert ", ".join(next(iter(list(filled.view(name))))) == columns, "no row to look at"


def test_there_is_no_other_view(filled: Store, url: str) -> None:
    query = "SELECT viewname FROM pg_views WHERE schemaname = 'public'"
    if url.startswith("sqlite"):
        query = "SELECT name FROM sqlite_master WHERE type = 'view'"
    with plainly(url) as connection:
        assert {name for (name,) in connection.execute(query)} == set(CONTRACT)


def test_types_as_other_tools_see_them(filled: Store, url: str) -> None:
    query = "SELECT recorded_at, value, qualifiers FROM v1_observations ORDER BY observation_id"
    with plainly(url) as connection:
        row = connection.execute(query).fetchone()
    if url.startswith("sqlite"):
        assert row == ("2025-01-27T21:30:05.123456Z", 600e9, "{}")
        assert isinstance(row[1], float)
    else:
        assert row == (T0, Decimal("600000000000"), "{}")
        assert isinstance(row[1], Decimal)


@pytest.mark.parametrize(
    ("value", "number", "text"),
    [
        (Decimal("17.5"), 17.5, None),
        ('H800 "chips"', None, 'H800 "chips"'),
        ("2025-01-20", None, "2025-01-20"),
        (True, 1, "true"),
        (False, 0, "false"),
        (None, None, None),
    ],
    ids=["number", "text", "date", "true", "false", "range"],
)
def test_values_of_every_kind_have_a_column(
    store: Store, value: object, number: float | None, text: str | None
) -> None:
    run_id = store.begin_run("crawl", T0, {})
    body = "Chips\n\nNvidia lost it all."
    said = sighting(replace(observation(body, "lost", None), value=value), body)
    page = stored_page(store, run_id)
    store.save(outcome(page, body, quote=None, sightings=(said,)), run_id, T0)
    (row,) = store.view("v1_observations")
    assert (row["value"], row["text_value"]) == (number, text)
    assert (row["outlet"], row["period"]) == ("Example News", None)


def test_current_holds_the_last_state_and_history_all(filled: Store) -> None:
    (current,) = filled.view("v1_claim_current")
    assert (current["point"], current["contested"], current["stories"]) == (
        300_000_000_000,
        True,
        2,
    )
    assert current["recorded_at"] == "2025-01-27T22:30:05.123456Z"
    history = list(filled.view("v1_claim_history", order_by="-recorded_at"))
    assert [row["point"] for row in history] == [300_000_000_000, 600_000_000_000]
    camps = list(filled.view("v1_claim_camps", order_by="-weight"))
    assert [(row["camp"], row["value"], row["outlets"]) for row in camps] == [
        ("600000000000", 600_000_000_000, ["A", "B"]),
        ("300000000000", 300_000_000_000, ["A", "B"]),
    ]


def test_article_and_edit(filled: Store) -> None:
    (article,) = filled.view("v1_articles")
    versions = list(filled.view("v1_versions", order_by="seq"))
    assert article["versions"] == 2
    assert article["current_version_id"] == versions[1]["version_id"]
    assert article["authors"] == ["A. Writer"]
    assert article["first_seen_at"] < article["last_seen_at"]
    (edit,) = filled.view("v1_edits")
    assert (edit["from_version_id"], edit["to_version_id"]) == (
        versions[0]["version_id"],
        versions[1]["version_id"],
    )


def test_runs_and_sources(filled: Store) -> None:
    (run,) = filled.view("v1_runs")
    assert run["counts"] == {"fetched": 2}
    at = datetime(2025, 1, 28, tzinfo=UTC)
    filled.record_poll(1, Poll("Example", "ok", T0, 5, 0, at, "quiet", 3600, 0.0))
    filled.record_poll(
        1, Poll("https://elsewhere.example", "timeout", T0, 0, 0, at, "-", 3600, 1.0)
    )
    (source,) = filled.view("v1_sources")
    assert source["next_poll_at"] == "2025-01-28T00:00:00.000000Z"
    assert (source["reason"], source["failures"]) == ("quiet", 0)
    (known,) = filled.sources()
    assert known.silent_since == T0
    [given] = filled.given_feeds(["https://elsewhere.example", "https://never.example"])
    assert (given.failures, filled.counts()["sources"]) == (1.0, 1)
    report = filled.run_report(1)
    assert report["sources"]["ok"] == ["Example"]
    assert [one["outcome"] for one in report["sources"]["failed"]] == ["timeout"]
    assert (report["fetched"], report["outcomes"]) == (2, {"stored": 2})


def test_rows_can_be_chosen_and_unknown_names_are_refused(filled: Store) -> None:
    assert list(filled.view("v1_claims", {"claim": "none"})) == []
    assert len(list(filled.view("v1_versions", limit=1))) == 1
    with pytest.raises(UsageError, match="v1_articles"):
        filled.columns("v1_nothing")
    with pytest.raises(UsageError, match="no column 'colour'"):
        list(filled.view("v1_claims", {"colour": 1}))


def test_states_of_a_claim_now(filled: Store) -> None:
    (now,) = filled.states(LOSS.claim)
    assert now["point"] == 300_000_000_000
    assert [camp["value"] for camp in now["camps"]] == [600_000_000_000, 300_000_000_000]


ONE_OF = {
    "v1_articles": ("article_id", "url", "story_id"),
    "v1_versions": ("version_id", "article_id"),
    "v1_edits": ("article_id",),
    "v1_stories": ("story_id", "article_id", "of_article_id"),
    "v1_observations": ("observation_id", "claim", "article_id", "version_id", "story_id"),
    "v1_claim_current": ("claim",),
    "v1_claim_history": ("claim",),
    "v1_claim_camps": ("claim",),
    "v1_events": ("event_id", "claim", "article_id"),
}


def test_views_find_one_claim_story_or_article_without_reading_all(tmp_path: Path) -> None:
    Store.open(f"sqlite:///{tmp_path}/monitor.db").close()
    with closing(sqlite3.connect(tmp_path / "monitor.db")) as connection:
        for view, columns in ONE_OF.items():
            for column in columns:
                query = f"EXPLAIN QUERY PLAN SELECT * FROM {view} WHERE {column} = 1"
                plan = [row[3] for row in connection.execute(query)]
                assert not [step for step in plan if step.startswith("SCAN")], (view, column, plan)


def test_counts(filled: Store) -> None:
    counts = filled.counts()
    assert (counts["articles"], counts["versions"], counts["observations"]) == (1, 2, 2)
    assert (counts["stories"], counts["events"], counts["pending"]) == (1, 1, 0)
