"""WARC records as this project writes them: from a response to bytes, and back.

What the standard has no field for stands in fields of our own (`OnRecord-…`), so that a warehouse
can be made from the archive alone.

Source:
    WARC 1.1, ISO 28500:2017.
"""

import base64
import hashlib
import io
import re
import struct
import uuid
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import BinaryIO
from urllib.parse import quote

from warcio.recordloader import ArcWarcRecord, ArcWarcRecordLoader  # type: ignore[import-untyped]
from warcio.statusandheaders import StatusAndHeaders  # type: ignore[import-untyped]
from warcio.warcwriter import WARCWriter  # type: ignore[import-untyped]

from extractors.records import Fetch
from flows.exchange import Kind, Response

_VERSION = "WARC/1.1"
_PIECE = 1 << 20
_GZIP_FRAME_BYTES = 18  #: header and sums
_GZIP_MAGIC = re.compile(rb"\x1f\x8b\x08")
_CONTROLS = re.compile(r"[\x00-\x20\x7f]")
_LINE_BREAKS = re.compile(r"[\r\n]+")
#: Hop-by-hop: the chunks are gone by the time the body is here (RFC 9110, 7.6.1).
_NOT_KEPT = frozenset({"transfer-encoding"})


def write_opening(file: BinaryIO, *, name: str, software: str, run_id: str) -> None:
    """Write the record that says what file this is and who made it."""
    told = {"software": software, "format": "WARC File Format 1.1", "isPartOf": run_id}
    writer = WARCWriter(file, gzip=True, warc_version=_VERSION)
    writer.write_record(writer.create_warcinfo_record(name, told))


def write_response(
    file: BinaryIO, response: Response, *, kind: Kind, feed_id: str | None, requested_url: str
) -> None:
    """Write a record with `response`, its body content-encoded as received."""
    fields = _fields_of(response, kind=kind, feed_id=feed_id, requested_url=requested_url)
    block = _block_of(response)
    # Given HTTP headers apart, warcio would percent-encode what is not ASCII in them.
    record = ArcWarcRecord(
        "warc",
        "response",
        StatusAndHeaders("", list(fields.items()), protocol=_VERSION),
        io.BytesIO(block),
        None,
        "application/http; msgtype=response",
        len(block),
    )
    record.payload_length = len(block)
    WARCWriter(file, gzip=True, warc_version=_VERSION).write_record(record)


def stand_in_of(fetch: Fetch, *, file: str, offset: int) -> bytes:
    """Return the gzip member of a record that says which feed body gives the text of a page.

    Args:
        fetch: the request for the page, which failed.
        file: of the archive, with the body.
        offset: of the body's record there.
    """
    fields = {
        "WARC-Type": "metadata",
        "WARC-Record-ID": _record_id(fetch.fetch_id),
        "WARC-Target-URI": _on_one_line(fetch.final_url or fetch.url),
        "WARC-Date": _instant(fetch.started_at),
        "Content-Type": "text/plain",
        "OnRecord-Kind": "stand-in",
        "OnRecord-Requested-URI": _on_one_line(fetch.url),
        "OnRecord-Duration-Ms": str(fetch.duration_ms),
        "OnRecord-Text-File": file,
        "OnRecord-Text-Offset": str(offset),
    }
    return gzip_member(record_bytes(fields, (fetch.error or "").encode()))


def tombstone_of(keys: Sequence[str], *, at: datetime) -> bytes:
    """Return the gzip member of a record that says what is not to come back."""
    fields = {
        "WARC-Type": "metadata",
        "WARC-Record-ID": f"<urn:uuid:{uuid.uuid4()}>",
        "WARC-Date": f"{at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}",
        "Content-Type": "text/plain",
    }
    return gzip_member(record_bytes(fields, "".join(f"{key}\r\n" for key in keys).encode()))


def record_bytes(fields: Mapping[str, str], block: bytes) -> bytes:
    """Return a record, not yet compressed."""
    lines = [_VERSION, *(f"{name}: {value}" for name, value in fields.items())]
    head = "\r\n".join([*lines, f"Content-Length: {len(block)}", "", ""])
    return head.encode() + block + b"\r\n\r\n"


def gzip_member(content: bytes, *, size: int = 0) -> bytes:
    """Return `content` as a gzip member, padded to `size` bytes if it takes fewer.

    Source:
        RFC 1952, 2.3: a comment may stand in the header, of any length, and whoever unpacks the
        member passes over it.
    """
    packer = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    packed = packer.compress(content) + packer.flush()
    sums = struct.pack("<II", zlib.crc32(content), len(content) & 0xFFFFFFFF)
    missing = size - _GZIP_FRAME_BYTES - len(packed)
    comment = b" " * (missing - 1) + b"\0" if missing > 0 else b""
    head = b"\x1f\x8b\x08" + (b"\x10" if comment else b"\0") + b"\0\0\0\0\x02\xff"
    return head + comment + packed + sums


def members_of(file: BinaryIO) -> Iterator[tuple[int, int, bytes]]:
    """Yield start, end and content of each whole gzip member from where `file` stands.

    Ends without complaint at the first member that is torn or damaged.
    """
    start, rest = file.tell(), b""
    while True:
        inner, pieces, size = zlib.decompressobj(31), [], 0
        while not inner.eof:
            chunk = rest or file.read(_PIECE)
            rest = b""
            if not chunk:
                return
            try:
                pieces.append(inner.decompress(chunk))
            except zlib.error:
                return
            size += len(chunk) - len(inner.unused_data)
        rest = inner.unused_data
        yield start, start + size, b"".join(pieces)
        start += size


def begins_a_record(rest: bytes) -> bool:
    """Tell whether a record begins anywhere in `rest` but at its start."""
    return any(_is_record(rest[found.start() :]) for found in _GZIP_MAGIC.finditer(rest, 1))


@dataclass(frozen=True, slots=True, kw_only=True)
class WarcRecord:
    """A record as it stands in a file."""

    fields: dict[str, str]  #: the record's own header, not the HTTP headers
    block: bytes

    @property
    def is_of_request(self) -> bool:
        """Tell it from what opens a file, and from what says that a record was blanked."""
        return "OnRecord-Kind" in self.fields

    @property
    def fetch_id(self) -> str:
        """The id of the fetch, 32 hexadecimal digits."""
        return self.fields["WARC-Record-ID"].removeprefix("<urn:uuid:")[:-1].replace("-", "")

    @property
    def started_at(self) -> datetime:
        """When the fetch began, in UTC."""
        return datetime.fromisoformat(self.fields["WARC-Date"]).astimezone(UTC)


def parsed_record(member: bytes) -> WarcRecord:
    """Return the record in the content of a gzip member."""
    found = ArcWarcRecordLoader().parse_record_stream(io.BytesIO(member), no_record_parse=True)
    return WarcRecord(fields=dict(found.rec_headers.headers), block=found.raw_stream.read())


def parsed_block(block: bytes) -> tuple[int, tuple[tuple[str, str], ...], bytes]:
    """Return status, headers and raw body of the block of a response record.

    Raises:
        ValueError: it is not an HTTP response.
    """
    head, _, raw = block.partition(b"\r\n\r\n")
    status_line, *lines = head.decode("latin-1").split("\r\n")
    pairs = (line.partition(": ") for line in lines)
    return int(status_line.split(" ")[1]), tuple((name, value) for name, _, value in pairs), raw


def _fields_of(
    response: Response, *, kind: Kind, feed_id: str | None, requested_url: str
) -> dict[str, str]:
    fields = {
        "WARC-Type": "response",
        "WARC-Record-ID": _record_id(response.fetch_id),
        "WARC-Target-URI": response.final_url,
        "WARC-Date": _instant(response.started_at),
        "WARC-Payload-Digest": digest_of(response.raw),
        "OnRecord-Kind": kind,
        "OnRecord-Requested-URI": _on_one_line(requested_url),
        "OnRecord-Duration-Ms": str(response.duration_ms),
    }
    if response.ip:
        fields["WARC-IP-Address"] = response.ip
    if feed_id:
        fields["OnRecord-Feed-Id"] = feed_id
    return fields


def _record_id(fetch_id: str) -> str:
    return f"<urn:uuid:{uuid.UUID(fetch_id)}>"


def _instant(at: datetime) -> str:
    return f"{at.astimezone(UTC):%Y-%m-%dT%H:%M:%S.%f}Z"


def _on_one_line(url: str) -> str:
    return _CONTROLS.sub(lambda found: quote(found[0]), url)


def _block_of(response: Response) -> bytes:
    kept = [pair for pair in response.headers if pair[0].lower() not in _NOT_KEPT]
    lines = [f"HTTP/1.1 {response.http_status} {response.reason_phrase}"]
    lines += [f"{name}: {value}" for name, value in kept]
    head = "".join(_LINE_BREAKS.sub(" ", line) + "\r\n" for line in lines)
    return head.encode("latin-1", errors="replace") + b"\r\n" + response.raw


def digest_of(content: bytes) -> str:
    """Return what stands in a `WARC-…-Digest` of `content`."""
    # SHA-1 in base 32 is what every other WARC tool writes and compares here.
    digest = hashlib.sha1(content, usedforsecurity=False).digest()
    return f"sha1:{base64.b32encode(digest).decode()}"


def _is_record(bytes_from_magic: bytes) -> bool:
    try:
        return zlib.decompressobj(31).decompress(bytes_from_magic[:_PIECE], 5) == b"WARC/"
    except zlib.error:
        return False
