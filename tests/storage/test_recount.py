"""States and running counts against counting again: what differs is named, nothing else."""

import re
from collections.abc import Sequence

import pytest
import sqlalchemy as sa

from monitor.cli.linked_data import things
from monitor.rereading import miscounted
from storage.engine import Database, parse_url
from storage.schema import claim_state, observation, series_account, series_count
from storage.store import Store
from tests.newsroom import Newsroom, rules
from tests.site import ROOT

from .test_films import FILM, LOSS, played

OF_LOSS = (
    claim_state.c.series_id
    == sa.select(observation.c.series_id)
    .where(observation.c.claim == LOSS)
    .limit(1)
    .scalar_subquery()
)
VALID = claim_state.c.superseded_at.is_(None)


@pytest.fixture
def whole(store: Store) -> Store:
    played(Newsroom(store), list(range(len(FILM))))
    return store


def broken(whole: Store, url: str, change: sa.Update) -> Sequence[str]:
    database = Database(parse_url(url), 5)
    with database.engine.begin() as connection:
        connection.execute(change)
    database.close()
    return list(miscounted(whole, rules()))


def test_what_is_whole_is_not_accused(whole: Store) -> None:
    assert list(miscounted(whole, rules())) == []


def test_a_state_that_does_not_follow_is_named(whole: Store, url: str) -> None:
    (problem,) = broken(
        whole, url, sa.update(claim_state).where(OF_LOSS, VALID).values(articles=77)
    )
    assert problem.startswith(f"{LOSS} {{}}: its state says articles 77, not ")


def test_what_was_counted_outlet_by_outlet_is_not_accused(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As it is where so many outlets speak that most of their accounts are left unread."""
    monkeypatch.setattr("storage.past.FEW", 0)
    played(Newsroom(store), list(range(len(FILM))))
    assert list(miscounted(store, rules())) == []


_COUNTED = series_count.c.counted
_DRIFTS = {
    "who leads": sa.update(series_count).values(
        counted=sa.func.replace(_COUNTED, "alpha.example", "x.example")
    ),
    "an outlet": sa.update(series_account).values(
        outlet=sa.func.replace(series_account.c.outlet, "alpha.example", "x.example")
    ),
}


@pytest.mark.parametrize("drift", _DRIFTS.values(), ids=_DRIFTS)
def test_a_running_count_that_drifted_is_named(whole: Store, url: str, drift: sa.Update) -> None:
    problems = broken(whole, url, drift)
    assert (
        f"{LOSS} {{}}: its running count (series_count) is not that of its observations" in problems
    )


def test_an_observation_that_nobody_counted_is_named(whole: Store, url: str) -> None:
    one = sa.select(sa.func.max(observation.c.observation_id)).scalar_subquery()
    gone = sa.update(observation).where(observation.c.observation_id == one)
    state, count = broken(whole, url, gone.values(superseded_at=observation.c.recorded_at))
    assert "its state says " in state
    assert "running count" in count


def test_an_article_that_is_gone_backs_nothing_anywhere(store: Store, url: str) -> None:
    """In the state, the documented SQL and the linked data: the same observations."""
    room = Newsroom(store)
    played(room, list(range(9)))
    store.define_claims(rules().definition_rows(), room.at)
    text = (ROOT / "docs" / "database.md").read_text(encoding="utf-8")
    recipes = re.findall(r"```sql\n(.*?)```", text, re.DOTALL)
    (recipe,) = (one for one in recipes if "'live'" in one)
    database = Database(parse_url(url), 5)
    with database.engine.connect() as connection:
        rows = connection.execute(sa.text(recipe)).all()
    database.close()
    assert len(rows) == room.state(LOSS)["observations"] == 3
    urls = {
        one["url"]
        for claim in things(store)
        if claim["@type"] == "Claim" and claim["@id"].startswith(f"urn:claim:{LOSS}/")
        for one in claim["appearance"]
    }
    assert urls == {row.url for row in rows}
