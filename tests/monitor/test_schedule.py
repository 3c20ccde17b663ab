"""When to look again, as tables with ``now`` passed in."""

from datetime import UTC, datetime, timedelta

import pytest

from monitor.habits import Habits, at_first
from monitor.schedule import (
    FAILURES,
    FIRST_INTERVAL,
    JITTER,
    LADDER,
    LONGEST_BACK_OFF,
    LONGEST_INTERVAL,
    LONGEST_RETRY_AFTER,
    LONGEST_WISH,
    MOST_FAILURES,
    PROBE,
    SHORTEST_INTERVAL,
    NextPoll,
    Polled,
    longest_wish,
    next_check,
    next_poll,
    next_try,
)
from monitor.types import FATES

NOW = datetime(2025, 1, 27, 21, 0, tzinfo=UTC)
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


# --- polls --------------------------------------------------------------------------------------


def _settled(every: timedelta, new: int, entries: int = 30) -> NextPoll:
    """The next poll of a source that has brought ``new`` entries each ``every`` for a week."""
    following = next_poll(Polled("ok", entries, entries), None, 0.0, NOW)
    seen = 0
    while following.at < NOW + 7 * DAY:
        now = following.at
        due = int((now - NOW) / every * new)
        polled = Polled("ok", entries, min(due - seen, entries))
        seen = due
        following = next_poll(polled, following.habits, 0.0, now)
    return following


@pytest.mark.parametrize(
    ("every", "new", "least", "most"),
    [
        pytest.param(HOUR, 1, 23 * MINUTE, 32 * MINUTE, id="one an hour"),
        pytest.param(HOUR, 8, 16 * MINUTE, 23 * MINUTE, id="eight an hour"),
        pytest.param(DAY, 1, 3 * HOUR, LONGEST_INTERVAL, id="one a day"),
        pytest.param(MINUTE, 3, SHORTEST_INTERVAL, SHORTEST_INTERVAL, id="a flood"),
        pytest.param(DAY * 30, 1, LONGEST_INTERVAL, LONGEST_INTERVAL, id="nothing"),
    ],
)
def test_the_interval_follows_the_rate_of_news(
    every: timedelta, new: int, least: timedelta, most: timedelta
) -> None:
    assert least <= _settled(every, new).interval <= most


HOURLY = at_first(tuple(NOW - hours * HOUR for hours in range(1, 31)), NOW)
DAILY = at_first(tuple(NOW - days * DAY for days in range(1, 31)), NOW)


@pytest.mark.parametrize(
    ("habits", "later", "polled", "least", "most"),
    [
        pytest.param(HOURLY, HOUR, Polled("ok", 30, 1), 23 * MINUTE, 32 * MINUTE, id="as before"),
        pytest.param(DAILY, HOUR, Polled("ok", 30, 9), 15 * MINUTE, 32 * MINUTE, id="a burst"),
        pytest.param(DAILY, HOUR, Polled("unchanged"), 2 * HOUR, LONGEST_INTERVAL, id="304"),
        pytest.param(
            HOURLY, 10 * MINUTE, Polled("ok", 9, 8), SHORTEST_INTERVAL, 30 * MINUTE, id="few known"
        ),
        pytest.param(
            HOURLY, 30 * DAY, Polled("ok", 5, 0), 2 * HOUR, LONGEST_INTERVAL, id="a dead month"
        ),
    ],
)
def test_one_poll_moves_the_interval(
    habits: Habits, later: timedelta, polled: Polled, least: timedelta, most: timedelta
) -> None:
    following = next_poll(polled, habits, 0.0, NOW + later)
    assert least <= following.interval <= most
    assert following.at == NOW + later + following.interval


def test_a_first_poll_learns_from_the_dates_of_the_entries() -> None:
    dates = tuple(NOW - hours * HOUR for hours in range(30))
    following = next_poll(Polled("ok", 30, 30, dates=dates), None, 0.0, NOW)
    assert 23 * MINUTE < following.interval < 32 * MINUTE
    for unknown in (Polled("ok", 1, 1, dates=(NOW + DAY,)), Polled("ok", 30, 30)):
        assert next_poll(unknown, None, 0.0, NOW).interval == FIRST_INTERVAL


@pytest.mark.parametrize(
    ("polled", "reason"),
    [
        (Polled("ok", 30, 4), "60 min: 4 of 30 entries new"),
        (Polled("unchanged"), "60 min: the feed has not changed"),
        (Polled("ok"), "60 min: no entries"),
        (
            Polled("ok", 30, 0, wish=3 * HOUR),
            "3 h: 0 of 30 entries new; not sooner, as its publisher wishes",
        ),
        (Polled("timeout"), "75 min: failed, timeout"),
    ],
)
def test_the_reason_is_in_words(polled: Polled, reason: str) -> None:
    assert next_poll(polled, None, 0.0, NOW).reason == reason


@pytest.mark.parametrize(
    ("outcome", "status", "weight"),
    [
        ("timeout", None, 0.25),
        ("http_error", 503, 0.25),
        ("http_error", 404, 0.5),
        ("parse_error", 200, 0.5),
        ("not_a_feed", 200, 1.0),
        ("robots", None, 1.0),
        ("gone", 410, MOST_FAILURES),
        ("unchanged", 304, 0.0),
        ("partial", 200, 0.0),
    ],
)
def test_failures_weigh_by_kind(outcome: str, status: int | None, weight: float) -> None:
    polled = Polled(outcome, status=status)
    assert next_poll(polled, None, 0.0, NOW).failures == weight
    assert next_poll(polled, None, 3.0, NOW).failures == (3.0 + weight if weight else 0.0)


def test_failures_back_off_and_keep_what_was_learned() -> None:
    failures, waits = 0.0, []
    habits = Habits(answered_at=NOW - DAY)  # answered once, and told nothing
    for _ in range(MOST_FAILURES.__ceil__() + 1):
        following = next_poll(Polled("not_a_feed"), habits, failures, NOW)
        failures = following.failures
        waits.append(following.at - NOW)
        assert following.habits == habits
    assert waits[:3] == [2 * HOUR, 3 * HOUR, 4 * HOUR]
    assert waits[28] == LONGEST_BACK_OFF
    assert waits[29:] == [PROBE, PROBE]
    assert "disabled" in following.reason
    assert next_poll(Polled("ok", 30, 1), habits, failures, NOW).failures == 0.0


def test_the_words_of_failures_are_fates() -> None:
    assert FAILURES.keys() <= FATES.keys()


@pytest.mark.parametrize(
    ("ttl", "max_age", "retry_after", "expected"),
    [
        (None, None, None, None),
        (HOUR, None, None, HOUR),
        (HOUR, 2 * HOUR, None, 2 * HOUR),
        (HOUR, None, 3 * HOUR, 3 * HOUR),
        (7 * DAY, None, None, LONGEST_WISH),
        (None, 365 * DAY, None, LONGEST_WISH),
        (None, None, 365 * DAY, LONGEST_RETRY_AFTER),
    ],
)
def test_wishes_of_the_publisher_have_bounds(
    ttl: timedelta | None,
    max_age: timedelta | None,
    retry_after: timedelta | None,
    expected: timedelta | None,
) -> None:
    assert longest_wish(ttl, max_age, retry_after) == expected


@pytest.mark.parametrize("jitter", [0.0, 0.5, 1.0])
def test_jitter_only_makes_later(jitter: float) -> None:
    polled = Polled("rate_limited", wish=2 * HOUR)
    assert next_poll(polled, None, 0.0, NOW, jitter).at == NOW + 2 * HOUR * (1 + JITTER * jitter)


# --- articles -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("age", "wait"),
    [
        (timedelta(0), 15 * MINUTE),
        (3 * HOUR - MINUTE, 15 * MINUTE),
        (3 * HOUR, HOUR),
        (DAY - MINUTE, HOUR),
        (DAY, 3 * HOUR),
        (7 * DAY, 3 * DAY),
        (30 * DAY, 30 * DAY),
        (360 * DAY, None),
        (1000 * DAY, None),
    ],
)
def test_the_ladder_counts_from_the_last_change(age: timedelta, wait: timedelta | None) -> None:
    at, reason = next_check(NOW - age, NOW)
    assert at == (wait and NOW + wait)
    assert ("not looked at again" in reason) is (wait is None)


def test_an_article_that_never_changes_is_looked_at_about_a_hundred_times() -> None:
    at: datetime | None = NOW
    looks = 0
    while at is not None:
        looks += 1
        at, _ = next_check(NOW, at)
    assert looks == 1 + sum(
        round((until - since) / wait)
        for (since, _), (until, wait) in zip([(timedelta(0), None), *LADDER], LADDER, strict=False)
    )


@pytest.mark.parametrize(
    ("gone_count", "wait", "reason"),
    [
        (1, HOUR, "60 min: gone, to be confirmed"),
        (2, 7 * DAY, "7 d: gone, in case it comes back"),
        (9, 7 * DAY, "7 d: gone, in case it comes back"),
    ],
)
def test_gone_articles(gone_count: int, wait: timedelta, reason: str) -> None:
    assert next_check(NOW - DAY, NOW, gone_count) == (NOW + wait, reason)


@pytest.mark.parametrize(
    ("outcome", "wish", "wait"),
    [
        ("unchanged", None, 15 * MINUTE),
        ("timeout", None, HOUR),
        ("timeout", 5 * HOUR, 5 * HOUR),
        ("http_error", None, DAY),
        ("robots", None, None),
        ("robots", HOUR, HOUR),
        ("robots", 5 * HOUR, 5 * HOUR),
        ("blocked", None, None),
        ("empty", None, HOUR),
        ("off_topic", None, None),
        ("unresolvable_link", None, None),
        ("forgotten", None, None),
        ("ok", None, None),
    ],
)
def test_next_try(outcome: str, wish: timedelta | None, wait: timedelta | None) -> None:
    assert next_try(outcome, NOW, NOW, wish)[0] == (wait and NOW + wait)


def test_a_page_that_always_fails_is_given_up_with_the_ladder() -> None:
    assert next_try("timeout", NOW - 361 * DAY, NOW)[0] is None
