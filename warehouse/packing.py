"""How staged files are compressed, now and in earlier versions."""

import gzip
import sys
import zlib
from collections.abc import Mapping

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

from extractors.errors import OnRecordError

#: How the name of a staged file ends.
SUFFIX = ".json.zst"
#: Of files that earlier versions staged.
OLDER_SUFFIX = ".json.gz"
_DAMAGES = (EOFError, zlib.error, gzip.BadGzipFile, zstd.ZstdError)
#: A quarter of the time of gzip, and smaller. Without a checksum a changed byte would pass.
_OPTIONS: Mapping[int, int] = {
    zstd.CompressionParameter.compression_level: 1,
    zstd.CompressionParameter.checksum_flag: 1,
}


class TornFileError(OnRecordError, ValueError):
    """A staged file is not whole."""


def packed(content: bytes) -> bytes:
    """Return `content` compressed."""
    return zstd.compress(content, options=_OPTIONS)


def content_of(packed: bytes, *, name: str) -> bytes:
    """Return what is compressed in a file called `name`, of this version or an earlier one.

    Raises:
        TornFileError: it is not whole.
    """
    unpack = gzip.decompress if name.endswith(".gz") else zstd.decompress
    try:
        return unpack(packed)
    except _DAMAGES as error:
        raise TornFileError(f"{name} is not whole: {error}") from error
