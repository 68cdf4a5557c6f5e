"""The power may fail between any two calls: a name is given only to content that is on the disk.

The real code runs while its syncs and renames are recorded. Content not synced before its file gets
a name may be lost under that name; a name whose folder is not synced afterwards may be lost itself.
"""

import os
import sys
from pathlib import Path

import pytest

from flows.archive import ArchiveWriter
from tests.builders import a_harvest
from tests.upgrading import make_earlier
from tests.warehouse.kills import archive_one
from warehouse.door import Warehouse
from warehouse.publish import publish
from warehouse.staging import stage

#: What our functions call the file or folder that they sync.
_SYNCED = ("descriptor", "file", "copy", "handle")


class Recording:
    """The syncs and renames of a block, in order; a context manager."""

    def __init__(self) -> None:
        self.synced: list[tuple[int, int]] = []  #: when, and the inode
        self.named: list[tuple[int, Path, int]] = []  #: when, the name, and the inode
        self._calls = 0

    def __enter__(self) -> "Recording":
        sys.setprofile(self._hear)
        return self

    def __exit__(self, *_: object) -> None:
        sys.setprofile(None)

    def _hear(self, frame, event, called) -> None:
        self._calls += 1
        if event == "c_return" and called is os.fsync:
            [handle] = [frame.f_locals[name] for name in _SYNCED if name in frame.f_locals]
            self.synced.append((self._calls, os.stat(_number(handle)).st_ino))
        if event == "c_return" and called is os.replace:
            target = Path(frame.f_locals["target"])
            self.named.append((self._calls, target, target.stat().st_ino))


def _number(handle) -> int:
    return handle if isinstance(handle, int) else handle.fileno()


def stage_one(folder):
    stage(a_harvest(), folder)


def publish_one(folder):
    (folder / "source").write_bytes(b"content")
    publish(folder / "source", folder / "target.duckdb")


def make_a_home(folder):
    Warehouse(folder).prepare()


def upgrade_a_home(folder):
    make_earlier(folder / "warehouse.duckdb", upto=3)
    Warehouse(folder).prepare()


@pytest.mark.parametrize(
    ("work", "names"),
    [(stage_one, 1), (publish_one, 1), (make_a_home, 3), (upgrade_a_home, 4)],
)
def test_a_name_is_given_to_what_is_on_the_disk_and_is_there_to_stay(tmp_path, work, names):
    with Recording() as recorded:
        work(tmp_path)

    kept = [each for each in recorded.named if each[1].name != "published.json"]
    assert len(kept) == names
    for when, path, inode in kept:
        assert [at for at, what in recorded.synced if what == inode and at < when], path
        folder = path.parent.stat().st_ino
        assert [at for at, what in recorded.synced if what == folder and at > when], path


def test_what_a_staged_file_points_to_is_on_the_disk_before_it(tmp_path):
    with ArchiveWriter(tmp_path / "archive", "run-1") as archive, Recording() as recorded:
        archive_one(tmp_path, archive, "https://gazette.example/7")

    [(staged_at, _, _)] = recorded.named
    [file] = (tmp_path / "archive").iterdir()
    before = {inode for at, inode in recorded.synced if at < staged_at}
    assert {file.stat().st_ino, file.parent.stat().st_ino} <= before


def test_what_the_power_cut_from_a_staged_file_is_not_taken_for_a_batch(home, warehouse):
    stage(a_harvest(batch_id="whole"), home / "staging")
    [whole] = (home / "staging").glob("*.json.zst")
    for length in (0, 1, whole.stat().st_size - 1):
        cut = whole.with_name(f"{length}-{whole.name}")
        cut.write_bytes(whole.read_bytes()[:length])

    loaded = warehouse.load_staged()

    assert (loaded.batches, len(loaded.set_aside)) == (1, 3)
