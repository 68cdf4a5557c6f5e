"""What was forgotten taken out of the archive's files, and everything else left in its place.

A record that goes gives way to one that is as long to the byte, so that no offset changes and no
row that points into the file. Each file is replaced as a whole.
"""

import re
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from flows.archive import ArchiveError, run_of
from flows.decoding import TooLargeError, UndecodableError, decoded
from flows.exchange import MOST_BODY_BYTES
from flows.redaction import blanked, feed_member_without
from flows.tombstones import Tombstones
from flows.torntails import mend_tail
from flows.warc import WarcRecord, members_of, parsed_block, parsed_record
from warehouse.durably import put

_RUN = re.compile(r"[A-Za-z0-9_.-]+")
_FEWEST_LETTERS = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Sought:
    """What is to go from the archive."""

    tombstones: Tombstones
    fetch_ids: frozenset[str]  #: of requests whose bodies tell, or may tell, of it
    addresses: frozenset[str]  #: as written somewhere, by which a feed that lists it is found

    def is_in(self, body: bytes) -> bool:
        """Tell whether a feed's body might list it, by the most telling word of an address."""
        return any(_telling(address) in body for address in self.addresses)


@dataclass(frozen=True, slots=True, kw_only=True)
class Blanked:
    """What came of a search through the archive."""

    records: int  #: pages and feed bodies that were blanked or cut
    damaged: tuple[str, ...]  #: names of files that could not be read to their end


def blank(archive: Path, sought: Sought, *, is_alive: Callable[[str], bool]) -> Blanked:
    """Take what is sought out of the files in `archive`, but for those that are written to.

    A kill at any point leaves each file as it was or done; a second call does the rest.

    Args:
        archive: the home's.
        sought: what is to go.
        is_alive: whether the run with this id still works. Its file is left alone: it began when
            the tombstone stood, and a record that it is about to write looks like a torn one.
    """
    for unfinished in archive.glob(".*.blanking"):
        unfinished.unlink()
    records, damaged = 0, []
    for path in sorted(archive.glob("*.warc.gz")):
        if is_alive(run_of(path.name)):
            continue
        with path.open("rb") as file:
            patches, end = _patches_for(file, sought)
        if patches:
            _rewrite(path, patches)
            records += len(patches)
        if end < path.stat().st_size and not _is_mended(path):
            damaged.append(path.name)
    return Blanked(records=records, damaged=tuple(damaged))


def _is_mended(path: Path) -> bool:
    """Cut off the torn record of a killed run; tell whether that is all that is wrong."""
    try:
        mend_tail(path)
    except ArchiveError:
        return False
    return True


def _patches_for(file: BinaryIO, sought: Sought) -> tuple[dict[int, bytes], int]:
    """Return what to write where, and where the last whole record ends."""
    patches, end = {}, 0
    for start, end, content in members_of(file):
        record = parsed_record(content)
        if record.is_of_request and (patch := _patch_for(record, sought, size=end - start)):
            patches[start] = patch
    return patches, end


def _patch_for(record: WarcRecord, sought: Sought, *, size: int) -> bytes | None:
    covers = sought.tombstones.covers
    if record.fields["OnRecord-Kind"] == "feed":
        if record.fetch_id in sought.fetch_ids or sought.is_in(_body_of(record)):
            return feed_member_without(record, covers, size=size)
        return None
    urls = (record.fields["OnRecord-Requested-URI"], record.fields["WARC-Target-URI"])
    if record.fetch_id in sought.fetch_ids or any(covers(url) for url in urls):
        return blanked(record, size=size)
    return None


def _body_of(record: WarcRecord) -> bytes:
    try:
        _, headers, raw = parsed_block(record.block)
        coding = next(
            (value for name, value in headers if name.lower() == "content-encoding"), None
        )
        return decoded(raw, coding, max_bytes=MOST_BODY_BYTES)
    except (ValueError, TooLargeError, UndecodableError):
        return b""


def _telling(address: str) -> bytes:
    """Return the longest run of plain letters behind an address's host, however it is escaped."""
    runs = _RUN.findall(address.partition("://")[2].partition("/")[2])
    longest = max(runs, key=len, default="")
    return longest.encode() if len(longest) >= _FEWEST_LETTERS else b""


def _rewrite(path: Path, patches: dict[int, bytes]) -> None:
    unfinished = path.with_name(f".{path.name}.blanking")
    shutil.copyfile(path, unfinished)
    with unfinished.open("r+b") as file:
        for start, patch in patches.items():
            file.seek(start)
            file.write(patch)
    put(unfinished, path)
