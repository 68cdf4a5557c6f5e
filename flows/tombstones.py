"""Stub until the real one is there."""

from pathlib import Path


class Tombstones:
    signature = ""

    def covers(self, url: str) -> bool:
        return False


def forgotten(archive: Path) -> Tombstones:
    return Tombstones()
