"""How observations of two versions are matched."""

import pytest

from monitor.history import link
from tests.monitor.history.build import MOVE, see

BN = 10**9


def kinds(before, after):
    return [
        (
            one.kind,
            None if one.before is None else one.before.observation.start,
            None if one.after is None else one.after.observation.start,
        )
        for one in link(before, after)
    ]


def test_same_text_shifted():
    before = [see(589 * BN, start=10), see(300 * BN, start=90)]
    after = [see(589 * BN, start=50), see(300 * BN, start=130)]
    assert kinds(before, after) == [("same", 10, 50), ("same", 90, 130)]


def test_moved_past_others():
    before = [see(n * BN, start=n) for n in (100, 200, 300)]
    after = [see(300 * BN, start=1), see(100 * BN, start=2), see(200 * BN, start=3)]
    assert kinds(before, after) == [("moved", 300, 1), ("same", 100, 2), ("same", 200, 3)]


def test_edited_value_between_unchanged_ones():
    before = [see(100 * BN, start=1), see(480 * BN, start=2), see(300 * BN, start=3)]
    after = [see(100 * BN, start=1), see(589 * BN, start=2), see(300 * BN, start=3)]
    assert kinds(before, after) == [("same", 1, 1), ("edited", 2, 2), ("same", 3, 3)]


def test_added_and_removed():
    before = [see(589 * BN, start=1)]
    after = [see(-17, definition=MOVE, start=5)]
    assert kinds(before, after) == [("added", None, 5), ("removed", 1, None)]


@pytest.mark.parametrize("before, after", [([], []), ([see(1)], []), ([], [see(1)])])
def test_empty_sides(before, after):
    assert len(link(before, after)) == len(before) + len(after)


def test_dissent_does_not_take_the_place_of_support():
    before = [see(5.6 * BN, start=1)]
    after = [see(5.6 * BN, start=1, modality="denied"), see(0.0056 * BN, start=2)]
    assert kinds(before, after) == [("added", None, 1), ("edited", 1, 2)]


def test_another_day_is_another_fact():
    before = [see(-17, definition=MOVE, about_start="2025-01-27")]
    after = [see(8.9, definition=MOVE, about_start="2025-01-28")]
    assert [one.kind for one in link(before, after)] == ["added", "removed"]


def test_qualifier_found_later_is_an_edit():
    before = [see(-17, definition=MOVE)]
    after = [see(-17, definition=MOVE, qualifiers={"session": "close"})]
    assert [one.kind for one in link(before, after)] == ["edited"]


def test_speaker_decides_between_two_edits():
    before = [see(480 * BN, start=1, speaker="Wang"), see(470 * BN, start=2, speaker="Musk")]
    after = [see(590 * BN, start=1, speaker="Musk"), see(600 * BN, start=2, speaker="Wang")]
    assert kinds(before, after) == [("edited", 2, 1), ("edited", 1, 2)]


def test_very_many_changes_stay_cheap():
    before = [see(n, start=n) for n in range(1, 3000)]
    after = [see(n + 0.5, start=n) for n in range(1, 3000)]
    found = [one.kind for one in link(before, after)]
    assert found.count("edited") == 100
    assert found.count("added") == found.count("removed") == 2899
