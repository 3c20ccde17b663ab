"""History as films: what each article says at t1, t2, ...; exactly the expected events come out."""

from dataclasses import replace
from decimal import Decimal

from monitor.history import ArticleChange, Definition, changes, link
from tests.monitor.history.build import LOSS, MOVE, see, state_of, values
from tests.monitor.history.film import Film, kinds

BN = 10**9
URL = "https://s1.example/a"
COST = Definition("deepseek.training_cost", unit="USD")


def test_silent_edit_of_the_only_value():
    film = Film()
    assert kinds(film.show(see(480 * BN, quote="$480 billion"))) == ["first_seen"]
    events = film.show(see(589 * BN, quote="$589 billion", version="v2"))
    assert kinds(events) == ["silent_edit", "consensus_moved"]
    edit = events[0]
    assert (edit.before["value"], edit.after["value"]) == (480 * BN, 589 * BN)
    assert (edit.before["quote"], edit.after["quote"]) == ("$480 billion", "$589 billion")
    assert [one["quote"] for one in edit.evidence["before"]] == ["$480 billion"]
    assert [one["quote"] for one in edit.evidence["after"]] == ["$589 billion"]
    assert edit.evidence["before"][0]["text_sha256"] != edit.evidence["after"][0]["text_sha256"]
    assert edit.url == URL
    assert film.state().point == 589 * BN


def test_silent_edit_beside_others_moves_nothing():
    film = Film()
    film.show(see(480 * BN))
    for story in ("s2", "s3", "s4"):
        film.show(see(589 * BN, story))
    events = film.show(see(589 * BN, version="v2"))
    assert kinds(events) == ["silent_edit", "settled"]
    assert values(film.state()) == [589]


def test_value_repeated_in_an_article_is_edited_once():
    film = Film()
    film.show(*(see(480 * BN, start=at) for at in (10, 200, 400)))
    events = film.show(*(see(589 * BN, start=at, version="v2") for at in (10, 200)))
    assert kinds(events) == ["silent_edit", "consensus_moved"]


def test_edit_with_notice_is_a_correction():
    film = Film()
    film.show(see(480 * BN))
    notice = "Correction: an earlier version gave the loss as $480 billion."
    events = film.show(
        see(589 * BN, version="v2"),
        see(480 * BN, version="v2", modality="denied", start=900),
        notice=notice,
    )
    assert kinds(events) == ["corrected", "consensus_moved"]
    assert events[0].evidence["notice"] == notice
    assert film.state().doubters == 1


def test_billion_corrected_to_million():
    film = Film(COST)
    told = {"definition": COST, "speaker": "DeepSeek", "modality": "attributed"}
    first = film.show(see(5.6e9, flags=("suspect",), **told))
    assert kinds(first) == ["first_seen", "suspect_value"]
    assert film.state().point is None
    events = film.show(see(5.6e6, version="v2", **told), notice="This has been corrected.")
    assert kinds(events) == ["corrected", "new_camp"]
    assert film.state().point == Decimal("5600000")


def test_attribution_dropped():
    film = Film(COST)
    film.show(see(5.6e6, definition=COST, speaker="DeepSeek", modality="attributed"))
    events = film.show(see(5.6e6, definition=COST, version="v2"))
    assert kinds(events) == ["silent_edit"]
    assert (events[0].before["speaker"], events[0].after["speaker"]) == ("DeepSeek", None)


def test_sentence_removed():
    film = Film()
    film.show(see(589 * BN, "s2"))
    film.show(see(300 * BN, quote="$300 billion"))
    events = film.show(url=URL)
    assert kinds(events) == ["withdrawn", "settled"]
    assert events[0].quote == "$300 billion"


def test_one_of_two_mentions_removed_says_nothing():
    film = Film()
    film.show(see(589 * BN), see(589 * BN, start=300))
    assert film.show(see(589 * BN, version="v2")) == []


def test_article_removed_and_back():
    film = Film()
    film.show(see(589 * BN, "s2"))
    film.show(see(593 * BN))
    assert kinds(film.remove(URL)) == ["takedown"]
    assert film.state().articles == 1
    assert film.show(see(593 * BN)) == []
    assert film.state().articles == 2


def test_only_article_removed_and_back_is_not_first_seen_again():
    film = Film()
    film.show(see(589 * BN))
    assert kinds(film.remove(URL)) == ["takedown"]
    assert film.state() is None
    assert film.show(see(589 * BN)) == []
    assert film.state().point == 589 * BN


def test_cosmetic_edits_tell_nothing():
    film = Film()
    film.show(see(589 * BN, quote="$589 billion"))
    state = film.state()
    assert film.show(see(589 * BN, quote="$589  billion", start=44, version="v2")) == []
    assert film.show(see(589 * BN, quote="US$589bn", version="v3")) == []
    assert film.state() == state


def test_paragraphs_swapped_tell_nothing():
    film = Film()
    film.show(see(589 * BN, start=10), see(300 * BN, modality="doubted", start=200))
    swapped = film.show(
        see(300 * BN, modality="doubted", start=10, version="v2"),
        see(589 * BN, start=200, version="v2"),
    )
    assert swapped == []


def test_copies_late_and_joined():
    film = Film()
    film.show(see(589 * BN, "s1"))
    film.show(see(100 * BN, "x0"))
    for n in range(1, 4):
        film.show(see(100 * BN, f"x{n}"))
    assert values(film.state())[0] == 100
    film.join({f"x{n}": "x0" for n in range(4)})
    assert [camp.weight for camp in film.state().camps] == [1, 1]
    assert film.state().stories == 2
    assert kinds(film.show(see(593 * BN, "s2"))) == ["camp_overtook", "consensus_moved"]


def test_a_camp_overtakes():
    film = Film()
    told = [film.show(see(300 * BN, "a")), film.show(see(589 * BN, "b"))]
    told += [film.show(see(593 * BN, story)) for story in "cd"]
    assert [kinds(events) for events in told] == [
        ["first_seen"],
        ["new_camp", "contested"],
        ["camp_overtook", "consensus_moved"],
        [],
    ]
    assert values(film.state()) == [593, 300]


def test_intraday_then_close():
    film = Film(MOVE)
    intraday = see(-13, definition=MOVE, qualifiers={"session": "intraday"})
    close = see(-17, "s2", definition=MOVE, qualifiers={"session": "close"}, hours=6)
    assert kinds(film.show(intraday)) == ["first_seen"]
    assert kinds(film.show(close)) == ["first_seen"]
    assert len(film.states) == 2


def test_rounding_does_not_flap():
    film = Film()
    film.show(see(600 * BN, "a", bound="near"))
    for n, value in enumerate((589, 593, 600, 588.8, 590, 600)):
        assert film.show(see(value * BN, f"s{n}")) == []


def test_denial_is_told_once_for_all_copies():
    film = Film(COST)
    told = {"definition": COST, "speaker": "Wang", "modality": "denied"}
    film.show(see(5.6e6, "s0", definition=COST))
    assert kinds(film.show(see(5.6e6, "s1", **told))) == ["denied"]
    assert film.show(see(5.6e6, "s1", article="https://copy.example/a", **told)) == []
    assert film.state().supporters == 1
    assert film.state().doubters == 1


def test_an_outlet_changes_its_number_in_a_new_article():
    film = Film()
    film.show(see(480 * BN, "a", outlet="Daily"))
    events = film.show(see(589 * BN, "b", outlet="Daily", hours=5))
    assert kinds(events) == ["outlet_changed_its_number", "new_camp", "contested"]
    later = film.show(see(593 * BN, "c", outlet="Daily", hours=9))
    assert kinds(later) == ["camp_overtook", "consensus_moved"]


def test_an_article_contradicts_itself():
    film = Film()
    events = film.show(see(100 * BN), see(589 * BN, start=300))
    assert kinds(events) == ["first_seen", "contradiction"]
    copy = "https://copy.example/a"
    assert film.show(see(100 * BN, article=copy), see(589 * BN, article=copy, start=300)) == []
    assert film.show(see(589 * BN, version="v2")) != []


def test_back_and_forth_are_four_edits():
    film = Film()
    film.show(see(480 * BN, "s1"), url=URL)
    edits = [
        film.show(see(value * BN, version=f"v{value}"), url=URL) for value in (589, 480, 589, 480)
    ]
    assert [kinds(events) for events in edits] == [["silent_edit", "consensus_moved"]] * 4


def test_without_memory_a_silent_series_comes_back_in_silence():
    said = see(589 * BN)
    state = state_of([said])
    silent = replace(state, point=None, camps=(), observations=0, contested=False)
    there = ArticleChange(URL, link((), (said,)))
    gone = ArticleChange(URL, link((said,), ()), gone=True)
    assert kinds(changes(state, silent, gone, LOSS)) == ["takedown"]
    assert changes(silent, state, there, LOSS) == ()
