"""Content decoding with a cap on what comes out."""

import contextlib
import functools
import gzip
import random
import sys
import tracemalloc
import zlib

import brotli
import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.decoding import (
    FREE_BYTES,
    MAX_RATIO,
    Decoding,
    TooLargeError,
    UndecodableError,
    decoded,
)

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


BOMBS = [
    pytest.param("gzip", gzip.compress, id="gzip"),
    pytest.param("br", functools.partial(brotli.compress, quality=1), id="br"),
    pytest.param("zstd", zstd.compress, id="zstd"),
    pytest.param("gzip, gzip", lambda it: gzip.compress(gzip.compress(it)), id="two"),
]


@pytest.mark.parametrize(("coding", "pack"), BOMBS)
@pytest.mark.parametrize("max_bytes", [1_000_000, 100_000_000])
def test_a_bomb_is_stopped_long_before_it_is_unpacked(coding, pack, max_bytes):
    bomb = pack(bytes(50_000_000))

    tracemalloc.start()
    with pytest.raises(TooLargeError):
        decoded(bomb, coding, max_bytes=max_bytes)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert most < 6_000_000


@pytest.mark.parametrize(("coding", "pack"), BOMBS)
def test_a_small_body_may_pack_as_well_as_it_likes(coding, pack):
    assert decoded(pack(bytes(FREE_BYTES)), coding, max_bytes=FREE_BYTES) == bytes(FREE_BYTES)


@pytest.mark.parametrize("times", [MAX_RATIO - 5, MAX_RATIO + 5])
def test_a_large_one_may_unpack_to_so_many_times_its_size(times):
    noise = random.Random(1).randbytes(FREE_BYTES // 20)  # noqa: S311
    zeros = round(len(noise) * (times - 1) / (1 - times / 1029))  # gzip packs zeros to 1/1029
    packed = gzip.compress(noise + bytes(zeros))

    outcome = contextlib.nullcontext() if times < MAX_RATIO else pytest.raises(TooLargeError)

    with outcome:
        assert len(decoded(packed, "gzip", max_bytes=10**9)) == zeros + len(noise)


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


CODING = st.sampled_from(["gzip", "deflate", "br", "zstd", "identity", "x"])


@given(raw=st.binary(max_size=200), codings=st.lists(CODING, max_size=5))
def test_any_bytes_decode_or_are_refused_and_nothing_else(raw, codings):
    for magic in (b"", b"\x1f\x8b\x08\0", b"\x28\xb5\x2f\xfd", b"\x78\x9c"):
        with contextlib.suppress(TooLargeError, UndecodableError):
            assert len(decoded(magic + raw, ", ".join(codings), max_bytes=1_000)) <= 1_000


@given(
    body=st.binary(max_size=2_000),
    cut=st.integers(0, 500),
    flip=st.integers(0, 499),
    bit=st.integers(0, 7),
)
@pytest.mark.parametrize(("coding", "pack"), CODINGS[:8])
def test_what_was_damaged_on_the_way_is_refused_or_decodes_within_bounds(
    coding, pack, body, cut, flip, bit
):
    packed = bytearray(pack(body))[: -cut or None]
    if flip < len(packed):
        packed[flip] ^= 1 << bit

    with contextlib.suppress(TooLargeError, UndecodableError):
        assert len(decoded(bytes(packed), coding, max_bytes=5_000)) <= 5_000
