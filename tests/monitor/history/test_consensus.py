"""States of claims: camps, weights, medians, counts."""

import pytest

from monitor.history import assess, series_of
from tests.monitor.history.build import (
    LOSS,
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
