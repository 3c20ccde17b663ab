from datetime import UTC, datetime

import pytest

from spiders.guard import parse_allowed
from spiders.politeness import is_own_host, retry_after

NOW = datetime(2025, 1, 28, 9, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    "value,seconds",
    [
        (b"2", 2.0),
        (b" 3600 ", 3600.0),
        (b"999999999", 999_999_999.0),
        (b"Tue, 28 Jan 2025 09:00:03 GMT", 3.0),
        (b"Tue, 28 Jan 2025 08:00:00 GMT", 0.0),
        (b"-5", None),
        (b"soon", None),
        (b"1e9", None),
        (b"\xb2", None),
        (b"", None),
        (None, None),
        (b"9" * 400, 999_999_999_999.0),
    ],
)
def test_retry_after(value: bytes | None, seconds: float | None) -> None:
    assert retry_after(value, NOW) == seconds


@pytest.mark.parametrize(
    "url,own",
    [
        ("http://127.0.0.1:8000/a", True),
        ("http://127.0.0.1:8001/a", False),
        ("http://10.3.2.1/a", True),
        ("http://desk.example:8080/a", True),
        ("https://news.example/a", False),
    ],
)
def test_hosts_let_through_are_the_users_own(url: str, own: bool) -> None:
    allowed = parse_allowed(["127.0.0.1:8000", "10.0.0.0/8", "desk.example:8080"])
    assert is_own_host(url, allowed) is own
