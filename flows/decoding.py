"""Content decoding with a cap on what comes out, piece by piece.

The HTTP library could decode as well, but then the bytes as received were gone for the archive,
and a small body could unpack to more than the memory holds.
"""

import io
import sys
import zlib
from collections.abc import Callable, Iterator
from typing import Protocol

import brotli  # type: ignore[import-untyped]  # it ships none

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

_PIECE = 1 << 16
#: What is fed at a time: small enough that a bomb shows before it has unfolded.
SLICE = 1 << 13
_GZIP_MAGIC = b"\x1f\x8b"
#: RFC 9659: a zstd window over 8 MB may be refused in HTTP.
_ZSTD_WINDOW_LOG = 23
#: More codings on top of each other than this are an attack, not a server.
_MAX_CODINGS = 3
#: HTML packs to a twentieth, the dullest XML to a hundredth: what unpacks to more is a bomb.
MAX_RATIO = 200
#: Up to this size anything may pack as well as it likes.
FREE_BYTES = 1_000_000


class TooLargeError(Exception):
    """A body is larger than allowed; the message says how, as a predicate."""


class UndecodableError(Exception):
    """The body is not what its Content-Encoding says, or ends too early."""


class Decoder(Protocol):
    """One coding being taken off."""

    def feed(self, chunk: bytes) -> Iterator[bytes]:
        """Yield what `chunk` decodes to, in pieces of bounded size."""

    def finish(self) -> None:
        """Check that the body ended where its coding says it does."""


def decoded(raw: bytes, content_encoding: str | None, *, max_bytes: int) -> bytes:
    """Return `raw` with the codings of `content_encoding` taken off.

    Raises:
        TooLargeError: it decodes to more than `max_bytes`, or to more than it can honestly hold.
        UndecodableError: it cannot be decoded.
    """
    decoding = Decoding(content_encoding, max_bytes=max_bytes)
    for start in range(0, len(raw), SLICE):
        decoding.feed(raw[start : start + SLICE])
    return decoding.finish()


class Decoding:
    """A body fed piece by piece, and stopped as soon as too much comes out.

    Args:
        content_encoding: the header; None for none.
        max_bytes: of the decoded body, and of whatever is between two codings.
    """

    def __init__(self, content_encoding: str | None, *, max_bytes: int) -> None:
        self._decoders = _decoders_for(content_encoding)
        self._max_bytes = max_bytes
        self._sizes = [0] * (len(self._decoders) + 1)
        self._body = io.BytesIO()

    def feed(self, chunk: bytes) -> None:
        """Take in the next bytes as received."""
        self._push(chunk, 0)

    def finish(self) -> bytes:
        """Return the whole decoded body."""
        if self._sizes[0]:  # an answer without a body may still name a coding
            for decoder in self._decoders:
                decoder.finish()
        return self._body.getvalue()

    def _push(self, chunk: bytes, stage: int) -> None:
        self._sizes[stage] += len(chunk)
        self._check_size(self._sizes[stage])
        if stage == len(self._decoders):
            self._body.write(chunk)
            return
        for piece in self._decoders[stage].feed(chunk):
            self._push(piece, stage + 1)

    def _check_size(self, size: int) -> None:
        if size > self._max_bytes:
            raise TooLargeError(f"has over {self._max_bytes:,} bytes, the limit")
        if size > FREE_BYTES and size > self._sizes[0] * MAX_RATIO:
            raise TooLargeError(f"unpacks to over {MAX_RATIO} times its size")


def _decoders_for(content_encoding: str | None) -> list[Decoder]:
    """Return the decoders to run, in order; a coding nobody knows is taken for none.

    Raises:
        UndecodableError: more than three codings on top of each other.
    """
    names = [name.strip().lower() for name in (content_encoding or "").split(",")]
    known = [_DECODERS[name] for name in reversed(names) if name in _DECODERS]
    if len(known) > _MAX_CODINGS:
        raise UndecodableError(f"{len(known)} content codings on top of each other")
    return [decoder() for decoder in known]


def _said(error: Exception) -> str:
    return str(error).rpartition(": ")[2]  # in front is what the library was about to do


class _Zlib:
    """gzip, of one member or several, and deflate, with the zlib header or without."""

    def __init__(self, wbits_of: Callable[[bytes], int | None]) -> None:
        self._wbits_of = wbits_of
        self._head = b""
        self._wbits: int | None = None
        self._inner = zlib.decompressobj()
        self._opened = False

    def feed(self, chunk: bytes) -> Iterator[bytes]:
        if not self._opened:
            chunk, self._head = self._head + chunk, b""
            if len(chunk) < 2:
                self._head = chunk
                return
            self._open(chunk)
        if self._wbits is None:
            yield chunk
        else:
            yield from self._inflated(chunk, self._wbits)

    def finish(self) -> None:
        if self._opened and self._wbits is not None and not self._inner.eof:
            raise UndecodableError("the compressed body ends too early")

    def _open(self, head: bytes) -> None:
        self._opened = True
        self._wbits = self._wbits_of(head)
        if self._wbits is not None:
            self._inner = zlib.decompressobj(self._wbits)

    def _inflated(self, chunk: bytes, wbits: int) -> Iterator[bytes]:
        more = bool(chunk)
        while more:
            if self._inner.eof:
                chunk, self._head = self._head + chunk, b""
                if not chunk.startswith(_GZIP_MAGIC):
                    # Perhaps half of a member's magic number; else padding, which is ignored.
                    self._head = chunk if chunk in (b"", _GZIP_MAGIC[:1]) else b"-"
                    return
                self._inner = zlib.decompressobj(wbits)
            try:
                piece = self._inner.decompress(chunk, _PIECE)
            except zlib.error as error:
                raise UndecodableError(_said(error)) from error
            chunk = self._inner.unused_data if self._inner.eof else self._inner.unconsumed_tail
            more = bool(chunk) or len(piece) == _PIECE
            if piece:
                yield piece


def _gzip_wbits(head: bytes) -> int | None:
    # Servers that name gzip and send plain text are met every day.
    return 31 if head.startswith(_GZIP_MAGIC) else None


def _deflate_wbits(head: bytes) -> int | None:
    # RFC 9110 means the zlib format; raw deflate is what some servers send.
    has_zlib_header = head[0] & 15 == 8 and int.from_bytes(head[:2], "big") % 31 == 0
    return 15 if has_zlib_header else -15


class _Brotli:
    """Brotli; anything behind its end is ignored."""

    def __init__(self) -> None:
        self._inner = brotli.Decompressor()

    def feed(self, chunk: bytes) -> Iterator[bytes]:
        while not self._inner.is_finished():
            try:
                piece = self._inner.process(chunk, output_buffer_limit=_PIECE)
            except brotli.error as error:
                raise UndecodableError(_said(error)) from error
            if piece:
                yield piece
            elif self._inner.can_accept_more_data():
                return
            chunk = b""

    def finish(self) -> None:
        if not self._inner.is_finished():
            raise UndecodableError("the compressed body ends too early")


class _Zstd:
    """Zstandard, of one frame or several."""

    def __init__(self) -> None:
        self._inner = self._frame()

    def feed(self, chunk: bytes) -> Iterator[bytes]:
        while chunk or not self._inner.needs_input:
            if self._inner.eof:
                if not chunk:
                    return
                self._inner = self._frame()
            try:
                piece = self._inner.decompress(chunk, _PIECE)
            except zstd.ZstdError as error:
                raise UndecodableError(_said(error)) from error
            chunk = self._inner.unused_data if self._inner.eof else b""
            if piece:
                yield piece

    def finish(self) -> None:
        if not self._inner.eof:
            raise UndecodableError("the compressed body ends too early")

    @staticmethod
    def _frame() -> zstd.ZstdDecompressor:
        return zstd.ZstdDecompressor(
            options={zstd.DecompressionParameter.window_log_max: _ZSTD_WINDOW_LOG}
        )


_DECODERS: dict[str, Callable[[], Decoder]] = {
    "gzip": lambda: _Zlib(_gzip_wbits),
    "x-gzip": lambda: _Zlib(_gzip_wbits),
    "deflate": lambda: _Zlib(_deflate_wbits),
    "br": _Brotli,
    "zstd": _Zstd,
}
