"""Files that hold pages: HTML as browsers save it, and web archives (WARC, ISO 28500)."""

import gzip
import re
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from email.parser import BytesHeaderParser
from pathlib import Path
from typing import Any

from lxml import etree, html

from monitor.errors import UsageError
from monitor.types import Page
from monitor.urls import absolute
from spiders.encodings import decode
from spiders.fates import Unusable, fate_of_page, is_html_type
from spiders.request import KEPT_HEADERS

MAX_BYTES = 10_000_000  # of one page, as in a crawl
MAX_RECORD = MAX_BYTES + 1_000_000  # with the head of the answer and its encoding
HEAD = 200_000  # bytes of a saved page in which its address is looked for
HTML_SUFFIXES = (".html", ".htm", ".xhtml", ".html.gz", ".htm.gz")
WARC_SUFFIXES = (".warc", ".warc.gz")
UNREADABLE = (OSError, EOFError, zlib.error)  # the latter two of what is packed by gzip
_STATUS = re.compile(rb"HTTP/\d(?:\.\d)?\s+(\d{3})\b")
_CHUNK = re.compile(rb"([0-9a-fA-F]{1,8})[ \t]*(?:;[^\r\n]*)?\r?\n")
_GZIP, _WARC = b"\x1f\x8b", b"WARC/"
# Chrome, Firefox and Internet Explorer; then SingleFile.
_SAVED = re.compile(r"saved from url=\(\d+\)(\S+)|^\s*url:\s*(https?://\S+)", re.I | re.M)


@dataclass(frozen=True, slots=True)
class Held:
    """What stands at one place of a file: a page, or why there is none to read."""

    place: str  # the file, with the number of the record in an archive
    page: Page | None = None
    outcome: str = "ok"  # a word of FATES
    detail: str | None = None

    @property
    def is_broken(self) -> bool:
        """Whether something is wrong with the file; a picture or an error page is no mistake."""
        return self.outcome in ("parse_error", "truncated", "too_large", "bad_response")


def files_of(paths: Sequence[Path]) -> tuple[Path, ...]:
    """The files given, and in folders those that end as pages and archives do, by name.

    Raises UsageError for what does not exist, and for a folder without any.
    """
    found: list[Path] = []
    for path in paths:
        if path.is_dir():
            endings = (*HTML_SUFFIXES, *WARC_SUFFIXES)
            inside = [one for one in sorted(path.rglob("*")) if one.name.lower().endswith(endings)]
            if not inside:
                raise UsageError(f"{path}: no file in it ends with {', '.join(endings)}")
            found += inside
        elif not path.exists():
            raise UsageError(f"{path}: no such file or folder")
        else:
            found.append(path)
    return tuple(dict.fromkeys(found))


def pages_in(file: Path, url: str | None, saved_at: datetime | None) -> Iterator[Held]:
    """What a file holds, in its order. ``url`` and ``saved_at`` stand in for what HTML names.

    Raises UNREADABLE where the file cannot be read.
    """
    if _bytes(file, len(_WARC)) == _WARC or file.name.lower().endswith(WARC_SUFFIXES):
        yield from _archived(file)
    else:
        yield _saved(file, url, saved_at)


# --- HTML ---------------------------------------------------------------------------------------


def _saved(file: Path, url: str | None, saved_at: datetime | None) -> Held:
    body = _bytes(file, MAX_BYTES + 1)
    if len(body) > MAX_BYTES:
        return Held(str(file), None, "too_large", f"more than {MAX_BYTES:,} bytes")
    fate = fate_of_page("", body)
    if fate is not None:
        return Held(str(file), None, *fate)
    address = absolute(url or address_in(body) or "")
    if address is None:
        reason = "names no address of its own (rel=canonical, og:url); give it with --url"
        return Held(str(file), None, "parse_error", reason)
    moment = saved_at or datetime.fromtimestamp(file.stat().st_mtime, UTC)
    return Held(str(file), Page(address, body, moment))


def _bytes(file: Path, most: int) -> bytes:
    """The first bytes of a file, packed by gzip or not."""
    with file.open("rb") as plain:
        if plain.read(2) != _GZIP:
            plain.seek(0)
            return plain.read(most)
    with gzip.open(file) as packed:
        return packed.read(most)


def address_in(body: bytes) -> str | None:
    """The address that a saved page names: in the browser's mark, as canonical link, as og:url."""
    try:
        root = html.document_fromstring(body[:HEAD])
    except (etree.ParserError, ValueError):
        return None
    marks = (_SAVED.search(str(comment.text)) for comment in root.getroottree().iter(etree.Comment))
    named = [mark[1] or mark[2] for mark in marks if mark]
    named += [link.get("href") for link in root.iter("link") if link.get("rel") == "canonical"]
    named += [meta.get("content") for meta in root.iter("meta") if meta.get("property") == "og:url"]
    return next((found for one in named if one and (found := absolute(one.strip()))), None)


# --- WARC ---------------------------------------------------------------------------------------


def _archived(file: Path) -> Iterator[Held]:
    """The pages of an archive, up to where a record is broken: no next one could be found."""
    from warcio.archiveiterator import ArchiveIterator
    from warcio.exceptions import ArchiveLoadFailed

    number = 0
    with file.open("rb") as stream:
        try:
            # Answers are read here, or one with a broken head would end the archive.
            for number, record in enumerate(ArchiveIterator(stream, no_record_parse=True), 1):
                held = _record(record)
                if held is not None:
                    yield replace(held, place=f"{file}, record {number}")
        except (ArchiveLoadFailed, *UNREADABLE, ValueError, TypeError, AttributeError) as error:
            reason = " ".join(str(error).split())[:200] or type(error).__name__
            yield Held(f"{file}, record {number + 1}", None, "parse_error", reason)
        else:
            if number == 0:
                yield Held(str(file), None, "parse_error", "there is no record in it")


def _record(record: Any) -> Held | None:
    """None for what holds no answer of the web: requests, metadata, DNS.

    Raises ValueError for a record that does not say what it is and how long.
    """
    named = record.rec_headers.get_header
    if not named("WARC-Type") or not (named("Content-Length") or "").isdigit():
        raise ValueError("a record without WARC-Type or Content-Length; cut short or broken")
    url = absolute((named("WARC-Target-URI") or "").strip("<>"))
    if url is None or record.rec_type not in ("response", "resource", "revisit"):
        return None
    if record.rec_type == "revisit":
        return Held("", None, "unchanged", url)
    content = _content(record)
    if content is None or named("WARC-Truncated"):
        return Held("", None, "truncated", f"{url}: the record is cut short")
    if len(content) > MAX_RECORD:
        return Held("", None, "too_large", f"{url}: more than {MAX_RECORD:,} bytes")
    try:
        if record.rec_type == "resource":  # no answer: the record itself has the type
            status, headers, body = 200, {"content-type": named("Content-Type") or ""}, content
        else:
            status, headers, body = _answer(content)
        return _page(url, status, headers, body, _moment(named("WARC-Date")))
    except Unusable as error:
        return Held("", None, error.word, f"{url}: {error.detail}")


def _content(record: Any) -> bytes | None:
    """The record's bytes, at most one more than allowed; None: it ends before it should."""
    parts, size = [], 0
    while size <= MAX_RECORD and (part := record.raw_stream.read(65_536)):
        parts.append(part)
        size += len(part)
    promised = int(record.rec_headers.get_header("Content-Length"))
    return None if size < min(promised, MAX_RECORD) else b"".join(parts)


def _answer(content: bytes) -> tuple[int, dict[str, str], bytes]:
    """Status, headers that matter by lower-case name, and body without its encodings.

    Raises Unusable.
    """
    head, gap, body = content.partition(b"\r\n\r\n")
    line, _, fields = head.partition(b"\r\n")
    status = _STATUS.match(line)
    if status is None or not gap:
        raise Unusable("bad_response", f"it begins with {line[:40]!r}")
    found = BytesHeaderParser().parsebytes(fields)
    if "chunked" in str(found.get("Transfer-Encoding", "")).lower():
        body = _joined(body)
    encodings = str(found.get("Content-Encoding", "")).split(",")
    body = decode(body, encodings, MAX_BYTES)
    named = {name: str(found.get(name, ""))[:2_000] for name in KEPT_HEADERS}
    return int(status[1]), {name: value for name, value in named.items() if value}, body


def _joined(body: bytes) -> bytes:
    """The chunks as one (RFC 9112 section 7.1); as it is where an archiver joined them already."""
    parts: list[bytes] = []
    at = 0
    while chunk := _CHUNK.match(body, at):
        size, start = int(chunk[1], 16), chunk.end()
        if size == 0:
            return b"".join(parts)
        parts.append(body[start : start + size])
        at = start + size + (2 if body[start + size : start + size + 2] == b"\r\n" else 0)
    return body


def _page(
    url: str, status: int, headers: dict[str, str], body: bytes, moment: datetime | None
) -> Held:
    """Raises Unusable for what a crawl would not read either."""
    kind = headers.get("content-type", "")
    if status != 200:
        raise Unusable("http_error", f"status {status}")
    if not is_html_type(kind):
        raise Unusable("not_html", kind[:100])
    fate = fate_of_page(kind, body)
    if fate is not None:
        raise Unusable(*fate)
    if moment is None:
        raise Unusable("parse_error", "no WARC-Date")
    return Held("", Page(url, body, moment, headers=headers))


def _moment(text: str | None) -> datetime | None:
    try:
        read = datetime.fromisoformat(text or "")
    except ValueError:
        return None
    return read.astimezone(UTC) if read.tzinfo else read.replace(tzinfo=UTC)
