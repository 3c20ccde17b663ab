"""What polls teach about a source: its rate, its rhythm, its pauses."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.habits import (
    LEAST_WATCH,
    Habits,
    after,
    as_numbers,
    at_first,
    falling_yield,
    from_numbers,
    silence,
    words,
)

NOW = datetime(2025, 1, 27, 21, 0, tzinfo=UTC)
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


def polled(moments: list[tuple[datetime, int]], start: datetime) -> Habits:
    """The habits after polls at these moments with so many new entries."""
    habits = at_first((start,), start)
    for moment, new in moments:
        habits = after(habits, new, moment)
    return habits


def test_the_rate_is_that_of_the_news() -> None:
    habits = polled([(NOW + n * HOUR, 2) for n in range(1, 400)], NOW)
    assert habits.rate(NOW + 400 * HOUR) == pytest.approx(2, rel=0.1)


def test_a_day_has_its_hours() -> None:
    """News from 8 to 20 o'clock only: more is expected at noon than at midnight."""
    noon = NOW.replace(hour=12) + 14 * DAY
    looks = [(NOW + n * HOUR, 2 * (8 <= (NOW + n * HOUR).hour < 20)) for n in range(1, 14 * 24)]
    habits = polled(looks, NOW)
    assert habits.rate(noon) > 1.5
    assert habits.rate(noon + DAY / 2) < 0.5


def test_a_burst_is_noticed_at_once_and_forgotten_within_hours() -> None:
    quiet = polled([(NOW + n * HOUR, 0) for n in range(1, 100)], NOW)
    burst = after(quiet, 15, NOW + 100 * HOUR)
    assert quiet.rate(NOW + 99 * HOUR) < 0.05
    assert burst.rate(NOW + 100 * HOUR) > 3
    assert after(burst, 0, NOW + 106 * HOUR).rate(NOW + 106 * HOUR) < 0.5


def test_asking_twice_at_once_teaches_nothing() -> None:
    habits = polled([(NOW + n * HOUR, 1) for n in range(1, 50)], NOW)
    again = after(habits, 0, NOW + 49 * HOUR)
    assert again.rate(NOW + 49 * HOUR) == pytest.approx(habits.rate(NOW + 49 * HOUR), rel=0.001)


@given(
    st.lists(st.tuples(st.integers(0, 10**7), st.integers(0, 1000)), min_size=1, max_size=20).map(
        sorted
    )
)
def test_habits_are_stored_and_read_and_never_below_nothing(polls: list[tuple[int, int]]) -> None:
    habits = polled([(NOW + timedelta(seconds=at), new) for at, new in polls], NOW)
    assert from_numbers(as_numbers(habits)) == habits
    assert 0 < habits.rate(NOW + 200 * DAY) < 10**7


def test_habits_of_another_program_are_passed_over() -> None:
    assert from_numbers({"surprise": 1.0, "finds": 3.0}) == Habits(finds=3)


# --- silence ------------------------------------------------------------------------------------

WEEKDAYS = [(NOW + days * DAY, 5) for days in range(1, 27) if days % 7 not in (5, 6)]


@pytest.mark.parametrize(
    ("news", "pause", "expected"),
    [
        pytest.param(WEEKDAYS, 3 * DAY, None, id="as long as a weekend"),
        pytest.param(
            WEEKDAYS,
            7 * DAY,
            "no news for 7 d, more than twice as long as it ever paused",
            id="silent",
        ),
        pytest.param(WEEKDAYS[:3], 90 * DAY, None, id="habits not known yet"),
        pytest.param(
            [(NOW + n * HOUR, 5) for n in range(1, 9)], 3 * DAY, None, id="its first weekend"
        ),
        pytest.param(
            [(NOW + minutes * MINUTE, 1) for minutes in range(10, 101, 10)],
            5 * HOUR,
            None,
            id="a night",
        ),
    ],
)
def test_silence(news: list[tuple[datetime, int]], pause: timedelta, expected: str | None) -> None:
    last = news[-1][0]
    assert silence(polled([*news, (last + pause, 0)], NOW)) == expected


def test_pauses_between_the_entries_of_a_first_poll_count() -> None:
    dates = (NOW - 9 * DAY, NOW - 4 * DAY, NOW - 4 * DAY, NOW)
    assert at_first(dates, NOW).longest_pause == 5 * DAY
    pinned = (NOW - 900 * DAY, *dates)
    assert at_first(pinned, NOW).longest_pause == LEAST_WATCH


def test_a_source_that_is_not_asked_is_not_silent() -> None:
    assert silence(polled(WEEKDAYS, NOW)) is None
    assert silence(Habits()) is None


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
