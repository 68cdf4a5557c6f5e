"""The readers' copy, and the note of when it was made."""

import json
import os
import time
from dataclasses import asdict, replace
from datetime import datetime
from pathlib import Path

import duckdb

from extractors.errors import WarehouseError
from warehouse.migrate import current_warehouse, is_behind
from warehouse.publish import publish
from warehouse.publishing import Published, wait_left_s
from warehouse.scripts import statement


class PublishedCopy:
    """`published.duckdb` of a home, with `locks/published.json` beside.

    The note is of use alone: where it is missing or broken, a copy is due. Whoever writes either
    holds the lock of the warehouse, but for `mark_pending`.

    Args:
        home: the folder that holds them.
    """

    def __init__(self, home: Path) -> None:
        self.path = home / "published.duckdb"
        self._note = home / "locks" / "published.json"

    def last(self) -> Published | None:
        """Return what is noted of the copy; None if nothing can be read."""
        try:
            noted = json.loads(self._note.read_bytes())
            return Published(**noted | {"at": datetime.fromisoformat(noted["at"])})
        except (OSError, ValueError, TypeError, KeyError):
            return None

    def mark_pending(self) -> None:
        """Note that a run has ended whose state is not shown yet."""
        if last := self.last():
            self._write(replace(last, is_pending=True))

    def is_fit(self) -> bool:
        """Return whether the copy is there, can be opened, and is of this version."""
        if not self.path.is_file() or not self.path.stat().st_size:
            return False
        try:
            with duckdb.connect(str(self.path), read_only=True) as db:
                return not is_behind(db)
        except (duckdb.Error, WarehouseError):
            return False

    def make(self, source: Path, now: datetime) -> None:
        """Make the copy anew.

        Raises:
            WarehouseError: as `current_warehouse` and `publish`.
        """
        # Whatever a killed process left in the log is in the file afterwards.
        with current_warehouse(source) as db:
            news = _news_of(db)
        self._copy(source, now, news)

    def make_if_due(self, source: Path, now: datetime) -> float:
        """Make the copy anew if that may be; else return in how many seconds it may, over 0.

        Raises:
            WarehouseError: as `make`.
        """
        last = self.last()
        if last is None or not self.is_fit():
            self.make(source, now)
            return 0
        if left_s := wait_left_s(last, now, has_news=True):
            return left_s
        with current_warehouse(source) as db:
            news = _news_of(db)
        if left_s := wait_left_s(last, now, has_news=news != last.news):
            return left_s
        self._copy(source, now, news)
        return 0

    def _copy(self, source: Path, now: datetime, news: str) -> None:
        began = time.monotonic()
        shares_blocks = publish(source, self.path)
        took_s = time.monotonic() - began
        self._write(Published(at=now, took_s=took_s, shares_blocks=shares_blocks, news=news))

    def _write(self, published: Published) -> None:
        self._note.parent.mkdir(parents=True, exist_ok=True)
        unfinished = self._note.with_name(f".{self._note.name}.{os.getpid()}")
        content = json.dumps(asdict(published) | {"at": published.at.isoformat()})
        try:
            unfinished.write_text(content, encoding="utf-8")
            unfinished.replace(self._note)
        except OSError as error:
            unfinished.unlink(missing_ok=True)
            raise WarehouseError(f"{self._note} cannot be written: {error}") from error


def _news_of(db: duckdb.DuckDBPyConnection) -> str:
    [(news,)] = db.execute(statement("news")).fetchall()
    return str(news)
