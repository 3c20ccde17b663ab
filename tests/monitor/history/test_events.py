"""Events in detail: ids, hysteresis, what was told."""

import json

from monitor.history import ArticleChange, Told, changes, link, told
from monitor.history.camps import Standing
from tests.monitor.history.build import FOUNDER, LOSS, OPEN, RELEASE, see, state_of
from tests.monitor.history.film import Film, kinds

BN = 10**9


def votes(*values):
    return [see(value * BN, f"s{n}") for n, value in enumerate(values)]


def change_of(sighting, others=()):
    return ArticleChange(sighting.url, link((), (sighting,)), others=tuple(others))


def test_replay_gives_the_same_ids():
    def play():
        film = Film()
        film.show(see(480 * BN))
        film.show(see(589 * BN, "s2"))
        film.show(see(589 * BN, version="v2"))
        return list(film.events)

    assert play() == play()
    assert len(play()) == len(set(play())) == 7


def test_events_are_plain_json():
    film = Film()
    film.show(see(5.6e6, bound="gt"))
    film.show(see(600.5 * BN, "s2", bound="near"))
    for event in film.events.values():
        json.dumps([event.before, event.after, event.evidence], allow_nan=False)


def test_a_tie_does_not_flap():
    """A camp that is ahead by less than a tenth is not told to have overtaken."""
    before = state_of(votes(*[300] * 10, *[589] * 10))
    hedged = see(589 * BN, "h", modality="hedged")
    after = state_of([*votes(*[300] * 10, *[589] * 10), hedged])
    assert (before.point, after.point) == (300 * BN, 589 * BN)
    so_far = Told(Standing(before.point), contested=True)
    assert changes(before, after, change_of(hedged), LOSS, so_far) == ()
    clear = state_of([*votes(*[300] * 10, *[589] * 11), hedged])
    events = changes(after, clear, change_of(hedged), LOSS, so_far)
    assert kinds(events) == ["camp_overtook", "consensus_moved"]
    assert changes(after, clear, change_of(hedged), LOSS, told(events, so_far)) == ()


def test_slow_drift_is_told_once_it_is_a_change():
    so_far = Told(Standing(see(500 * BN).observation.value))
    steps = [505, 512, 520, 528]
    found = []
    for old, new in zip([500, *steps], steps, strict=False):
        states = state_of(votes(old, old)), state_of(votes(new, new))
        events = changes(*states, change_of(see(new * BN)), LOSS, so_far)
        so_far = told(events, so_far)
        found.append(kinds(events))
    assert found == [[], [], [], []]  # 500 has one significant digit: 528 may be meant by it
    states = state_of(votes(528, 528)), state_of(votes(560, 560))
    assert kinds(changes(*states, change_of(see(560 * BN)), LOSS, so_far)) == ["consensus_moved"]


def test_settled_waits_until_it_is_sure():
    so_far = Told(Standing(see(589 * BN).observation.value), contested=True)
    before = state_of(votes(589, 589, 589, 300))
    assert before.contested
    four = state_of([*votes(589, 589, 589), see(593 * BN, "x"), see(300 * BN, "y")])
    five = state_of([*votes(589, 589, 589, 589), see(593 * BN, "x"), see(300 * BN, "y")])
    assert not four.contested
    assert not five.contested
    change = change_of(see(593 * BN, "x"))
    assert changes(before, four, change, LOSS, so_far) == ()
    assert kinds(changes(before, five, change, LOSS, so_far)) == ["settled"]


def test_told_is_kept_through_other_events():
    film = Film()
    film.show(see(300 * BN, "a"))
    film.show(see(589 * BN, "b"))
    (so_far,) = film.told.values()
    assert so_far == Told(Standing(300 * BN, 300 * BN, 300 * BN), contested=True)


def test_words_dates_and_booleans_have_events_too():
    film = Film(FOUNDER, RELEASE, OPEN)
    assert kinds(film.show(see("Liang Wenfeng", "a", definition=FOUNDER))) == ["first_seen"]
    assert film.show(see("liang  wenfeng", "b", definition=FOUNDER)) == []
    other = film.show(see("Someone Else", "c", definition=FOUNDER))
    assert kinds(other) == ["new_camp", "contested"]
    film.show(see("2025-01-20", "a", definition=RELEASE, article="https://r.example/1"))
    assert film.show(see("2025-01", "b", definition=RELEASE, article="https://r.example/2")) == []
    film.show(see(True, "a", definition=OPEN, article="https://o.example/1"))
    edit = film.show(see(False, "a", definition=OPEN, article="https://o.example/1", version="v2"))
    assert kinds(edit) == ["silent_edit", "consensus_moved"]


def test_contradiction_is_one_voice_about_one_time():
    def article(*said):
        return kinds(Film().show(*said))

    here = see(100 * BN), see(589 * BN, start=50, speaker="Wang")
    assert article(*here) == ["first_seen"]
    years = see(224 * BN, about_start="2024"), see(280 * BN, start=50, about_start="2025")
    assert article(*years) == ["first_seen"]
    bound = see(500 * BN, bound="gt"), see(589 * BN, start=50)
    assert article(*bound) == ["first_seen"]
    against = see(500 * BN, bound="lt"), see(589 * BN, start=50)
    assert article(*against) == ["first_seen", "contradiction"]


def test_suspect_values_are_told_once_a_story():
    film = Film()
    film.show(see(589 * BN, "s0"))
    typo = {"flags": ("suspect",)}
    assert kinds(film.show(see(5.89 * BN, "s1", **typo))) == ["suspect_value"]
    for n in range(3):
        assert film.show(see(5.89 * BN, "s1", article=f"https://c{n}.example/", **typo)) == []
    assert film.state().camps[-1].weight == 0


def test_another_time_is_no_changed_number():
    film = Film()
    film.show(see(224 * BN, "a", outlet="Daily", about_start="2024"))
    later = film.show(see(280 * BN, "b", outlet="Daily", about_start="2025", hours=2))
    assert "outlet_changed_its_number" not in kinds(later)
