from datetime import timedelta

import pytest
from scrapy.http import Headers, Request, Response

from spiders.request import FULL_EVERY, is_unchanged, kept_headers, max_age, validators

URL = "https://news.example/feed"


def test_one_visit_in_so_many_is_full() -> None:
    visits = [validators('"v1"', None, since_full) for since_full in range(FULL_EVERY)]
    assert visits == [{"If-None-Match": '"v1"'}] * (FULL_EVERY - 1) + [{}]


def test_nothing_known_nothing_asked() -> None:
    assert validators(None, None, 1) == {}


@pytest.mark.parametrize(
    "asked,status,unchanged",
    [
        ({"If-None-Match": '"v1"'}, 304, True),
        ({"If-Modified-Since": "Mon, 27 Jan 2025 21:05:00 GMT"}, 304, True),
        ({"If-None-Match": '"v1"'}, 200, False),
        ({}, 304, False),
    ],
)
def test_304_counts_only_when_asked_for(
    asked: dict[str, str], status: int, unchanged: bool
) -> None:
    request = Request(URL, headers=asked)
    assert is_unchanged(request, Response(URL, status=status)) is unchanged


@pytest.mark.parametrize(
    "header,age",
    [
        ("public, max-age=600", timedelta(minutes=10)),
        ("Max-Age = 60", timedelta(minutes=1)),
        ("s-maxage=600", None),
        ("no-cache", None),
        ("", None),
    ],
)
def test_max_age(header: str, age: timedelta | None) -> None:
    assert max_age(header) == age


def test_kept_headers_are_short_and_few() -> None:
    headers = Headers({"ETag": '"v1"', "Set-Cookie": "a=b", "Link": "x" * 9_000})
    kept = kept_headers(headers)
    assert kept == {"etag": '"v1"', "link": "x" * 2_000}
