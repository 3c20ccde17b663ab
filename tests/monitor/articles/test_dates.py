"""Dates in the forms that pages print, and those that are none."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.articles.dates import day_in_url, iso

LATEST = datetime(2026, 11, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    "raw, expected",
    [
        ("2025-01-27", "2025-01-27"),
        ("2025-01-27T21:05:00.123Z", "2025-01-27T21:05:00+00:00"),
        ("2025-01-27T21:05:00-05:00", "2025-01-27T21:05:00-05:00"),
        ("2025-01-27 21:05:00 -0500", "2025-01-27T21:05:00-05:00"),
        ("20250127", "2025-01-27"),
        ("20250127T210500Z", "2025-01-27T21:05:00+00:00"),
        ("Mon, 27 Jan 2025 21:05:00 -0500", "2025-01-27T21:05:00-05:00"),
        ("Mon Jan 27 21:05:00 CET 2025", "2025-01-27T21:05:00+01:00"),
        ("January 27, 2025 9:05 pm EST", "2025-01-27T21:05:00-05:00"),
        ("Jan. 27th, 2025", "2025-01-27"),
        ("27. Januar 2025 um 15:44", "2025-01-27T15:44:00"),
        ("27.01.2025 17:59", "2025-01-27T17:59:00"),
        ("27 de enero de 2025", "2025-01-27"),
        ("1er février 2025", "2025-02-01"),
        ("27 Ocak 2025", "2025-01-27"),
        ("2025年1月27日", "2025-01-27"),
        ("２０２５-01-27", "2025-01-27"),
        ("3/4/2025", "2025-03-04"),
        ("27/1/2025", "2025-01-27"),
        ("2025-01-27T25:61:00Z", "2025-01-27"),
        ("12:30 a.m. nonsense", None),
        ("0000-00-00", None),
        ("1601-01-01", None),
        ("9999-12-31", None),
        ("99999999999999999999", None),
        ("2027-01-01", None),
        ("", None),
    ],
)
def test_iso(raw, expected):
    assert iso(raw, LATEST) == expected


@pytest.mark.parametrize(
    "url, expected",
    [
        ("https://news.example/2025/01/27/port", "2025-01-27"),
        ("https://news.example/articles/20250127/k00/", "2025-01-27"),
        ("https://news.example/port-2025-01-27.html", "2025-01-27"),
        ("https://news.example/a/2003825372", None),
        ("https://news.example/", None),
    ],
)
def test_day_in_url(url, expected):
    assert day_in_url(url, LATEST) == expected


@given(st.text(alphabet=st.sampled_from("0123456789-/:.TZ+ janJune月日年,")))
def test_no_text_raises_and_what_comes_back_is_sane(raw):
    value = iso(raw, LATEST)
    assert value is None or "1990" <= value[:4] <= "2026"


@given(st.integers(int(datetime(1990, 1, 1, tzinfo=UTC).timestamp()), int(LATEST.timestamp())))
def test_what_iso_prints_it_reads(seconds):
    printed = datetime.fromtimestamp(seconds, UTC).isoformat()
    assert iso(printed, LATEST) == printed
