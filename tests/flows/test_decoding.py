"""Content decoding with a cap on what comes out."""

import contextlib
import gzip
import sys
import zlib

import brotli
import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.decoding import Decoding, TooLargeError, UndecodableError, decoded

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

TEXT = b"Rain fell on the harbour of Larkhaven. " * 5_000


def raw_deflate(content):
    packer = zlib.compressobj(wbits=-15)
    return packer.compress(content) + packer.flush()


CODINGS = [
    pytest.param("gzip", gzip.compress, id="gzip"),
    pytest.param("x-gzip", gzip.compress, id="x-gzip"),
    pytest.param("GZIP", gzip.compress, id="in capitals"),
    pytest.param("deflate", zlib.compress, id="deflate"),
    pytest.param("deflate", raw_deflate, id="deflate without zlib header"),
    pytest.param("br", brotli.compress, id="br"),
    pytest.param("zstd", zstd.compress, id="zstd"),
    pytest.param("gzip, br", lambda it: brotli.compress(gzip.compress(it)), id="two, in order"),
    pytest.param("gzip", lambda it: gzip.compress(it[:9]) + gzip.compress(it[9:]), id="members"),
    pytest.param("zstd", lambda it: zstd.compress(it[:9]) + zstd.compress(it[9:]), id="frames"),
    pytest.param("gzip", lambda it: gzip.compress(it) + b"\0" * 64, id="padding"),
    pytest.param("gzip", bytes, id="gzip that is none"),
    pytest.param(None, bytes, id="none"),
    pytest.param("", bytes, id="empty"),
    pytest.param("identity", bytes, id="identity"),
    pytest.param("utf-8", bytes, id="no coding at all"),
]


@pytest.mark.parametrize(("coding", "pack"), CODINGS)
def test_what_was_packed_comes_out(coding, pack):
    assert decoded(pack(TEXT), coding, max_bytes=len(TEXT)) == TEXT


@pytest.mark.parametrize(("coding", "pack"), CODINGS)
def test_it_comes_out_whatever_the_pieces_are_it_arrives_in(coding, pack):
    decoding = Decoding(coding, max_bytes=len(TEXT))

    for byte in pack(TEXT[:300]):
        decoding.feed(bytes([byte]))

    assert decoding.finish() == TEXT[:300]


@pytest.mark.parametrize(("coding", "pack"), CODINGS)
def test_one_byte_more_than_allowed_is_too_large(coding, pack):
    with pytest.raises(TooLargeError):
        decoded(pack(TEXT), coding, max_bytes=len(TEXT) - 1)


@pytest.mark.parametrize(
    ("coding", "pack"),
    [
        pytest.param("gzip", gzip.compress, id="gzip"),
        pytest.param("br", brotli.compress, id="br"),
        pytest.param("zstd", zstd.compress, id="zstd"),
    ],
)
def test_a_bomb_is_stopped_long_before_it_is_unpacked(coding, pack):
    bomb = pack(bytes(20_000_000))
    decoding = Decoding(coding, max_bytes=1_000_000)

    with pytest.raises(TooLargeError):
        decoding.feed(bomb)

    assert sum(len(piece) for piece in decoding._pieces) <= 1_000_000


@pytest.mark.parametrize(
    ("coding", "pack"),
    [
        pytest.param("gzip", gzip.compress, id="gzip"),
        pytest.param("deflate", zlib.compress, id="deflate"),
        pytest.param("br", brotli.compress, id="br"),
        pytest.param("zstd", zstd.compress, id="zstd"),
    ],
)
def test_a_body_that_ends_too_early_is_not_taken_for_whole(coding, pack):
    with pytest.raises(UndecodableError):
        decoded(pack(TEXT)[:-5], coding, max_bytes=len(TEXT))


def test_an_empty_body_may_name_a_coding():
    assert decoded(b"", "gzip", max_bytes=10) == b""


def test_four_codings_on_top_of_each_other_are_refused():
    with pytest.raises(UndecodableError):
        decoded(b"x", "gzip, gzip, gzip, gzip", max_bytes=10)


@given(raw=st.binary(max_size=200), coding=st.sampled_from(["gzip", "deflate", "br", "zstd"]))
def test_any_bytes_decode_or_are_refused_and_nothing_else(raw, coding):
    for magic in (b"", b"\x1f\x8b\x08\0", b"\x28\xb5\x2f\xfd"):
        with contextlib.suppress(TooLargeError, UndecodableError):
            assert len(decoded(magic + raw, coding, max_bytes=1_000)) <= 1_000
