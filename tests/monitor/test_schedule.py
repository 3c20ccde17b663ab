"""When to look again, as tables with ``now`` passed in."""

from datetime import UTC, datetime, timedelta

import pytest

from monitor.schedule import (
    AT_ONE_AN_HOUR,
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
    Polled,
    falling_yield,
    longest_wish,
    next_check,
    next_poll,
    next_try,
    silence,
    words,
)
from monitor.types import FATES

NOW = datetime(2025, 1, 27, 21, 0, tzinfo=UTC)
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


# --- polls --------------------------------------------------------------------------------------


def _settled(every: timedelta, new: int, entries: int = 30) -> timedelta:
    """The interval of a source that has brought ``new`` entries each ``every`` for a week."""
    interval: timedelta | None = None
    now, seen, last = NOW, 0.0, NOW
    while now < NOW + 7 * DAY:
        due = int((now - NOW) / every * new)
        polled = Polled("ok", entries, min(int(due - seen), entries), since_last=now - last)
        last, seen = now, due
        following = next_poll(polled, interval, 0.0, now)
        interval, now = following.interval, following.at
    assert interval is not None
    return interval


@pytest.mark.parametrize(
    ("every", "new", "least", "most"),
    [
        pytest.param(HOUR, 1, 40 * MINUTE, 60 * MINUTE, id="one an hour"),
        pytest.param(HOUR, 8, 16 * MINUTE, 28 * MINUTE, id="eight an hour"),
        pytest.param(DAY, 1, 2 * HOUR, 4 * HOUR, id="one a day"),
        pytest.param(MINUTE, 3, SHORTEST_INTERVAL, SHORTEST_INTERVAL, id="a flood"),
        pytest.param(DAY * 30, 1, LONGEST_INTERVAL, LONGEST_INTERVAL, id="nothing"),
    ],
)
def test_the_interval_follows_the_rate_of_news(
    every: timedelta, new: int, least: timedelta, most: timedelta
) -> None:
    assert least <= _settled(every, new) <= most


@pytest.mark.parametrize(
    ("polled", "least", "most"),
    [
        pytest.param(Polled("ok", 30, 0), HOUR, 2 * HOUR, id="nothing new: slower"),
        pytest.param(Polled("unchanged"), HOUR, 2 * HOUR, id="304: slower"),
        pytest.param(Polled("ok", 30, 9), 20 * MINUTE, 45 * MINUTE, id="a burst: faster at once"),
        pytest.param(
            Polled("ok", 30, 25), SHORTEST_INTERVAL, 30 * MINUTE, id="few known: half at most"
        ),
        pytest.param(
            Polled("ok", 30, 0, since_last=MINUTE), 59 * MINUTE, 61 * MINUTE, id="asked twice"
        ),
        pytest.param(
            Polled("ok", 5, 5, since_last=30 * DAY), SHORTEST_INTERVAL, 30 * MINUTE, id="all new"
        ),
    ],
)
def test_one_poll_moves_the_interval(polled: Polled, least: timedelta, most: timedelta) -> None:
    following = next_poll(polled, HOUR, 0.0, NOW)
    assert least <= following.interval <= most
    assert following.at == NOW + following.interval


def test_a_first_poll_learns_from_the_dates_of_the_entries() -> None:
    dates = tuple(NOW - hours * HOUR for hours in range(30))
    following = next_poll(Polled("ok", 30, 30, dates=dates), None, 0.0, NOW)
    assert abs(following.interval - AT_ONE_AN_HOUR) < 2 * MINUTE
    in_future = (NOW + DAY,)
    assert next_poll(Polled("ok", 1, 1, dates=in_future), None, 0.0, NOW).interval == (
        LONGEST_INTERVAL
    )
    assert next_poll(Polled("ok", 30, 30), None, 0.0, NOW).interval == FIRST_INTERVAL


@pytest.mark.parametrize(
    ("polled", "reason"),
    [
        (Polled("ok", 30, 4, since_last=7 * HOUR), "60 min: 4 of 30 entries new"),
        (Polled("unchanged", since_last=MINUTE), "60 min: the feed has not changed"),
        (Polled("empty", since_last=MINUTE), "60 min: no entries"),
        (
            Polled("ok", 30, 0, wish=3 * HOUR, since_last=MINUTE),
            "3 h: 0 of 30 entries new; not sooner, as its publisher wishes",
        ),
        (Polled("timeout"), "75 min: failed, timeout"),
    ],
)
def test_the_reason_is_in_words(polled: Polled, reason: str) -> None:
    assert next_poll(polled, HOUR, 0.0, NOW).reason == reason


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
    assert next_poll(polled, HOUR, 0.0, NOW).failures == weight
    assert next_poll(polled, HOUR, 3.0, NOW).failures == (3.0 + weight if weight else 0.0)


def test_failures_back_off_and_keep_the_learned_interval() -> None:
    failures, waits = 0.0, []
    for _ in range(MOST_FAILURES.__ceil__() + 1):
        following = next_poll(Polled("not_a_feed"), HOUR, failures, NOW)
        failures = following.failures
        waits.append(following.at - NOW)
        assert following.interval == HOUR
    assert waits[:3] == [2 * HOUR, 3 * HOUR, 4 * HOUR]
    assert waits[28] == LONGEST_BACK_OFF
    assert waits[29:] == [PROBE, PROBE]
    assert "disabled" in following.reason
    assert next_poll(Polled("ok", 30, 1), HOUR, failures, NOW).failures == 0.0


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
    assert next_poll(polled, HOUR, 0.0, NOW, jitter).at == NOW + 2 * HOUR * (1 + JITTER * jitter)


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
        ("blocked", None, None),
        ("ok", None, None),
    ],
)
def test_next_try(outcome: str, wish: timedelta | None, wait: timedelta | None) -> None:
    assert next_try(outcome, NOW, NOW, wish)[0] == (wait and NOW + wait)


def test_a_page_that_always_fails_is_given_up_with_the_ladder() -> None:
    assert next_try("timeout", NOW - 361 * DAY, NOW)[0] is None


# --- silence ------------------------------------------------------------------------------------

WEEKDAYS = tuple(NOW - days * DAY for days in range(27, -1, -1) if days % 7 not in (5, 6))


@pytest.mark.parametrize(
    ("news", "pause", "expected"),
    [
        pytest.param(WEEKDAYS, 3 * DAY, None, id="as long as a weekend"),
        pytest.param(WEEKDAYS, 7 * DAY, "no news for 7 d; its longest pause was 3 d", id="silent"),
        pytest.param(WEEKDAYS[:4], 90 * DAY, None, id="habits not known yet"),
        pytest.param((), 90 * DAY, None, id="never any news"),
        pytest.param(
            tuple(NOW - minutes * MINUTE for minutes in range(100, -1, -10)),
            5 * HOUR,
            None,
            id="a night",
        ),
    ],
)
def test_silence(news: tuple[datetime, ...], pause: timedelta, expected: str | None) -> None:
    assert silence(news, (news[-1] if news else NOW) + pause) == expected


@pytest.mark.parametrize(
    ("before", "lately", "expected"),
    [
        ((100, 90), (20, 2), "text on 10% of the last 20 pages, on 90% before"),
        ((100, 90), (20, 12), None),
        ((100, 90), (9, 0), None),
        ((5, 5), (20, 0), None),
        ((100, 0), (20, 0), None),
    ],
)
def test_falling_yield(
    before: tuple[int, int], lately: tuple[int, int], expected: str | None
) -> None:
    assert falling_yield(before, lately) == expected


@pytest.mark.parametrize(
    ("time", "expected"),
    [(45 * MINUTE, "45 min"), (2 * HOUR, "120 min"), (36 * HOUR, "36 h"), (12.5 * DAY, "12 d")],
)
def test_words(time: timedelta, expected: str) -> None:
    assert words(time) == expected
