"""What holds for any sightings: order, copies, ids, and that nothing raises."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from monitor.history import (
    assess,
    ballot,
    ballots,
    changes,
    dump,
    link,
    load,
    recount,
    series_of,
    standings,
    state,
    tally,
    told,
)
from monitor.history.telling import ArticleChange
from monitor.types import Observation, Quantity, Series, Sighting
from tests.monitor.history.build import COST_RATES, FOUNDED, FOUNDER, LOSS, MOVE, OPEN, RELEASE

DEFINITIONS = (LOSS, MOVE, FOUNDER, RELEASE, FOUNDED, OPEN, COST_RATES)
BOUNDS = ("eq", "approx", "near", "gt", "ge", "lt", "le", "upto", "range")
MODALITIES = ("asserted", "attributed", "hedged", "predicted", "doubted", "denied")

sane = st.one_of(
    st.sampled_from(
        [Decimal(n) for n in (0, 1, -17, 17, 300, 589, 593, 600, 2023, 10_000, 50_000)]
    ),
    st.decimals(min_value=-1000, max_value=1000, places=1),
)
wild = st.one_of(
    sane,
    st.decimals(allow_nan=True, allow_infinity=True),
    st.sampled_from([Decimal("1E+999999"), Decimal("1E-999999"), Decimal("-0"), Decimal("sNaN")]),
)
words = st.one_of(
    st.text(max_size=8),
    st.booleans(),
    st.none(),
    st.sampled_from(["2025-01", "2025-01-20", "2025", "2025-01-13/2025-01-26", "0000", "9999-12"]),
)


@st.composite
def sightings(draw, numbers=sane):
    definition = draw(st.sampled_from(DEFINITIONS))
    value = draw(st.one_of(numbers, words))
    ends = st.one_of(st.none(), numbers)
    alternates = draw(st.lists(st.sampled_from(["USD", "EUR", "XXX"]), max_size=1))
    story = draw(st.integers(0, 4))
    hours = draw(st.integers(-10, 10))
    at = datetime(2025, 1, 27, tzinfo=UTC)
    said = Observation(
        claim=draw(st.sampled_from(["a", definition.claim])),
        value=value,
        low=draw(ends),
        high=draw(ends),
        bound=draw(st.sampled_from(BOUNDS)),
        unit=draw(st.sampled_from([definition.unit, "EUR", "count"])),
        modality=draw(st.sampled_from(MODALITIES)),
        speaker=draw(st.sampled_from([None, "DeepSeek"])),
        quote=draw(st.sampled_from(["x", "10 to 20", ""])),
        start=draw(st.integers(0, 99)),
        end=100,
        alternates=tuple(Quantity(value, value, value, "eq", unit) for unit in alternates)
        if isinstance(value, Decimal)
        else (),
        about_start=draw(st.sampled_from([None, "2025-01-27", "2025", "x"])),
        significant_digits=draw(st.one_of(st.none(), st.integers(-1, 40))),
        flags=draw(st.sampled_from([(), ("suspect",)])),
    )
    return Sighting(
        said,
        url=f"https://example.org/{draw(st.integers(0, 6))}",
        story_id=f"s{story}",
        outlet=f"o{draw(st.integers(0, 3))}",
        text_sha256=draw(st.sampled_from(["a" * 64, "b" * 64])),
        published_at=draw(st.sampled_from([None, at + timedelta(hours=hours)])),
        recorded_at=at + timedelta(hours=20),
    )


def many(numbers=sane):
    return st.lists(sightings(numbers), min_size=1, max_size=12)


calm = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@calm
@given(many(wild), st.sampled_from(DEFINITIONS))
def test_nothing_raises(seen, definition):
    state = assess(series_of(seen[0], definition), seen, definition)
    assert state.observations >= 1
    links = link(seen[:5], seen[5:])
    assert {id(one.before) for one in links if one.before} == {id(one) for one in seen[:5]}
    change = ArticleChange(seen[0].url, links, others=tuple(seen))
    events = changes(None, state, change, definition)
    events += changes(state, state, change, definition, told(events))
    events += changes(state, None, replace(change, gone=True), definition)
    for event in events:
        json.dumps([event.before, event.after, event.evidence], allow_nan=False)


@calm
@given(many(), st.sampled_from(DEFINITIONS), st.randoms(use_true_random=False))
def test_order_does_not_matter(seen, definition, random):
    series = series_of(seen[0], definition)
    shuffled = random.sample(seen, len(seen))
    assert assess(series, shuffled, definition) == assess(series, seen, definition)


@calm
@given(many(), st.sampled_from(DEFINITIONS), st.data())
def test_a_later_copy_changes_no_value(seen, definition, data):
    series = series_of(seen[0], definition)
    before = assess(series, seen, definition)
    original = data.draw(st.sampled_from(seen))
    late = max(one.recorded_at for one in seen) + timedelta(days=1)
    copies = [
        replace(
            one, url="https://copy.example/a", outlet="copier", published_at=late, recorded_at=late
        )
        for one in seen
        if one.story_id == original.story_id and one.url == original.url
    ]
    after = assess(series, [*seen, *copies], definition)
    assert (after.point, after.low, after.high) == (before.point, before.low, before.high)
    assert [(c.value, c.weight) for c in after.camps] == [(c.value, c.weight) for c in before.camps]
    assert (after.stories, after.articles) == (before.stories, before.articles + 1)


def shown(count, definition):
    return state(Series("a"), count, standings(count, definition), definition)


@calm
@given(many(), many(), st.sampled_from(DEFINITIONS))
def test_counting_the_change_is_counting_all(seen, fresh, definition):
    """One story is exchanged: its ballot goes, that of what it says now comes."""
    story = seen[0].story_id
    fresh = [replace(one, story_id=story) for one in fresh]
    old = ballot([one for one in seen if one.story_id == story], definition)
    rest = [one for one in seen if one.story_id != story]
    known = tally(ballots(seen, definition))
    for new in ((ballot(fresh, definition),), ()):
        counted = recount(known, [old], new)
        again = tally([*ballots(rest, definition), *new])
        assert counted is None or shown(counted, definition) == shown(again, definition)
    assert recount(known, (), ()) == known
    kept = load(*dump(known), is_whole=True)
    assert kept == known
    assert dump(kept) == (dump(known)[0], {}), "nothing changed since it was stored"
    assert recount(tally(()), (), ballots(seen, definition)) == known


@calm
@given(many(), st.sampled_from(DEFINITIONS))
def test_states_add_up(seen, definition):
    state = assess(series_of(seen[0], definition), seen, definition)
    weights = [camp.weight for camp in state.camps]
    assert weights == sorted(weights, reverse=True)
    assert sum(weights) <= state.stories * 1.21
    assert state.stories <= state.articles <= state.observations or len(
        {one.story_id for one in seen}
    ) > len({one.url for one in seen})
    assert all(camp.stories <= state.stories for camp in state.camps)


@calm
@given(many())
def test_nothing_changed_is_no_event(seen):
    mine = [replace(one, url=seen[0].url) for one in seen]
    links = link(mine, mine)
    assert {one.kind for one in links} <= {"same"}
    definition = LOSS
    series = series_of(mine[0], definition)
    own = [one for one in mine if series_of(one, definition) == series]
    state = assess(series, own, definition)
    assert changes(state, state, ArticleChange(seen[0].url, links), definition) == ()
