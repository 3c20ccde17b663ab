"""What a story comes down to: the member it goes back to, and how many sources are independent."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

_LATEST = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Member:
    """An article of a story, as far as its origin may be seen from it."""

    key: str  # the article's URL
    outlet: str
    words: int
    published_at: datetime | None = None
    wire: str | None = None  # agency credited; None: none
    canonical_url: str | None = None  # as the page names it, of any site


def origin(members: Sequence[Member]) -> tuple[Member, str]:
    """The member that the others most likely copy, and the reason for the choice.

    A statement goes before a guess: first the article that another member names as canonical, then
    the agency that a member credits, then the earliest, and where no date is known the longest.
    Raises ValueError for no members.
    """
    if not members:
        raise ValueError("a story without members has no origin")
    ordered = sorted(members, key=lambda m: (m.published_at or _LATEST, -m.words, m.key))
    named = {m.canonical_url for m in members if m.canonical_url != m.key}
    wires = {m.wire.casefold() for m in members if m.wire}
    for member in ordered:
        if member.key in named:
            return member, "another member names it as canonical"
    for member in ordered:
        if member.outlet.casefold() in wires:
            return member, "a member credits this agency"
    if ordered[0].published_at is not None:
        return ordered[0], "the earliest"
    return ordered[0], "the longest, for no date is known"


def independent(stories: Iterable[str], links: Iterable[tuple[str, str]]) -> tuple[int, int]:
    """How many of the stories are independent sources: at least, at most.

    ``links`` are pairs of stories of which one shares passages with the other or is suspected to
    be a rewrite of it; at least counts linked ones once. Links to other stories change nothing.
    """
    group = {story: story for story in stories}

    def head(story: str) -> str:
        while group[story] != story:
            story = group[story]
        return story

    for one, other in links:
        if one in group and other in group:
            group[head(one)] = head(other)
    return len({head(story) for story in group}), len(group)
