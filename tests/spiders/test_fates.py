import pytest
from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadCancelledError,
    DownloadConnectionRefusedError,
    DownloadFailedError,
    DownloadTimeoutError,
    NotSupported,
    ResponseDataLossError,
)
from twisted.internet.error import ConnectionDone
from twisted.python.failure import Failure
from twisted.web._newclient import ParseError, ResponseFailed, ResponseNeverReceived

from monitor.types import FATES
from spiders.fates import (
    Unusable,
    fate_of_failure,
    fate_of_page,
    fate_of_status,
    is_feed_type,
    is_html_type,
)
from spiders.guard import Refused


def failed(kind: type[Exception], *reasons: Exception) -> DownloadFailedError:
    """As Scrapy raises it: from Twisted's error, which keeps its reasons."""
    error = DownloadFailedError()
    error.__cause__ = kind([Failure(reason) for reason in reasons])
    return error


@pytest.mark.parametrize(
    "error,word",
    [
        (Unusable("redirect_loop"), "redirect_loop"),
        (Refused("address 10.0.0.1 is not public"), "blocked"),
        (NotSupported("no handler for file"), "blocked"),
        (DownloadTimeoutError(), "timeout"),
        (DownloadCancelledError(), "too_large"),
        (CannotResolveHostError("x"), "connection"),
        (DownloadConnectionRefusedError(), "connection"),
        (ConnectionDone(), "connection"),
        (ConnectionResetError(), "connection"),
        (ResponseDataLossError(), "truncated"),
        (failed(ResponseNeverReceived, ConnectionDone()), "connection"),
        (failed(ResponseFailed, ParseError("status", b"x")), "bad_response"),
        (failed(ResponseFailed, ValueError("Content-Length")), "bad_response"),
        (failed(ResponseNeverReceived, Refused("address")), "blocked"),
        (UnicodeError("host"), "bad_response"),
    ],
    ids=lambda value: value if isinstance(value, str) else type(value).__name__,
)
def test_word_of_a_failure(error: Exception, word: str) -> None:
    assert fate_of_failure(error)[0] == word
    assert word in FATES


@pytest.mark.parametrize("bug", [TypeError, AttributeError, KeyError, AssertionError])
def test_bugs_are_no_fate(bug: type[Exception]) -> None:
    with pytest.raises(bug):
        fate_of_failure(bug())


@pytest.mark.parametrize(
    "status,body,word",
    [
        (404, b"", "http_error"),
        (410, b"", "gone"),
        (429, b"slow down", "rate_limited"),
        (304, b"", "http_error"),
        (204, b"", "http_error"),
        (302, b"", "http_error"),
        (999, b"", "http_error"),
        (403, b"<title>Just a moment...</title>", "blocked_by_site"),
        (403, b"<h1>Subscribers only</h1>", "http_error"),
        (503, b'<form id="cf-chl-widget">', "blocked_by_site"),
        (404, b"<title>Just a moment...</title>", "http_error"),
    ],
)
def test_word_of_a_status(status: int, body: bytes, word: str) -> None:
    assert fate_of_status(status, {}, body)[0] == word


def test_a_challenge_header_tells_without_a_body() -> None:
    assert fate_of_status(403, {"cf-mitigated": "challenge"}, b"")[0] == "blocked_by_site"


@pytest.mark.parametrize(
    "content_type,body,word",
    [
        ("text/html", b"<html>", None),
        ("text/html", b" \n", "empty"),
        ("text/html", b"%PDF-1.7\n", "not_html"),
        ("application/octet-stream", b"<!doctype html><html>", None),
        ("application/octet-stream", b"\x00\x01\x02", "not_html"),
        ("", b"<p>no type at all", None),
    ],
)
def test_word_of_a_page(content_type: str, body: bytes, word: str | None) -> None:
    fate = fate_of_page(content_type, body)
    assert (fate and fate[0]) == word


@pytest.mark.parametrize(
    "content_type,html,feed",
    [
        ("text/html; charset=utf-8", True, True),
        ("application/xhtml+xml", True, True),
        ("", True, True),
        ("nonsense", True, True),
        ("application/rss+xml", False, True),
        ("application/json", False, True),
        ("application/x-gzip", False, True),
        ("video/mp4", False, False),
        ("IMAGE/png", False, False),
        ("application/pdf", False, False),
    ],
)
def test_types(content_type: str, html: bool, feed: bool) -> None:
    assert (is_html_type(content_type), is_feed_type(content_type)) == (html, feed)
