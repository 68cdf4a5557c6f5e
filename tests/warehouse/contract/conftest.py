"""Every engine that can keep a warehouse, as flows see it: `warehouse.interface` and no file.

Whoever adds one adds a line to ENGINES, and these tests say whether it does what is asked.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from extractors.records import Harvest
from extractors.versions import judge_change
from tests.builders import NOON
from warehouse.door import Warehouse
from warehouse.interface import Answering, Loader
from warehouse.reader import Reader
from warehouse.staging import stage


def a_file_loader(home: Path) -> Loader:
    warehouse = Warehouse(home, lock_wait_s=5, judge=judge_change)
    warehouse.prepare()
    return warehouse


def a_file_reader(home: Path, as_of: datetime | None) -> Answering:
    return Reader(home, as_of=as_of)


@dataclass(frozen=True, kw_only=True)
class Engine:
    """How one kind of warehouse is opened, in a home of its own."""

    home: Path
    load_by: Callable[[Path], Loader]
    read_by: Callable[[Path, datetime | None], Answering]

    def loader(self) -> Loader:
        return self.load_by(self.home)

    def reader(self, as_of: datetime | None = None) -> Answering:
        return self.read_by(self.home, as_of)

    def stage(self, *harvests: Harvest) -> None:
        for harvest in harvests:
            stage(harvest, self.home / "staging")

    def load(self, *harvests: Harvest) -> None:
        """Stage, load and publish."""
        self.stage(*harvests)
        loader = self.loader()
        loader.load_staged()
        loader.publish()

    def rows(self, sql: str, *, as_of: datetime | None = None, **params: Any) -> list[Any]:
        reader = self.reader(as_of)
        try:
            return list(reader.answer(sql, params, timeout_s=20).rows)
        finally:
            reader.close()


ENGINES = {"a DuckDB file": (a_file_loader, a_file_reader)}


@pytest.fixture(params=ENGINES.values(), ids=ENGINES)
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Engine:
    load_by, read_by = request.param
    made = Engine(home=tmp_path / "home", load_by=load_by, read_by=read_by)
    made.loader().start_run("run-1", started_at=NOON, flow_run_id=None, extractor_version="x1")
    return made
