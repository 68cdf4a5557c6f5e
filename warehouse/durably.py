"""Files that a power cut leaves whole: written beside their place, synced, and put there."""

import os
from pathlib import Path


def write_durably(path: Path, content: bytes) -> None:
    """Write `content` to the file `path`; a kill or power cut leaves what was there, or all of it.

    One at a time for one `path`.
    """
    unfinished = path.with_name(f".{path.name}.unfinished")
    try:
        unfinished.write_bytes(content)
        put(unfinished, path)
    except OSError:
        unfinished.unlink(missing_ok=True)
        raise


def put(unfinished: Path, path: Path) -> None:
    """Have the file `unfinished` take the place of `path`, in the same folder; safe on return."""
    sync_file(unfinished)
    unfinished.replace(path)
    sync_folder(path.parent)


def sync_file(path: Path) -> None:
    """Have the content of `path` survive a power cut."""
    with path.open("rb") as file:
        os.fsync(file.fileno())


def sync_folder(folder: Path) -> None:
    """Have the names in `folder` survive a power cut."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
