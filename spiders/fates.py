"""One word for what became of a URL: from the exception or the answer to a word of FATES."""

import re
from collections.abc import Iterable, Mapping
from datetime import timedelta

from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadCancelledError,
    DownloadConnectionRefusedError,
    DownloadFailedError,
    DownloadTimeoutError,
    IgnoreRequest,
    NotSupported,
    ResponseDataLossError,
    UnsupportedURLSchemeError,
)
from twisted.web._newclient import ParseError
from twisted.web.http import _MalformedChunkedDataError

from spiders.guard import Refused

Fate = tuple[str, str | None]  # a word of FATES, and what a person would want to know beside it

# Never the network's doing: they propagate and stop the run.
BUGS = (TypeError, AttributeError, LookupError, NameError, AssertionError, RecursionError)

_SIMPLE: tuple[tuple[type[Exception], str], ...] = (
    (Refused, "blocked"),
    (UnsupportedURLSchemeError, "blocked"),
    (NotSupported, "blocked"),
    (DownloadTimeoutError, "timeout"),
    (CannotResolveHostError, "connection"),
    (DownloadConnectionRefusedError, "connection"),
    (OSError, "connection"),
)

# Media types that may hold an article. Servers without a table of types send octet-stream.
HTML_TYPES = frozenset(
    {
        "",
        "text/html",
        "application/xhtml+xml",
        "application/xml",
        "text/xml",
        "text/plain",
        "application/octet-stream",
    }
)
# First bytes of what is no HTML whatever its type says.
_MAGIC = (
    b"%PDF-",
    b"\x89PNG",
    b"GIF8",
    b"\xff\xd8\xff",
    b"PK\x03\x04",
    b"RIFF",
    b"OggS",
    b"\x1f\x8b",
)

# Bot checks of the large providers, as they stand in the first kilobytes of their pages.
_BOT_CHECK = re.compile(
    rb"just a moment\.\.\.|checking (?:if the site connection is secure|your browser)|cf-chl-|"
    rb"cf-turnstile|attention required! \| cloudflare|g-recaptcha|h-captcha|px-captcha|"
    rb"captcha-delivery\.com|datadome|verify(?:ing)? (?:that )?you are (?:a )?human|"
    rb"access to this page has been denied|_incapsula_resource|ddos-guard",
    re.IGNORECASE,
)
_BOT_CHECK_BYTES = 20_000
_BOT_CHECK_STATUSES = frozenset({401, 403, 429, 503})


class Unusable(IgnoreRequest):
    """A request or answer that goes no further, with the word for it.

    ``passes_in``: when it may be otherwise; None: nobody knows.
    """

    def __init__(
        self, word: str, detail: str | None = None, passes_in: timedelta | None = None
    ) -> None:
        super().__init__(detail or word)
        self.word = word
        self.detail = detail
        self.passes_in = passes_in


def fate_of_failure(error: BaseException) -> Fate:
    """What an exception of the downloader means. Re-raises what can only be a bug of ours."""
    if isinstance(error, Unusable):
        return error.word, error.detail
    if isinstance(error, BUGS):
        raise error
    if isinstance(error, DownloadCancelledError):  # Scrapy cancels for DOWNLOAD_MAXSIZE only
        return "too_large", None
    causes = list(_causes(error))
    text = str(causes[-1]) or type(causes[-1]).__name__
    if isinstance(error, DownloadFailedError | ResponseDataLossError):
        return _fate_of_broken_answer(error, causes), text[:300]
    for kind, word in _SIMPLE:
        if any(isinstance(cause, kind) for cause in causes):
            return word, text[:300]
    if type(error).__module__.startswith("twisted.internet"):
        return "connection", text[:300]
    return "bad_response", f"{type(error).__name__}: {text}"[:300]


def _fate_of_broken_answer(error: BaseException, causes: list[BaseException]) -> str:
    if any(isinstance(cause, Refused) for cause in causes):
        return "blocked"
    # Twisted raises ValueError for a Content-Length that is no number, or for two that differ.
    broken = (ParseError, _MalformedChunkedDataError, ValueError)
    if any(isinstance(cause, broken) for cause in causes):
        return "bad_response"
    return "truncated" if isinstance(error, ResponseDataLossError) else "connection"


def _causes(error: BaseException) -> Iterable[BaseException]:
    """The error, what it was raised from, and what Twisted keeps in ``reasons``."""
    yield error
    for reason in getattr(error, "reasons", ()):
        yield from _causes(getattr(reason, "value", reason))
    if error.__cause__ is not None:
        yield from _causes(error.__cause__)


def fate_of_status(status: int, headers: Mapping[str, str], body: bytes) -> Fate:
    """What any status but 200 means for a page or feed."""
    if status in _BOT_CHECK_STATUSES and is_bot_check(headers, body):
        return "blocked_by_site", f"status {status} with a bot check"
    if status == 410:
        return "gone", "status 410"
    if status == 429:
        return "rate_limited", "status 429"
    return "http_error", f"status {status}"


def is_bot_check(headers: Mapping[str, str], body: bytes) -> bool:
    """True where the answer asks the reader to prove that they are human."""
    if "cf-mitigated" in headers:
        return True
    return _BOT_CHECK.search(body[:_BOT_CHECK_BYTES]) is not None


def fate_of_page(content_type: str, body: bytes) -> Fate | None:
    """Why the body of a page is not worth reading; None: it is."""
    if not body.strip():
        return "empty", None
    if body.startswith(_MAGIC):
        return "not_html", f"starts with {body[:4]!r}"
    kind = media_type(content_type)
    if kind == "application/octet-stream" and b"<html" not in body[:2_000].lower():
        return "not_html", kind
    return None


def media_type(content_type: str) -> str:
    """The bare type of a Content-Type header, in lower case."""
    return content_type.partition(";")[0].strip().lower()


def is_html_type(content_type: str) -> bool:
    """True where an answer of this type may hold an article; nonsense may, too."""
    kind = media_type(content_type)
    return kind in HTML_TYPES or "/" not in kind


def is_feed_type(content_type: str) -> bool:
    """False for media and documents, which are no feed; feeds come under any other type."""
    kind = media_type(content_type)
    return (
        not kind.startswith(("image/", "video/", "audio/", "font/")) and kind != "application/pdf"
    )
