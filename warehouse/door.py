"""The one door to the warehouse for whoever fills it."""

import json
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from extractors.errors import SettingsError, WarehouseError
from extractors.identity import Alias
from extractors.records import Feed, Outcome
from warehouse.identities import replace_aliases
from warehouse.load import Judge, load_folder
from warehouse.results import Change, Loaded, Run
from warehouse.scripts import statement
from warehouse.wholefile import WholeFile
from warehouse.worklist import run_in


def _all_substantive(_before: str, _after: str) -> Change:
    return "substantive"


class Warehouse(WholeFile):
    """The warehouse of a home, for one call at a time.

    Each call takes `locks/warehouse.lock`, opens `warehouse.duckdb` (made and migrated where
    that is needed), acts, checkpoints and closes, so that nobody is kept out for longer than one
    call. A call that is killed leaves what was there before it; `load_staged` alone, which acts
    in several transactions, leaves those that were finished. Short calls that follow each other
    share one opening within `together`.

    Args:
        home: the folder that holds it all.
        lock_wait_s: seconds a call waits for another process before `WarehouseBusyError`.
        judge: says of two texts of an article, each title and text, how they differ; without
            one every change is substantive.
    """

    def __init__(self, home: Path, *, lock_wait_s: float = 60, judge: Judge | None = None) -> None:
        super().__init__(home, lock_wait_s=lock_wait_s)
        self._staging = home / "staging"
        self._judge = judge or _all_substantive

    def start_run(
        self,
        run_id: str,
        *,
        started_at: datetime,
        flow_run_id: str | None,
        extractor_version: str,
    ) -> None:
        """Write the row of a pass that begins; a second call for the same does nothing."""
        run = {
            "run_id": run_id,
            "started_at": started_at,
            "flow_run_id": flow_run_id,
            "extractor_version": extractor_version,
        }
        with self._access.writing() as db:
            db.execute(statement("start_run"), run)

    def finish_run(
        self,
        run_id: str,
        *,
        ended_at: datetime,
        outcome: Outcome,
        note: str | None = None,
        is_complete: bool = True,
    ) -> Run:
        """Write how a pass ended and return its row.

        Args:
            run_id: the pass.
            ended_at: when.
            outcome: how it went.
            note: why, where it failed.
            is_complete: False if it was cut short, so that a later pass looks after what it left.

        Raises:
            WarehouseError: no such run was started.
        """
        end = {
            "run_id": run_id,
            "ended_at": ended_at,
            "outcome": outcome,
            "note": note,
            "is_complete": is_complete,
        }
        with self._access.writing() as db:
            db.execute(statement("finish_run"), end)
            if is_complete:
                db.execute(statement("close_disk_failures"), {"at": ended_at})
            run = run_in(db, run_id)
        if run is None:
            raise WarehouseError(f"no run {run_id} was started")
        self._published.mark_pending()
        return run

    def settle_run(self, run_id: str, *, at: datetime) -> None:
        """Note that all a dead run had fetched is loaded; one without an end was interrupted."""
        with self._access.writing() as db:
            db.execute(statement("settle_run"), {"run_id": run_id, "at": at})

    def note_run(self, run_id: str, note: str) -> None:
        """Write into the row of a pass what a person should know of it."""
        with self._access.writing() as db:
            db.execute(statement("note_run"), {"run_id": run_id, "note": note})

    def judge_run(self, run_id: str, *, invalid: bool, note: str | None) -> None:
        """Leave a pass out of all figures, or count it again; `note` says why, if given.

        Nothing that it loaded is touched: the analysis views pass over what it alone has seen.

        Raises:
            SettingsError: there is no such run.
        """
        verdict = {"run_id": run_id, "invalid": invalid, "note": note}
        with self._access.writing() as db:
            if not db.execute(statement("judge_run"), verdict).fetchall():
                raise SettingsError(f"there is no run {run_id}")

    def sync_feeds(self, feeds: Sequence[Feed], *, now: datetime) -> None:
        """Make `feeds` the list of feeds: new ones are added, missing ones become removed.

        What polling has left to remember is kept, also the address a feed has moved to.
        """
        listed = [
            {
                "feed_id": feed.feed_id,
                "url": feed.url,
                "title": feed.title,
                "outlet": feed.outlet,
                "state": feed.state,
                "added_at": feed.added_at.isoformat() if feed.added_at else None,
            }
            for feed in feeds
        ]
        with self._access.writing() as db:
            db.execute(statement("sync_feeds"), {"feeds": json.dumps(listed), "now": now})

    def sync_aliases(self, aliases: Sequence[Alias], *, now: datetime) -> None:
        """Make `aliases` the user's table of names that mean the same, each form once."""
        with self._access.writing() as db:
            replace_aliases(db, aliases, at=now)

    def load_staged(self) -> Loaded:
        """Load every staged file, oldest first, each whole or not at all, and remove it.

        A batch that was loaded before is a replay, and changes nothing.
        """
        with self._access.opened() as db:
            return load_folder(db, self._staging, judge=self._judge)
