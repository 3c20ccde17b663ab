"""States of claims: camps, weights, medians, counts."""

from decimal import Decimal

import pytest

from monitor.history import assess, series_of
from monitor.history.statements import weight
from tests.monitor.history.build import (
    FOUNDED,
    FOUNDER,
    LOSS,
    MOVE,
    OPEN,
    RELEASE,
    see,
    state_of,
    values,
)

BN = 10**9


def test_nothing_said_is_no_state():
    assert assess(series_of(see(1), LOSS), [], LOSS) is None


def test_seed_values_are_three_camps():
    state = state_of(
        [
            see(300 * BN, "a", modality="hedged"),
            see(600 * BN, "b", bound="near"),
            see(100 * BN, "c"),
            see(500 * BN, "d", bound="gt"),
        ]
    )
    assert values(state) == [600, 100, 300]
    assert state.point == 600 * BN
    assert (state.low, state.high) == (570 * BN, 600 * BN)
    assert state.camps[0].stories == 2  # "more than half a trillion" stands with nearly 600
    assert state.spread == 500 * BN
    assert state.contested


@pytest.mark.parametrize(
    "said, camps",
    [
        ([(600, "near"), (593, "eq"), (589, "eq")], [593]),
        ([(593, "eq"), (589, "eq")], [589]),
        ([(589, "eq"), (300, "eq")], [300, 589]),
        ([(5.6e-3, "eq"), (6e-3, "eq")], [5.6e-3]),
        ([(5.6e-3, "eq"), (5e-3, "eq")], [5e-3, 5.6e-3]),
        ([(500, "eq"), (600, "eq"), (550, "eq")], [500, 550, 600]),
        ([(1000, "eq"), (1000, "gt")], [1000]),
        ([(600, "lt"), (700, "eq")], [700, 600]),
        ([(600, "gt")], [600]),
    ],
    ids=str,
)
def test_significant_digits_decide(said, camps):
    sightings = [see(v * BN, f"s{i}", bound=bound) for i, (v, bound) in enumerate(said)]
    assert values(state_of(sightings)) == camps


def test_surer_and_more_exact_words_weigh_more():
    modality = ("asserted", "attributed", "hedged", "predicted", "doubted")
    bounds = ("eq", "near", "approx", "gt")
    said = [see(1, modality=word).observation for word in modality]
    exact = [see(1, bound=word).observation for word in bounds]
    for group in (said, exact):
        weights = [weight(one) for one in group]
        assert weights == sorted(set(weights), reverse=True)
    assert weight(said[-1]) == 0
    assert weight(see(1, flags=("suspect",)).observation) == 0


@pytest.mark.parametrize(
    "bound, value, stories",
    [("gt", 500, 2), ("gt", 300, 2), ("gt", 200, 1), ("lt", 700, 2), ("upto", 1300, 1)],
    ids=str,
)
def test_bounds_reach_twice_as_far(bound, value, stories):
    state = state_of([see(600 * BN, "a"), see(value * BN, "b", bound=bound)])
    assert values(state) == [600]
    assert state.camps[0].stories == stories


@pytest.mark.parametrize(
    "definition, said, camps",
    [
        (MOVE, [-17, -16.97, -13], [-17, -13]),
        (MOVE, [17, 18], [17, 18]),
        (MOVE, [2, -2], [-2, 2]),
        (FOUNDED, [2023, 2024], [2023, 2024]),
        (FOUNDER, ["Liang Wenfeng", "liang wenfeng", "X"], ["Liang Wenfeng", "X"]),
        (RELEASE, ["2025-01-20", "2025-01", "2025-01-21"], ["2025-01-20", "2025-01-21"]),
        (RELEASE, ["2025-01", "2025-02"], ["2025-01", "2025-02"]),
        (RELEASE, ["soon", "2025-02"], ["2025-02", "soon"]),
        (OPEN, [True, True, False], [True, False]),
    ],
    ids=str,
)
def test_camps_of_every_kind(definition, said, camps):
    seen = [see(value, f"s{n}", definition=definition) for n, value in enumerate(said)]
    assert sorted(map(str, values(state_of(seen, definition)))) == sorted(
        str(float(c)) if isinstance(c, int) and not isinstance(c, bool) else str(c) for c in camps
    )


def test_printed_range_states_both_ends_and_a_vague_one_backs_what_lies_in_it():
    ends = {"bound": "range", "low": Decimal(10_000), "high": Decimal(50_000)}
    printed = see(None, "a", quote="from 10,000 to 50,000", **ends)
    vague = see(None, "b", quote="tens of thousands", **ends)
    exact = see(20_000, "c")
    assert [int(c.value) for c in state_of([printed]).camps] == [10_000, 50_000]
    assert [int(c.value) for c in state_of([vague]).camps] == [30_000]
    state = state_of([vague, exact])
    assert [(int(c.value), c.stories) for c in state.camps] == [(20_000, 2)]


def test_counts_are_given_twice():
    state = state_of(
        [
            see(589 * BN, "a"),
            see(589 * BN, "a", article="https://copy.example/", outlet="copy"),
            see(589 * BN, "a", start=90),
            see(593 * BN, "b"),
            see(593 * BN, "c", modality="doubted"),
        ]
    )
    assert (state.observations, state.articles, state.stories, state.outlets) == (5, 4, 3, 4)
    assert (state.supporters, state.doubters) == (2, 1)
    assert (state.camps[0].articles, state.camps[0].stories) == (3, 2)
