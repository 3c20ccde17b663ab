"""What an operator is told of sources and servers."""

from datetime import UTC, datetime, timedelta

import pytest

from monitor.alerts import alerts, is_same_validator
from monitor.habits import Habits, as_numbers
from monitor.types import Alert, SourceState, Yield

NOW = datetime(2025, 1, 27, 21, 0, tzinfo=UTC)
DAY = timedelta(days=1)
USUAL = SourceState("daily", "The Daily", "https://news.example/rss", reason="60 min: no entries")
SILENT = Habits(
    since=NOW - 30 * DAY, answered_at=NOW, news_at=NOW - 9 * DAY, longest_pause=2 * DAY, finds=50
)


@pytest.mark.parametrize(
    ("failures", "habits", "counts", "expected"),
    [
        (0.0, Habits(), Yield(), None),
        (
            0.0,
            SILENT,
            Yield(),
            ("source_silent", "no news for 9 d, more than twice as long as it ever paused"),
        ),
        (
            0.0,
            Habits(),
            Yield(20, 2, 100, 90),
            ("source_empty", "text on 10% of the last 20 pages, on 90% before"),
        ),
        (30.0, SILENT, Yield(20, 2, 100, 90), ("source_failing", "60 min: no entries")),
        (29.0, Habits(), Yield(), None),
    ],
)
def test_what_is_told_of_a_source(
    failures: float, habits: Habits, counts: Yield, expected: tuple[str, str] | None
) -> None:
    state = SourceState(
        USUAL.name,
        USUAL.outlet,
        USUAL.url,
        reason=USUAL.reason,
        failures=failures,
        habits=as_numbers(habits),
    )
    found = [(one.kind, one.detail) for one in alerts([state], {"daily": counts})]
    assert found == ([expected] if expected else [])


def test_one_source_may_be_silent_and_empty() -> None:
    state = SourceState("daily", "The Daily", "u", habits=as_numbers(SILENT))
    found = alerts([state], {"daily": Yield(10, 0, 10, 10)})
    assert [one.kind for one in found] == ["source_silent", "source_empty"]
    assert isinstance(found[0], Alert)


@pytest.mark.parametrize(
    ("before", "after", "same"),
    [
        ({"etag": '"1"'}, {"etag": '"1"'}, True),
        ({"etag": '"1"'}, {"etag": '"2"'}, False),
        ({"etag": '"1"', "last-modified": "a"}, {"etag": '"1"', "last-modified": "b"}, True),
        ({"last-modified": "a"}, {"last-modified": "a"}, True),
        ({"etag": '"1"'}, {}, False),
        ({}, {"etag": '"1"'}, False),
        ({}, {}, False),
    ],
)
def test_the_etag_decides_where_there_is_one(
    before: dict[str, str], after: dict[str, str], same: bool
) -> None:
    assert is_same_validator(before, after) is same
