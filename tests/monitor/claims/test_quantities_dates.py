"""Dates in texts and the days they mean, seen from the article's date."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.claims.quantities import mentions, resolve_date

WEDNESDAY = datetime(2025, 1, 29, 8, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    "phrase, iso",
    [
        ("Monday", "2025-01-27"),
        ("Wednesday", "2025-01-29"),
        ("Thursday", "2025-01-23"),
        ("last Monday", "2025-01-27"),
        ("last Wednesday", "2025-01-22"),
        ("next Friday", "2025-01-31"),
        ("yesterday", "2025-01-28"),
        ("January 27", "2025-01-27"),
        ("Jan. 27", "2025-01-27"),
        ("27 January 2025", "2025-01-27"),
        ("27th of January", "2025-01-27"),
        ("Tuesday, 28 January 2025", "2025-01-28"),
        ("Monday (January 27)", "2025-01-27"),
        ("2025-01-27", "2025-01-27"),
        ("27/01/2025", "2025-01-27"),
        ("1/27/2025", "2025-01-27"),
        ("27.01.2025", "2025-01-27"),
        ("December 26", "2024-12-26"),
        ("March 18", "2025-03-18"),
        ("February 29", "2024-02-29"),
        ("the 27th", "2025-01-27"),
        ("the 30th", "2024-12-30"),
        ("10 days ago", "2025-01-19"),
        ("July 2023", "2023-07"),
        ("July last year", "2024-07"),
        ("September 3 last year", "2024-09-03"),
        ("last September", "2024-09"),
        ("last January", "2024-01"),
        ("December", "2024-12"),
        ("last month", "2024-12"),
        ("last year", "2024"),
        ("two years ago", "2023"),
        ("2023", "2023"),
    ],
)
def test_day(phrase: str, iso: str) -> None:
    found = resolve_date(phrase, WEDNESDAY)
    assert found is not None
    assert found.iso == iso


@pytest.mark.parametrize(
    "phrase, start, end",
    [
        ("last week", date(2025, 1, 20), date(2025, 1, 26)),
        ("this week", date(2025, 1, 27), date(2025, 2, 2)),
        ("a week ago", date(2025, 1, 20), date(2025, 1, 26)),
        ("in February 2024", date(2024, 2, 1), date(2024, 2, 29)),
    ],
)
def test_span(phrase: str, start: date, end: date) -> None:
    found = resolve_date(phrase, WEDNESDAY)
    assert found is not None
    assert (found.start, found.end) == (start, end)


@pytest.mark.parametrize("phrase", ["June 31", "a lot", "", "$5 million"])
def test_no_day(phrase: str) -> None:
    assert resolve_date(phrase, WEDNESDAY) is None


def test_without_the_articles_date_only_whole_dates_are_known() -> None:
    assert resolve_date("Monday", None) is None
    assert resolve_date("January 27", None) is None
    known = resolve_date("January 27, 2025", None)
    assert known is not None
    assert known.iso == "2025-01-27"


@pytest.mark.parametrize(
    "text, quotes",
    [
        ("It fell on Monday, Jan. 27, and again last week.", ["Monday, Jan. 27", "last week"]),
        ("In July 2023 or May 5; it may 5 of us", ["July 2023", "May 5"]),
        ("In May, May spoke. March on.", ["May"]),
        ("from 10-12 March 2024", ["10-12 March 2024"]),
        ("On 4 May. 10 came", ["4 May"]),
        ("on Black Friday", []),
        ("two days ago, two days after", ["two days ago"]),
        ("by the 27th it was", ["27th"]),
        ("in September last year", ["September last year"]),
    ],
)
def test_dates_in_texts(text: str, quotes: list[str]) -> None:
    assert [m.quote for m in mentions(text) if m.quantity.unit == "date"] == quotes


@given(st.text(max_size=60), st.dates())
def test_never_raises(phrase: str, day: date) -> None:
    resolve_date(phrase, day)


@given(
    st.sampled_from(["Monday", "last Friday", "next week", "May 5", "last June", "5 years ago"]),
    st.dates(),
)
def test_any_article_date_will_do(phrase: str, day: date) -> None:
    found = resolve_date(phrase, day)
    assert found is None or found.start <= found.end


@given(st.dates(min_value=date(1900, 1, 1), max_value=date(2099, 12, 31)))
def test_a_date_printed_in_any_way_comes_back(day: date) -> None:
    for form in ("%Y-%m-%d", "%B %d, %Y", "%d %B %Y", "%d %b %Y", "%A, %d %B %Y", "%d.%m.%Y"):
        printed = day.strftime(form)
        (mention,) = mentions(f"It was on {printed} that it fell.")
        found = resolve_date(mention.quote, None)
        assert mention.quote == printed
        assert found is not None
        assert found.start == found.end == day
