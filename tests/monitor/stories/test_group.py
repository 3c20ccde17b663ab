"""Finding candidates, and growing stories, in the order of arrival."""

import string
from collections.abc import Iterable, Sequence

from hypothesis import given, settings
from hypothesis import strategies as st

from monitor.stories import Grouper, Postings, fingerprint, vote
from monitor.stories.group import COMMON, LONE, NAMED, NEWEST, RARE, SHOWN
from monitor.types import MERGED, StoryText
from tests.monitor.stories.texts import CONSENT, FERRY, MARKET_ZH, ORCHARD

HEAD, TAIL = FERRY.split("\n\n")


def stream(*texts: str) -> list[tuple[str | None, str, str | None]]:
    grouper = Grouper()
    placed = [grouper.place(str(n), text) for n, text in enumerate(texts)]
    return [(found.story_id, found.relation, found.of) for found in placed]


def test_a_story_grows_by_its_best_member_and_not_through_links() -> None:
    assert stream(
        FERRY,
        ORCHARD,
        HEAD + " Read more",
        HEAD + ORCHARD.split("\n\n")[1],  # half of each
        FERRY.replace("14.5", "17"),
        ORCHARD + " Our own report.",
    ) == [
        ("0", "first", None),
        ("1", "first", None),
        ("0", "excerpt", "0"),
        ("3", "partial", "1"),
        ("0", "revision", "0"),
        ("1", "copy", "1"),
    ]


def test_an_excerpt_that_came_first_starts_the_story_of_the_whole() -> None:
    assert stream(HEAD, FERRY) == [("0", "first", None), ("0", "contains", "0")]


def test_boilerplate_joins_nothing_and_hides_nothing() -> None:
    others = [CONSENT + text for text in (ORCHARD, ORCHARD[::-1], FERRY[::-1])]
    placed = stream(*others, FERRY, CONSENT + HEAD)
    assert placed[-1] == ("3", "excerpt", "3")
    assert len({story for story, _, _ in placed[:4]}) == 4


def test_of_equal_texts_the_oldest_is_named() -> None:
    assert stream(FERRY, FERRY, FERRY)[1:] == [("0", "exact", "0")] * 2


def test_with_addresses_the_keys_still_come_back() -> None:
    grouper = Grouper()
    grouper.place("a", FERRY, url="https://elm.example/1")
    found = grouper.place("b", FERRY, url="https://elm.example/1")
    assert (found.story_id, found.of) == ("a", "a")


def test_candidates_are_the_texts_that_share_most_keys_the_older_first() -> None:
    postings = Postings()
    for name, text in [("part", HEAD), ("whole", FERRY), ("again", FERRY), ("other", ORCHARD)]:
        postings.add(StoryText(name, name, text), fingerprint(text))
    found = postings.candidates(fingerprint(FERRY + " Our own report."))
    assert [text.key for text in found] == ["whole", "again", "part"]
    assert [text.key for text in postings.candidates(fingerprint(FERRY))] == ["whole"]


def own_stories(numbers: Iterable[int]) -> dict[int, str]:
    return {number: f"S{number}" for number in numbers}


def one_story(numbers: Iterable[int]) -> dict[int, str]:
    return dict.fromkeys(numbers, "S")


def keyed(*texts: Sequence[int], of_pairs: bool = False) -> dict[int, Sequence[int]]:
    return {2 * key + of_pairs: numbers for key, numbers in enumerate(texts)}


def test_a_key_of_many_stories_has_no_vote() -> None:
    common, new = list(range(COMMON)), [9]
    assert vote(keyed(common[:-1], common[:-1], new, new), own_stories) == [0, 1, 2, 9]
    assert vote(keyed(common, common, common, new, new), own_stories) == [9, 3, 2, 1, 0]
    assert vote(keyed(common, common, new, new), own_stories) == [9]


def test_names_of_a_running_story_show_nothing() -> None:
    common, many = list(range(COMMON)), list(range(NAMED))
    assert vote(keyed(common, common, common, of_pairs=True), own_stories) == []
    assert vote(keyed(many, many, many, of_pairs=True), one_story) == []
    assert vote(keyed([9], of_pairs=True), own_stories) == []
    assert vote(keyed([9], [9], of_pairs=True), own_stories) == [9]


def test_texts_that_are_gone_have_no_vote() -> None:
    gone = set(range(3))
    found = vote(keyed([*gone, 3], [*gone, 3]), lambda numbers: own_stories(numbers - gone))
    assert found == [3]


def test_votes_and_what_is_read_of_a_key_are_bounded() -> None:
    many = list(range(100))
    assert len(vote(keyed(many, many), one_story)) == RARE
    assert vote(keyed(many), one_story) == [99, 98, 97][:LONE]
    pairs = ([n, n + 1] for n in range(200, 300))
    assert len(vote(keyed(many, many, many, *pairs), own_stories)) == RARE + SHOWN
    postings = Postings()
    for n in range(NEWEST + 1):
        postings.add(StoryText(str(n), "S", FERRY), fingerprint(FERRY + f" {n} boats"))
    found = postings.candidates(fingerprint(FERRY + " It was late."))
    assert "0" not in {text.key for text in found}


WORDS = st.text(string.ascii_lowercase, min_size=4, max_size=9)
ARTICLES = st.lists(WORDS, min_size=30, max_size=120, unique=True).map(" ".join)
NEAR = st.sampled_from([FERRY, ORCHARD, HEAD, HEAD + " Read more", FERRY + ORCHARD, MARKET_ZH])


@settings(max_examples=50, deadline=None)
@given(st.lists(NEAR, max_size=8), ARTICLES, st.integers(0, 8))
def test_an_unrelated_article_changes_no_story(texts: list[str], other: str, at: int) -> None:
    at = min(at, len(texts))
    without, with_it = Grouper(), Grouper()
    placed = [without.place(str(n), text) for n, text in enumerate(texts)]
    again = [with_it.place(str(n), text) for n, text in enumerate(texts[:at])]
    assert with_it.place("other", other).relation == "first"
    again += [with_it.place(str(n), text) for n, text in enumerate(texts[at:], at)]
    assert placed == again


@settings(max_examples=50, deadline=None)
@given(st.lists(NEAR | ARTICLES, min_size=1, max_size=12), st.data())
def test_an_exact_copy_joins_the_story_of_its_original(
    texts: list[str], data: st.DataObject
) -> None:
    grouper = Grouper()
    placed = [grouper.place(str(n), text) for n, text in enumerate(texts)]
    original = texts.index(data.draw(st.sampled_from(texts)))
    found = grouper.place("copy", texts[original])
    assert (found.relation, found.story_id) == ("exact", placed[original].story_id)


@settings(max_examples=50, deadline=None)
@given(st.lists(st.text(max_size=400), max_size=6))
def test_every_text_gets_a_story_and_every_merge_a_member(texts: list[str]) -> None:
    grouper, stories = Grouper(), {}
    for n, text in enumerate(texts):
        found = grouper.place(str(n), text)
        assert found.story_id is not None
        if found.relation in MERGED:
            assert stories[found.of] == found.story_id
        stories[str(n)] = found.story_id
