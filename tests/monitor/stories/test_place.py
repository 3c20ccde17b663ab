"""Each relation, with its evidence, on texts of our own."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.stories import ALGORITHM, place
from monitor.stories.place import MIN_WORDS
from monitor.types import MERGED, Membership, StoryText
from tests.monitor.stories.texts import CONSENT, FERRY, MARKET_ZH, ORCHARD

HEAD, TAIL = FERRY.split("\n\n")
FIGURES = FERRY.replace("14.5 million", "17 million").replace("1988", "1998")


def beside(text: str, *others: str) -> Membership:
    """The text placed beside others, each the only one of its story: S0, S1, ..."""
    stored = [StoryText(f"t{n}", f"S{n}", other) for n, other in enumerate(others)]
    return place(text, stored)


def replaced(text: str, kept: int, gone: int) -> str:
    """The text with ``gone`` words replaced after each ``kept`` ones, to its end."""
    words = text.split()
    places = range(len(words))
    return " ".join(words[n] if n % (kept + gone) < kept else f"other{n}" for n in places)


@pytest.mark.parametrize(
    ("text", "relation"),
    [
        (FERRY.upper().replace(". ", ".\n\n"), "exact"),
        (FERRY.replace("old ferry", "ferry") + " Reporting by our staff.", "copy"),
        (replaced(FERRY, 11, 2), "copy"),
        (FIGURES, "revision"),
        (HEAD + " Read more", "excerpt"),
        (HEAD[:250] + "...", "excerpt"),
        (FERRY + "\n\n" + ORCHARD.split("\n\n")[1], "contains"),
        (CONSENT + FERRY, "contains"),
        (HEAD + ORCHARD.split("\n\n")[1], "partial"),
        (replaced(FERRY, 5, 12), "rewrite"),
        (ORCHARD + " " + TAIL[:165], "quote"),
        (ORCHARD, "first"),
        ("Port Elm closes its old ferry terminal at the end of March", "none"),
    ],
    ids=lambda value: value if len(value) < 12 else "",
)
def test_relations(text: str, relation: str) -> None:
    found = beside(text, FERRY)
    assert found.relation == relation
    assert found.story_id == ("S0" if relation in MERGED else None)
    assert found.of == (None if relation in ("first", "none") else "t0")


def test_the_changed_figures_are_in_the_evidence() -> None:
    evidence = beside(FIGURES, FERRY).evidence
    assert evidence["changed_figures"] == [["1988", "1998"], ["14.5", "17"]]


@pytest.mark.parametrize("share", ["11", "15", "17"])
def test_one_wire_brief_with_another_percentage_is_a_revision(share: str) -> None:
    brief = (
        "The chip maker's shares fell {} percent in early trade on Monday, as buyers asked whether "
        "a rival from abroad, which says that it needs far fewer chips, has made the whole branch "
        "look dear. The company declined to comment."
    )
    found = beside(brief.format(share), brief.format("13"))
    assert (found.relation, found.evidence["changed_figures"]) == ("revision", [["13", share]])


def test_a_figure_cut_in_two_by_an_advertisement_is_not_a_changed_one() -> None:
    found = beside(FERRY.replace("14.5", "14.\nAdvertisement\n5"), FERRY)
    assert (found.relation, "changed" in found.evidence) == ("copy", False)


def test_an_excerpt_from_the_middle_of_a_long_text_is_only_a_link() -> None:
    """A brief within a digest: or all briefs of the digest would become one story."""
    digest = f"{ORCHARD}\n\n{CONSENT}\n\n{HEAD}\n\n{CONSENT[::-1]}"
    assert beside(HEAD, digest).relation == "partial"


def test_what_several_stories_hold_has_no_vote() -> None:
    articles = [ORCHARD, ORCHARD[::-1], FERRY[::-1]]  # nothing in common
    others = [CONSENT + article for article in articles]
    assert beside(CONSENT + FERRY, *others[:2]).relation == "partial"
    assert beside(CONSENT + FERRY, *others).relation == "first"
    excerpt = beside(CONSENT + HEAD, *others, FERRY)
    assert (excerpt.relation, excerpt.of) == ("excerpt", "t3")
    assert beside(CONSENT, *others).relation == "first"


def test_a_site_that_repeats_itself_is_not_linked() -> None:
    text = HEAD + ORCHARD.split("\n\n")[1]
    stored = [StoryText("https://elm.example/1", "S", FERRY)]
    assert place(text, stored, url="https://oak.example/2").relation == "partial"
    assert place(text, stored, url="https://www.elm.example/2").relation == "first"
    assert place(FERRY, stored, url="https://www.elm.example/2").relation == "exact"


def test_two_stories_of_the_same_site_make_a_passage_common() -> None:
    near = [
        StoryText("https://elm.example/1", "S0", CONSENT + ORCHARD),
        StoryText("https://elm.example/2", "S1", CONSENT + ORCHARD[::-1]),
        StoryText("https://oak.example/3", "S2", FERRY),
    ]
    found = place(CONSENT + HEAD, near, url="https://elm.example/4")
    assert (found.relation, found.story_id) == ("excerpt", "S2")
    assert place(CONSENT + HEAD, near).relation != "excerpt"


def test_the_figures_of_another_day_make_a_form_where_the_days_are_known() -> None:
    text = (FERRY + " It had 310 guests in 5 of its 7 rooms, 4 boats and 21 buses.").replace
    new = text("310", "290").replace(" 5 ", " 6 ").replace("21", "19").replace("4 b", "3 b")
    new = new.replace("14.5", "17").replace("1988", "1998").replace("2 of", "3 of")
    stored = [StoryText("t", "S", text("", ""), datetime(2025, 1, 6, tzinfo=UTC))]
    assert place(new, stored, datetime(2025, 1, 6, 3, tzinfo=UTC)).relation == "revision"
    assert place(new, stored, datetime(2025, 1, 7, tzinfo=UTC)).relation == "template"


def test_other_names_in_the_same_words_make_a_form() -> None:
    new = FERRY
    for old, name in [("Elm", "Ash"), ("Calder", "Voss"), ("Oakley", "Lind"), ("Brandt", "Kay")]:
        new = new.replace(old, name)
    no_figures = str.maketrans("", "", "0123456789")
    assert beside(new.translate(no_figures), FERRY.translate(no_figures)).relation == "template"


@pytest.mark.parametrize(
    ("text", "relation"),
    [
        (MARKET_ZH.replace("，", ", "), "exact"),
        (MARKET_ZH.replace("決定關閉", "同意關掉"), "copy"),
        (MARKET_ZH.replace("1450", "1700"), "revision"),
        (MARKET_ZH[:90], "excerpt"),
        ("昨天" + MARKET_ZH + "記者報導", "copy"),
        (MARKET_ZH[:20], "none"),
    ],
    ids=["exact", "copy", "revision", "excerpt", "credit", "none"],
)
def test_relations_in_chinese(text: str, relation: str) -> None:
    assert beside(text, MARKET_ZH).relation == relation


def test_without_candidates_a_text_is_the_first() -> None:
    assert place(FERRY, ()) == Membership(None, "first", algorithm=ALGORITHM)


@given(st.text(), st.lists(st.text(), max_size=4))
def test_no_text_raises(text: str, others: list[str]) -> None:
    beside(text, *others)


@given(st.lists(st.sampled_from((FERRY + ORCHARD).split()), min_size=MIN_WORDS, max_size=60))
def test_an_exact_copy_always_joins(chosen: list[str]) -> None:
    text = " ".join(chosen)
    found = beside(text + ".", ORCHARD, text, FERRY)
    assert (found.relation, found.story_id) == ("exact", "S1")
