"""The archive: what was fetched, as it was received, before anything reads it.

One WARC file a run and day, one gzip member a record; any record can be read by its offset.
"""

import os
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import BinaryIO, Literal, Self, cast

from extractors.errors import OnRecordError
from extractors.records import Fetch, Page
from flows.decoding import TooLargeError, UndecodableError, decoded
from flows.exchange import MOST_BODY_BYTES, Kind, Response
from flows.redaction import feed_without_forgotten
from flows.tombstones import Tombstones, bury, forgotten, key_of
from flows.warc import (
    WarcRecord,
    members_of,
    parsed_block,
    parsed_record,
    stand_in_of,
    write_opening,
    write_response,
)
from warehouse.durably import sync_folder

_ROTATE_BYTES = 1_000_000_000
#: As a run names the files it archives to; others in the folder are none of ours.
FILE_NAME = re.compile(r"(?P<day>\d{4}-\d\d-\d\d)-(?P<run_id>.+)-\d{3}\.warc\.gz")


class ArchiveError(OnRecordError):
    """What should stand in the archive does not, or cannot be read; the message says where."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchiveRef:
    """Where a record is."""

    file: str  #: relative to the home's `archive/`
    offset: int  #: bytes, of the record's gzip member


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchivedRecord:
    """A response in the archive, without its body, or the note of what stands in for one."""

    ref: ArchiveRef
    fetch_id: str
    kind: Kind | Literal["stand-in"]
    url: str  #: as asked for
    final_url: str
    started_at: datetime
    duration_ms: int
    http_status: int | None = None
    received_bytes: int = 0  #: of the body, before decoding
    feed_id: str | None = None
    text_at: ArchiveRef | None = None  #: of a stand-in: the feed body that gives the text
    error: str | None = None  #: of a stand-in: why the page could not be had

    @property
    def run_id(self) -> str:
        """The run that archived it."""
        return run_of(self.ref.file)


class ArchiveWriter:
    """Appends responses to the file of one run and day; a context manager.

    The file is made with the first record: a run that fetched nothing leaves none.

    Args:
        folder: the home's `archive/`; made if missing.
        run_id: goes into the file's name; without `*`, `?`, `[` and `/`.
        software: product and version, for the file's first record.
        rotate_bytes: after so many a further file is begun.
    """

    def __init__(
        self,
        folder: Path,
        run_id: str,
        *,
        software: str = "onrecord",
        rotate_bytes: int = _ROTATE_BYTES,
    ) -> None:
        self._folder = folder
        self._run_id = run_id
        self._software = software
        self._rotate_bytes = rotate_bytes
        self._file: BinaryIO | None = None
        self._name = ""
        self._day: date | None = None
        self._lock = threading.RLock()  # one thread appends, others sync

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @property
    def tombstones(self) -> Tombstones:
        """What is not to be archived again, as it is known by now."""
        return forgotten(self._folder)

    def append(
        self, response: Response, *, kind: Kind, feed_id: str | None = None, requested_url: str
    ) -> ArchiveRef:
        """Write `response` and return where; it is safe on disk after the next `sync`.

        Items of a feed that were forgotten are left out.
        """
        if kind == "feed":
            response = feed_without_forgotten(response, self.tombstones)
        with self._appending() as file:
            ref = ArchiveRef(file=self._name, offset=file.tell())
            write_response(file, response, kind=kind, feed_id=feed_id, requested_url=requested_url)
        return ref

    def note_stand_in(self, fetch: Fetch, stand_in: ArchiveRef) -> None:
        """Write that the feed body at `stand_in` gives the text of a page that could not be had.

        Nothing else in the archive tells that the page was asked for.
        """
        with self._appending() as file:
            file.write(stand_in_of(fetch, file=stand_in.file, offset=stand_in.offset))

    def forget(self, url: str) -> None:
        """Keep what is at `url` out from now on."""
        bury(self._folder, {key_of(url)}, at=datetime.now(UTC))

    def sync(self) -> None:
        """Return when everything appended so far, and the file's name, is on the disk."""
        with self._lock:
            if not self._file:
                return
            self._file.flush()
            handle = os.dup(self._file.fileno())
        try:
            os.fsync(handle)  # outside the lock: appending goes on meanwhile
        finally:
            os.close(handle)
        sync_folder(self._folder)

    def close(self) -> None:
        """Sync and close; a later append begins a further file."""
        with self._lock:
            self.sync()
            if self._file:
                self._file.close()
                self._file = None

    @contextmanager
    def _appending(self) -> Iterator[BinaryIO]:
        with self._lock:
            file = self._opened()
            try:
                yield file
            except OSError:
                self._file = None  # torn, and so the last of its file: the next begins another
                raise

    def _opened(self) -> BinaryIO:
        if self._file and (
            self._file.tell() >= self._rotate_bytes or self._day != datetime.now(UTC).date()
        ):
            self.close()
        if not self._file:
            self._file = self._begun()
        return self._file

    def _begun(self) -> BinaryIO:
        self._folder.mkdir(parents=True, exist_ok=True)
        self._day = datetime.now(UTC).date()
        stem, number = f"{self._day}-{self._run_id}", 0
        while (self._folder / (name := f"{stem}-{number:03d}.warc.gz")).exists():
            number += 1
        file = (self._folder / name).open("xb")
        write_opening(file, name=name, software=self._software, run_id=self._run_id)
        self._name = name
        return file


def read_page(folder: Path, file: str, offset: int, *, max_bytes: int = MOST_BODY_BYTES) -> Page:
    """Return the response that begins at `offset` of `file`, its body content-decoded.

    Raises:
        ArchiveError: there is no such record, or its body cannot be decoded within `max_bytes`.
    """
    where = f"{file} at {offset}"
    try:
        with (folder / file).open("rb") as archive:
            archive.seek(offset)
            _, _, content = next(members_of(archive))
        record = parsed_record(content)
        status, headers, raw = parsed_block(record.block)
        coding = next((v for name, v in headers if name.lower() == "content-encoding"), None)
        body = decoded(raw, coding, max_bytes=max_bytes)
    except (
        OSError,
        StopIteration,
        LookupError,
        EOFError,
        ValueError,
        TooLargeError,
        UndecodableError,
    ) as error:
        raise ArchiveError(f"{where}: no page can be read: {error!r}") from error
    return Page(
        fetch_id=record.fetch_id,
        url=record.fields["OnRecord-Requested-URI"],
        final_url=record.fields["WARC-Target-URI"],
        fetched_at=record.started_at,
        http_status=status,
        headers=headers,
        body=body,
    )


def records_of_run(folder: Path, run_id: str) -> Iterator[ArchivedRecord]:
    """Yield what a run archived, file by file in the order they were written."""
    for path in files_of_run(folder, run_id):
        yield from records_in(path)


def files_of_run(folder: Path, run_id: str) -> list[Path]:
    """Return the files that a run has written, in the order they were."""
    return sorted(folder.glob(f"????-??-??-{run_id}-[0-9][0-9][0-9].warc.gz"))


def run_of(file: str) -> str:
    """Return the id of the run that wrote a file of the archive, which stands in its name."""
    named = FILE_NAME.fullmatch(file)
    return named["run_id"] if named else file


def archive_files(folder: Path) -> list[Path]:
    """Return the files that runs have written, by name, which begins with the day."""
    return sorted(path for path in folder.glob("*.warc.gz") if FILE_NAME.fullmatch(path.name))


def records_in(path: Path) -> Iterator[ArchivedRecord]:
    """Yield what is in a file of the archive, up to where it is torn or damaged."""
    with path.open("rb") as file:
        for start, _, content in members_of(file):
            record = parsed_record(content)
            if record.is_of_request:
                yield _archived(record, ArchiveRef(file=path.name, offset=start))


def _archived(record: WarcRecord, ref: ArchiveRef) -> ArchivedRecord:
    fields = record.fields
    told = ArchivedRecord(
        ref=ref,
        fetch_id=record.fetch_id,
        kind=cast("Kind", fields["OnRecord-Kind"]),
        url=fields["OnRecord-Requested-URI"],
        final_url=fields["WARC-Target-URI"],
        started_at=record.started_at,
        duration_ms=int(fields["OnRecord-Duration-Ms"]),
        feed_id=fields.get("OnRecord-Feed-Id"),
    )
    if file := fields.get("OnRecord-Text-File"):
        text_at = ArchiveRef(file=file, offset=int(fields["OnRecord-Text-Offset"]))
        return replace(told, text_at=text_at, error=record.block.decode())
    status, _, raw = parsed_block(record.block)
    return replace(told, http_status=status, received_bytes=len(raw))
