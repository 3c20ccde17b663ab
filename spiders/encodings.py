"""Content-Encoding undone: whole or not at all, and never beyond a limit."""

import zlib
from collections.abc import Sequence

import brotli  # type: ignore[import-untyped]
import zstandard

from spiders.fates import Unusable

ACCEPTED = "gzip, deflate, br, zstd"
MAX_LAYERS = 3  # real servers send one, a proxy may add one more
_CHUNK = 65_536  # bytes asked of a decoder at a time
# Bytes fed to zstd at a time. Its decoder has no limit on what comes out, and a block of 4 bytes
# can become 128 KiB (RFC 8878 section 3.1.1.2): 256 bytes become 8 MiB at most.
_ZSTD_FEED = 256
_ZSTD_WINDOW = 1 << 23  # what RFC 9659 lets a server use
_GZIP = b"\x1f\x8b"
_ZSTD = b"\x28\xb5\x2f\xfd"


def decode(body: bytes, encodings: Sequence[str], limit: int) -> bytes:
    """The body before its content encodings (as listed in the header, first applied first).

    Raises Unusable: "too_large" beyond ``limit`` bytes, "truncated" where the stream ends early,
    "bad_response" where it is broken, of an unknown encoding or in too many layers.
    """
    if len(encodings) > MAX_LAYERS:
        raise Unusable("bad_response", f"{len(encodings)} layers of Content-Encoding")
    for encoding in reversed(encodings):
        if not body:
            return body
        body = _decode_one(body, encoding.strip().lower(), limit)
    return body


def _decode_one(body: bytes, encoding: str, limit: int) -> bytes:
    if encoding in ("", "identity"):
        return body
    try:
        if encoding in ("gzip", "x-gzip"):
            # Plain text under a gzip header is common behind misconfigured caches.
            return _gunzip(body, limit) if body.startswith(_GZIP) else body
        if encoding == "deflate":
            return _inflate(body, limit)
        if encoding == "br":
            return _unbrotli(body, limit)
        if encoding == "zstd":
            return _unzstd(body, limit) if body.startswith(_ZSTD) else body
    except (zlib.error, brotli.error, zstandard.ZstdError) as error:
        raise Unusable("bad_response", f"broken {encoding}: {error}") from error
    raise Unusable("bad_response", f"unknown Content-Encoding {encoding[:40]}")


class _Output:
    """Collects what a decoder gives, up to the limit."""

    def __init__(self, limit: int) -> None:
        self._parts: list[bytes] = []
        self._size = 0
        self._limit = limit

    def add(self, part: bytes) -> None:
        self._size += len(part)
        if self._size > self._limit:
            raise Unusable("too_large", f"more than {self._limit} bytes when decompressed")
        self._parts.append(part)

    def whole(self) -> bytes:
        return b"".join(self._parts)


def _gunzip(body: bytes, limit: int) -> bytes:
    """All members of a gzip stream (RFC 1952 section 2.2); padding after them is no part of it."""
    output = _Output(limit)
    while body.startswith(_GZIP):
        body = _zlib(body, 16 + zlib.MAX_WBITS, output)
    return output.whole()


def _inflate(body: bytes, limit: int) -> bytes:
    """RFC 9110 means zlib's format; many servers send raw deflate instead."""
    output = _Output(limit)
    is_zlib = body[0] & 0x0F == 8 and int.from_bytes(body[:2], "big") % 31 == 0
    _zlib(body, zlib.MAX_WBITS if is_zlib else -zlib.MAX_WBITS, output)
    return output.whole()


def _zlib(body: bytes, window: int, output: _Output) -> bytes:
    """Decodes one stream into ``output``; what follows it comes back."""
    decoder = zlib.decompressobj(window)
    output.add(decoder.decompress(body, _CHUNK))
    while not decoder.eof:
        part = decoder.decompress(decoder.unconsumed_tail, _CHUNK)
        if not part and not decoder.eof:
            raise Unusable("truncated", "compressed stream cut short")
        output.add(part)
    return decoder.unused_data


def _unbrotli(body: bytes, limit: int) -> bytes:
    output = _Output(limit)
    decoder = brotli.Decompressor()
    output.add(decoder.process(body, output_buffer_limit=_CHUNK))
    while not decoder.is_finished():
        part = decoder.process(b"", output_buffer_limit=_CHUNK)
        if not part and not decoder.is_finished():
            raise Unusable("truncated", "compressed stream cut short")
        output.add(part)
    return output.whole()


def _unzstd(body: bytes, limit: int) -> bytes:
    output = _Output(limit)
    decoder = zstandard.ZstdDecompressor(max_window_size=_ZSTD_WINDOW).decompressobj()
    for start in range(0, len(body), _ZSTD_FEED):
        output.add(decoder.decompress(body[start : start + _ZSTD_FEED]))
        if decoder.eof:
            return output.whole()
    raise Unusable("truncated", "compressed stream cut short")
