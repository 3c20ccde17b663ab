"""The origin of a story with its reason, and bounds of what is independent."""

from datetime import UTC, datetime

import pytest

from monitor.stories import Member, independent, origin

MONDAY, TUESDAY = datetime(2025, 1, 27, tzinfo=UTC), datetime(2025, 1, 28, tzinfo=UTC)
ELM = Member("https://elm.example/1", "Elm Post", 300, MONDAY)
OAK = Member("https://oak.example/2", "Oak Wire", 500, TUESDAY)
ASH = Member("https://ash.example/3", "Ash Daily", 200, TUESDAY)


def copy(member: Member, **changes: object) -> Member:
    fields = {name: getattr(member, name) for name in Member.__slots__}
    return Member(**(fields | changes))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("members", "expected", "reason"),
    [
        ([OAK, ASH, ELM], ELM, "the earliest"),
        ([copy(ELM, wire="OAK WIRE"), OAK], OAK, "a member credits this agency"),
        ([copy(ELM, wire="Birch"), OAK], copy(ELM, wire="Birch"), "the earliest"),
        (
            [copy(ELM, wire="Oak Wire"), OAK, copy(ASH, canonical_url=OAK.key)],
            OAK,
            "another member names it as canonical",
        ),
        (
            [copy(ELM, canonical_url=ELM.key, published_at=None), copy(OAK, published_at=None)],
            copy(OAK, published_at=None),
            "the longest, for no date is known",
        ),
    ],
    ids=["earliest", "wire", "unknown wire", "canonical", "undated"],
)
def test_origin(members: list[Member], expected: Member, reason: str) -> None:
    assert origin(members) == (expected, reason)
    assert origin(members[::-1]) == (expected, reason)


def test_a_story_without_members_has_no_origin() -> None:
    with pytest.raises(ValueError, match="without members"):
        origin([])


@pytest.mark.parametrize(
    ("links", "expected"),
    [
        ([], (4, 4)),
        ([("a", "b"), ("b", "c"), ("c", "a")], (2, 4)),
        ([("a", "b"), ("c", "d")], (2, 4)),
        ([("a", "elsewhere"), ("b", "b")], (4, 4)),
    ],
)
def test_linked_stories_may_be_dependent(
    links: list[tuple[str, str]], expected: tuple[int, int]
) -> None:
    assert independent("abcd", links) == expected
