from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any

import pytest
from scrapy.crawler import Crawler
from scrapy.exceptions import DownloadTimeoutError
from scrapy.http import Request, Response
from scrapy.utils.test import get_crawler

from spiders.feeds import Feeds
from spiders.guard import parse_allowed
from spiders.politeness import BackOff, Spacing, is_own_host, retry_after, slow_down

NOW = datetime(2025, 1, 28, 9, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    "value,seconds",
    [
        (b"2", 2.0),
        (b" 3600 ", 3600.0),
        (b"999999999", 999_999_999.0),
        (b"Tue, 28 Jan 2025 09:00:03 GMT", 3.0),
        (b"Tue, 28 Jan 2025 08:00:00 GMT", 0.0),
        (b"Tuesday, 28-Jan-25 09:00:03 GMT", 3.0),
        (b"Tue Jan 28 09:00:03 2025", 3.0),
        (b"Tue, 28 Jan 2999999025 09:00:03 GMT", None),
        (b"Tue, 28 Jan 2025 09:00:03 +3333300555500", None),
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


def crawler(**settings: Any) -> Crawler:
    """A crawler whose downloader only keeps queues."""
    defaults = {"DOWNLOAD_DELAY": 5, "MONITOR_ALLOW_PRIVATE": ["127.0.0.1:8000"]}
    made = get_crawler(Feeds, defaults | settings)
    downloader = SimpleNamespace(per_slot_settings={}, slots={})
    made.engine = SimpleNamespace(downloader=downloader)  # type: ignore[assignment]
    return made


def queue_of(made: Crawler, url: str) -> tuple[str, dict[str, float]]:
    request = Request(url)
    Spacing.from_crawler(made).process_request(request)
    key = request.meta["download_slot"]
    assert made.engine is not None
    return key, made.engine.downloader.per_slot_settings[key]  # type: ignore[return-value]


def test_one_queue_for_a_registered_domain() -> None:
    made = crawler()
    key, queue = queue_of(made, "https://www.example.co.uk/a")
    assert (key, queue["delay"]) == ("example.co.uk", 5)
    assert queue_of(made, "http://feeds.example.co.uk:80/b") == (key, queue)


@pytest.mark.parametrize(
    "url,settings,delay",
    [
        ("https://news.example.com/", {}, 5),
        ("https://news.example.com/", {"MONITOR_DOWNLOAD_DELAY": 9.5}, 9.5),
        ("https://news.example.com/", {"MONITOR_DELAYS": {"example.com": 12.0}}, 12),
        ("https://news.example.com/", {"MONITOR_DELAYS": {"example.org": 12.0}}, 5),
        ("http://127.0.0.1:8000/", {}, 0),
        ("http://127.0.0.1:8000/", {"MONITOR_DOWNLOAD_DELAY": 0.25}, 0.25),
        ("http://127.0.0.1:8000/", {"MONITOR_DELAYS": {"127.0.0.1:8000": 2.0}}, 2),
        ("http://127.0.0.1:8001/", {}, 5),
    ],
)
def test_delays(url: str, settings: dict[str, Any], delay: float) -> None:
    assert queue_of(crawler(**settings), url)[1]["delay"] == delay


def test_delays_only_grow() -> None:
    made = crawler()
    url = "https://news.example.com/a"
    _, queue = queue_of(made, url)
    made.engine.downloader.slots["example.com"] = slot = SimpleNamespace(delay=5)  # type: ignore
    for delay, expected in [(30, 30), (7, 30)]:
        slow_down(made, url, delay)
        assert (queue["delay"], slot.delay) == (expected, expected)


def slot_of(made: Crawler, url: str) -> Any:
    """The queue at work, as the downloader makes it from the queue's settings."""
    key, queue = queue_of(made, url)
    assert made.engine is not None
    slot = SimpleNamespace(delay=queue["delay"])
    made.engine.downloader.slots[key] = slot  # type: ignore[assignment]
    return slot


def answer(made: Crawler, url: str, latency: float, status: int = 200) -> None:
    request = Request(url, meta={"download_latency": latency})
    BackOff.from_crawler(made).process_response(request, Response(url, status=status))


SITE = "https://news.example.com/a"


def test_a_site_that_does_not_answer_is_asked_half_as_often() -> None:
    made = crawler()
    slot = slot_of(made, SITE)
    for expected in (10, 20, 40, 60, 60):
        BackOff.from_crawler(made).process_exception(Request(SITE), DownloadTimeoutError())
        assert slot.delay == expected
    BackOff.from_crawler(made).process_exception(Request(SITE), ConnectionResetError())
    assert slot.delay == 60


@pytest.mark.parametrize(
    ("latency", "delay"), [(0.4, 5.0), (9.0, 9.0), (300.0, 60.0)], ids=["quick", "slow", "dying"]
)
def test_a_slow_site_has_as_long_to_rest_as_it_takes(latency: float, delay: float) -> None:
    made = crawler()
    slot = slot_of(made, SITE)
    answer(made, SITE, latency)
    assert slot.delay == delay


def test_a_site_that_is_well_again_is_asked_as_before_step_by_step() -> None:
    made = crawler()
    slot = slot_of(made, SITE)
    answer(made, SITE, 41.0)
    seen = []
    for status in (200, 503, 304, 200, 200, 200):
        answer(made, SITE, 1.0, status)
        seen.append(slot.delay)
    assert seen == [21.0, 21.0, 11.0, 6.0, 5.0, 5.0]


def test_no_quick_answer_undoes_what_the_site_asked_for() -> None:
    made = crawler()
    slot = slot_of(made, SITE)
    slow_down(made, SITE, 30)
    answer(made, SITE, 45.0)
    answer(made, SITE, 0.1)
    answer(made, SITE, 0.1)
    assert slot.delay == 30


def test_the_users_own_host_is_not_slowed_down() -> None:
    made = crawler()
    slot = slot_of(made, "http://127.0.0.1:8000/")
    error = DownloadTimeoutError()
    BackOff.from_crawler(made).process_exception(Request("http://127.0.0.1:8000/"), error)
    answer(made, "http://127.0.0.1:8000/", 9.0)
    assert slot.delay == 0
