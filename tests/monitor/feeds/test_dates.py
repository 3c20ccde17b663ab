"""Dates of feeds, as a table; the odd ones of miniflux and of the hostile site among them."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.feeds.dates import FIRST_YEAR, LAST_YEAR, read_date

MINIFLUX = Path(__file__).parents[3] / "../shared/data/hostile/dates_miniflux.jsonl"
FLOOR = 23  # of 25: "testing" is no date, "Nov. 2020" no day


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("Mon, 27 Jan 2025 21:05:00 GMT", "2025-01-27T21:05:00"),
        ("Mon, 27 Jan 2025 21:05:00 -0500", "2025-01-28T02:05:00"),
        ("Mon, 27 Jan 2025 21:05:00 EST", "2025-01-28T02:05:00"),
        ("Mon, 27 Jan 2025 21:05:00", "2025-01-27T21:05:00"),
        ("27 Jan 25 21:05 CST", "2025-01-28T03:05:00"),
        ("Mon Jan 27 21:05:00 EST 2025", "2025-01-28T02:05:00"),
        ("Mon, 27 Jan 2025 24:00:00 GMT", "2025-01-28T00:00:00"),
        ("Sat, 31 Dec 2016 23:59:60 GMT", "2017-01-01T00:00:00"),
        ("2025-01-27T21:05:00.123Z", "2025-01-27T21:05:00"),
        ("2025-01-27T21:05:00+05:30", "2025-01-27T15:35:00"),
        ("2025-01-27 21:05", "2025-01-27T21:05:00"),
        ("2025-01-27T21:05+01", "2025-01-27T20:05:00"),
        ("20250127T210500Z", "2025-01-27T21:05:00"),
        ("20250127", "2025-01-27T00:00:00"),
        ("2025/1/27", "2025-01-27T00:00:00"),
        ("2025年1月27日 下午3:09", "2025-01-27T15:09:00"),
        ("２０２５-01-27", "2025-01-27T00:00:00"),
        ("1738015500", "2025-01-27T22:05:00"),
        ("1738015500000", "2025-01-27T22:05:00"),
        ("January 28, 2023", "2023-01-28T00:00:00"),
        ("10:00 January 27, 2025", "2025-01-27T10:00:00"),
        ("Jan. 27, 2025 at 5:30 p.m. ET", "2025-01-27T22:30:00"),
        ("12:00 AM, 27 January 2025", "2025-01-27T00:00:00"),
        ("Lun, 27 Ene 2025 10:00:00 GMT", "2025-01-27T10:00:00"),
        ("mar., 01 déc. 2020 16:11:02 +0000", "2020-12-01T16:11:02"),
        ("Do, 29 Mär 2018 00:00:00 +0200", "2018-03-28T22:00:00"),
        ("27. Januar 2025, 21:05 Uhr", "2025-01-27T21:05:00"),
        ("Κυρ, 11 Ιούλ 2004 12:00:00 EST", "2004-07-11T17:00:00"),
        ("2004-július-13T9:15-05:00", "2004-07-13T14:15:00"),
        ("Thu Nov 12 2020 17:00:00 GMT+0000 (Marshall Time)", "2020-11-12T17:00:00"),
        ("27.01.2025", "2025-01-27T00:00:00"),
        ("27/01/2025", "2025-01-27T00:00:00"),
        ("01/27/2025", "2025-01-27T00:00:00"),
        ("01/02/2025 4:20 pm", "2025-01-02T16:20:00"),
        ("01/02/2025", None),
        ("Sun, 30 Feb 2025 10:00:00 GMT", None),
        ("Mon, 27 Jan 2025 25:00:00 GMT", None),
        ("Mon, 27 Jan 2025 21:65:00 GMT", None),
        ("2025-01-27T21:05:00+99:99", None),
        ("Fri, 31 Dec 9999 23:59:59 GMT", None),
        ("Mon, 01 Jan 1601 00:00:00 GMT", None),
        ("Tue, 28 Jan 2125 00:00:00 GMT", None),
        ("0000-00-00T00:00:00Z", None),
        ("-0001-01-01T00:00:00Z", None),
        ("99999999999999999999", None),
        ("Nov. 2020", None),
        ("yesterday", None),
        ("", None),
    ],
)
def test_read_date(raw: str, expected: str | None) -> None:
    assert read_date(raw) == (expected and datetime.fromisoformat(expected).replace(tzinfo=UTC))


def test_odd_dates_of_miniflux() -> None:
    if not MINIFLUX.exists():
        pytest.skip("the shared data sets are not beside the project")
    dates = [json.loads(line)["text"] for line in MINIFLUX.read_text("utf-8").splitlines()]
    assert sum(read_date(date) is not None for date in dates) >= FLOOR


@given(st.text() | st.text(st.sampled_from("0123456789 :-+/.,TZJanamp年月"), max_size=40))
def test_no_text_makes_it_raise(raw: str) -> None:
    found = read_date(raw)
    assert found is None or (found.tzinfo is UTC and FIRST_YEAR <= found.year <= LAST_YEAR)


@given(st.integers(631_152_000, 4_102_444_799))
def test_printed_dates_come_back(seconds: int) -> None:
    moment = datetime.fromtimestamp(seconds, UTC)
    for form in ("%a, %d %b %Y %H:%M:%S +0000", "%Y-%m-%dT%H:%M:%SZ", "%B %d, %Y %I:%M:%S %p"):
        assert read_date(moment.strftime(form)) == moment
