import gzip
import zlib

import brotli
import pytest
import zstandard
from hypothesis import given
from hypothesis import strategies as st

from spiders.encodings import decode
from spiders.fates import Unusable

TEXT = b"Nothing moved the market as much as this paper. " * 2_000


def raw_deflate(body: bytes) -> bytes:
    encoder = zlib.compressobj(9, zlib.DEFLATED, -15)
    return encoder.compress(body) + encoder.flush()


ENCODERS = {
    "gzip": gzip.compress,
    "deflate": zlib.compress,
    "br": brotli.compress,
    "zstd": zstandard.compress,
}


@pytest.mark.parametrize("encoding", ENCODERS)
@given(body=st.binary(max_size=3_000))
def test_decodes_what_was_encoded(encoding: str, body: bytes) -> None:
    assert decode(ENCODERS[encoding](body), [encoding], 5_000) == body


@pytest.mark.parametrize("encoding", ENCODERS)
@pytest.mark.parametrize("share", [0.3, 0.9])
def test_half_a_stream_is_truncated(encoding: str, share: float) -> None:
    whole = ENCODERS[encoding](TEXT)
    with pytest.raises(Unusable) as caught:
        decode(whole[: int(len(whole) * share)], [encoding], 1_000_000)
    assert caught.value.word == "truncated"


@pytest.mark.parametrize("encoding", ENCODERS)
def test_a_bomb_is_too_large(encoding: str) -> None:
    bomb = ENCODERS[encoding](b"A" * 3_000_000)
    with pytest.raises(Unusable) as caught:
        decode(bomb, [encoding], 1_000_000)
    assert caught.value.word == "too_large"


def test_the_limit_itself_passes() -> None:
    assert len(decode(gzip.compress(b"A" * 1_000), ["gzip"], 1_000)) == 1_000


def test_layers_are_undone_last_first() -> None:
    assert decode(zlib.compress(gzip.compress(TEXT)), ["gzip", "deflate"], 1_000_000) == TEXT


def test_too_many_layers() -> None:
    with pytest.raises(Unusable) as caught:
        decode(TEXT, ["gzip"] * 4, 1_000_000)
    assert caught.value.word == "bad_response"


@pytest.mark.parametrize(
    "body,encoding",
    [
        (raw_deflate(TEXT), "deflate"),
        (gzip.compress(TEXT[:99]) + gzip.compress(TEXT[99:]), "gzip"),
        (gzip.compress(TEXT) + b"\0" * 20, "x-gzip"),
        (TEXT, "gzip"),  # a header that lies: the text is plain
        (TEXT, "identity"),
    ],
    ids=["raw deflate", "two members", "padding", "plain text", "identity"],
)
def test_what_servers_really_send(body: bytes, encoding: str) -> None:
    assert decode(body, [encoding], 1_000_000) == TEXT


@pytest.mark.parametrize(
    "body,encoding", [(b"\x1f\x8bjunkjunk", "gzip"), (TEXT, "br"), (TEXT, "lz4")]
)
def test_broken_or_unknown(body: bytes, encoding: str) -> None:
    with pytest.raises(Unusable) as caught:
        decode(body, [encoding], 1_000_000)
    assert caught.value.word == "bad_response"
