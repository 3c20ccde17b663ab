"""Attempts to move a consensus: the leading value stays within 2 % (issue 8)."""

import random
from decimal import Decimal

import pytest

from tests.monitor.history.build import MOVE, see, state_of, values

BN = 10**9


def press():
    """Ten independent stories that agree on a loss near 590 billion, two that say 300."""
    said = [589, 593, 589, 588.8, 593, 589]
    stories = [see(value * BN, f"p{n}", hours=n) for n, value in enumerate(said)]
    stories += [see(600 * BN, f"n{n}", bound="near", hours=n) for n in range(3)]
    stories.append(see(500 * BN, "g0", bound="gt"))
    return stories + [see(300 * BN, f"l{n}", hours=n) for n in range(2)]


def copies(value, count, story="copied", **fields):
    return [
        see(value, story, article=f"https://copy{n}.example/a", outlet=f"copy {n}", hours=20 + n)
        for n in range(count)
    ]


ATTACKS = {
    "60 copies of a typo": copies(5.89 * BN, 60),
    "60 copies of $100bn": copies(100 * BN, 60),
    "60 copies of a transposed figure": copies(598 * BN, 60),
    "60 copies of a figure in the same camp": copies(570 * BN, 60),
    "five low bounds": [see(100 * BN, f"b{n}", bound="gt") for n in range(5)],
    "five high bounds": [see(900 * BN, f"b{n}", bound="upto") for n in range(5)],
    "five bounds against": [see(200 * BN, f"b{n}", bound="lt") for n in range(5)],
    "five bounds far above": [see(5000 * BN, f"b{n}", bound="ge") for n in range(5)],
    "a second mode": [see(300 * BN, f"m{n}") for n in range(5)],
    "values between the modes": [see(v * BN, f"v{v}") for v in (350, 400, 450, 500)],
    "one outlet with 30 articles": [
        see(120 * BN, f"o{n}", outlet="loud", hours=n) for n in range(30)
    ],
    "suspect values": [see(59 * BN, f"t{n}", flags=("suspect",)) for n in range(30)],
    "denials": [see(589 * BN, f"d{n}", modality="denied") for n in range(30)],
    "predictions": [see(50 * BN, f"f{n}", modality="predicted") for n in range(6)],
}


@pytest.mark.parametrize("attack", ATTACKS.values(), ids=ATTACKS)
def test_leading_value_stays(attack):
    quiet, loud = state_of(press()), state_of([*press(), *attack])
    assert quiet.point == 589 * BN
    assert abs(loud.point - quiet.point) <= Decimal("0.02") * quiet.point
    assert loud.camps[0].value == loud.point


def test_five_bounds_cannot_turn_a_small_majority():
    quiet = [see(589 * BN, "a"), see(593 * BN, "b"), see(100 * BN, "c")]
    for bound in ("lt", "le", "upto"):
        attack = [see(200 * BN, f"x{n}", bound=bound) for n in range(5)]
        assert values(state_of([*quiet, *attack])) == [589, 100]


@pytest.mark.parametrize(
    "attack, camps",
    [
        ("60 copies of a typo", [589, 300, 5.89]),
        ("60 copies of $100bn", [589, 300, 100]),
        ("five low bounds", [589, 300]),
        ("five high bounds", [589, 300]),
        ("five bounds against", [589, 300, 200]),
        ("one outlet with 30 articles", [589, 300, 120]),
        ("suspect values", [589, 300]),
        ("denials", [589, 300]),
    ],
)
def test_camps_of_attacks(attack, camps):
    assert values(state_of([*press(), *ATTACKS[attack]])) == camps


def test_copies_weigh_one_vote_and_are_counted():
    state = state_of([*press(), *ATTACKS["60 copies of $100bn"]])
    camp = state.camps[-1]
    assert (camp.value, camp.weight, camp.stories, camp.articles) == (100 * BN, 1, 1, 60)


def test_loud_outlet_has_one_vote_in_all():
    state = state_of([*press(), *ATTACKS["one outlet with 30 articles"]])
    camp = state.camps[-1]
    assert (camp.weight, camp.stories, camp.outlets) == (1, 30, ("loud",))


def test_bimodal_claim_shows_both_modes():
    said = [10_000, 10_000, 10_000, 50_000, 50_000]
    state = state_of([see(v, f"s{n}") for n, v in enumerate(said)])
    assert [int(camp.value) for camp in state.camps] == [10_000, 50_000]
    assert state.point == 10_000
    assert state.contested


def test_bounds_do_not_pull_the_median():
    exact = [see(17, f"s{n}", definition=MOVE) for n in range(2)]
    bounds = [see(15, f"b{n}", definition=MOVE, bound="gt") for n in range(9)]
    assert state_of(exact + bounds, MOVE).point == 17


@pytest.mark.parametrize("seed", range(20))
def test_any_order_gives_the_same_state(seed):
    sightings = [*press(), *(one for attack in ATTACKS.values() for one in attack)]
    shuffled = random.Random(seed).sample(sightings, len(sightings))
    assert state_of(shuffled) == state_of(sightings)
