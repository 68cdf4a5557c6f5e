"""A body on its way in, kept where it takes no memory that many at a time would exhaust."""

from pathlib import Path
from tempfile import SpooledTemporaryFile
from typing import Self

from flows.decoding import SLICE, Decoding, TooLargeError

#: What a body may take of the memory while it comes in; the rest waits on disk.
_IN_MEMORY_BYTES = 256 * 1024


class Body:
    """What has come of a body so far; a context manager that forgets it.

    It is decoded when all is there, in one go: so only one is in memory as a whole, however
    many come in at a time, and only one decoder with its window.

    Args:
        folder: where a large one waits, in a file without a name.
        max_bytes: as received, and decoded.
    """

    def __init__(self, folder: Path, *, max_bytes: int) -> None:
        self._max_bytes = max_bytes
        self._spool = SpooledTemporaryFile(max_size=_IN_MEMORY_BYTES, dir=str(folder))  # noqa: SIM115

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._spool.close()

    def add(self, chunk: bytes) -> None:
        """Take in the next bytes as received.

        Raises:
            TooLargeError: they are too many.
        """
        self._spool.write(chunk)
        if self._spool.tell() > self._max_bytes:
            raise TooLargeError(f"has over {self._max_bytes:,} bytes, the limit")

    def whole(self, content_encoding: str | None) -> tuple[bytes, bytes]:
        """Return the body as received and decoded.

        Raises:
            TooLargeError: decoded it is too large.
            UndecodableError: it cannot be decoded.
        """
        decoding = Decoding(content_encoding, max_bytes=self._max_bytes)
        self._spool.seek(0)
        while piece := self._spool.read(SLICE):
            decoding.feed(piece)
        body = decoding.finish()
        self._spool.seek(0)
        return self._spool.read(), body
