"""Who copied whom among invented articles: independent reports stay apart, copies are found.

The rules of the stories were mended once by the half "read"; of the other half only the number of
right ones was looked at.
"""

from collections.abc import Iterator

import pytest

from monitor.stories import Grouper
from monitor.types import MERGED
from tests.quality.story_events import Told, stream

# An outlet's running page whose new entries outweigh what it held before, under another address.
MISSED = {"read": 1, "unread": 1}


def wrong(told: list[Told]) -> Iterator[tuple[str, str, str | None]]:
    """Articles that were not put with the first one of their group, or were put with others."""
    grouper, home = Grouper(), dict[str, str | None]()
    for article in told:
        found = grouper.place(article.key, article.text, article.at, article.url)
        joined = found.story_id if found.relation in MERGED else None
        if joined != home.get(article.group):
            yield article.kind, found.relation, found.of
        home.setdefault(article.group, found.story_id)


@pytest.mark.parametrize("half", ["read", "unread"])
def test_each_article_is_with_its_copies_and_with_no_others(half: str) -> None:
    found = list(wrong(stream(half)))
    assert [one for one in found if one[1] in MERGED] == []
    assert len(found) <= MISSED[half], found


def test_a_correction_is_a_revision_with_the_figures_that_changed() -> None:
    grouper = Grouper()
    told = [article for article in stream("read") if article.kind in ("wire", "correction")]
    by_kind = {
        (article.group, article.kind): grouper.place(article.key, article.text, article.at)
        for article in told
    }
    found = by_kind["plant fire: wire", "correction"]
    assert (found.relation, found.of) == ("revision", "plant fire: wire (wire)")
    assert found.evidence["changed_figures"] == [["14", "17"], ["83", "38"]]
