"""The warehouse as a whole: published, compacted, replaced, and rid of an article."""

from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from warehouse.compaction import compact
from warehouse.connection import transaction
from warehouse.forgetting import (
    Traces,
    bodies_to_blank,
    discard_copies,
    forget_kept_out,
    keep_out,
    traces_in,
    unlist_kept_out,
)
from warehouse.migrate import current_warehouse
from warehouse.publish import publish
from warehouse.published import PublishedCopy
from warehouse.publishing import Published
from warehouse.replacement import take_place
from warehouse.results import Compacted
from warehouse.scripts import statement
from warehouse.terms import sort_terms
from warehouse.worklist import WorkList


class WholeFile(WorkList):
    """The warehouse of a home as one file, and the readers' copy of it.

    Args:
        home: the folder that holds it all.
        lock_wait_s: seconds a call waits for another process before `WarehouseBusyError`.
    """

    def __init__(self, home: Path, *, lock_wait_s: float = 60) -> None:
        super().__init__(home, lock_wait_s=lock_wait_s)
        self._published = PublishedCopy(home)

    def prepare(self) -> None:
        """Make or upgrade the warehouse, and the published copy where there is none that fits."""
        with self._access.held() as path:
            with current_warehouse(path):
                pass
            if not self._published.is_fit():
                self._published.make(path, datetime.now(UTC))

    def publish(self) -> None:
        """Replace the published copy by the present state; readers at work keep the old one."""
        with self._access.held() as path:
            self._published.make(path, datetime.now(UTC))

    def publish_if_due(self, now: datetime) -> float:
        """Publish unless that would cost too much by `now`, as `publishing.wait_left_s` tells.

        Returns:
            In how many seconds it may be done; 0 if it was.
        """
        with self._access.held() as path:
            return self._published.make_if_due(path, now)

    def published(self) -> Published | None:
        """Return what is noted of the readers' copy; None if nothing can be read."""
        return self._published.last()

    def has_fit_copy(self) -> bool:
        """Return whether there is a readers' copy that can be opened and is of this version."""
        return self._published.is_fit()

    def replace_with(self, built: Path, *, last_look: Callable[[], None]) -> Path | None:
        """Put the warehouse file `built` in the place of this one; return where that one is kept.

        Args:
            built: made by another Warehouse, which nobody has open any more.
            last_look: called before, when nobody else can write here.
        """
        with self._access.held() as path:
            last_look()
            return take_place(built, path)

    def compact(self) -> Compacted:
        """Write the warehouse anew into as little room as it needs; nothing deleted stays in it."""
        with self._access.held() as path:
            with current_warehouse(path) as db:
                sort_terms(db)
            return compact(path)

    def traces_of(self, url: str | None, *, article_id: str) -> Traces:
        """Return what is known of an address where an article has or would have this id.

        Args:
            url: the address; None if only the id is known.
            article_id: the hash of its canonical form.
        """
        with self._access.opened() as db:
            return traces_in(db, url, article_id)

    def keep_out(self, article_ids: Collection[str], *, at: datetime) -> None:
        """Load nothing any more of what leads to `article_ids`, from whatever harvest."""
        with self._access.writing() as db:
            keep_out(db, article_ids, at=at)

    def unlist_kept_out(self) -> None:
        """Take off the work list what is kept out and was never read."""
        with self._access.writing() as db:
            unlist_kept_out(db)

    def bodies_to_blank(self) -> set[str]:
        """Return the ids of the requests whose archived bodies may hold what is kept out."""
        with self._access.opened() as db:
            return bodies_to_blank(db)

    def forget_kept_out(self, *, at: datetime) -> None:
        """Remove what is kept out, to the last byte of the warehouse and of all copies of it.

        Copies that were made before an upgrade go as a whole: theirs is the schema of another day.
        """
        with self._access.held() as path:
            with current_warehouse(path) as db, transaction(db):
                forget_kept_out(db, at=at)
            compact(path)
            self._published.make(path, at)
            discard_copies(path)

    def free_share(self) -> float:
        """Return how much of the warehouse's file holds nothing, from 0 to 1."""
        with self._access.opened() as db:
            [(share,)] = db.execute(statement("free_share")).fetchall()
        return float(share)

    def forget_archive(self, files: Collection[str], *, at: datetime) -> None:
        """Note that these `files` of the archive are removed at `at`: no row leads there after."""
        removed = {"files": sorted(files)}
        with self._access.writing() as db:
            db.execute(statement("remove_archived_pages"), {**removed, "at": at})
            db.execute(statement("remove_archived_feeds"), {**removed, "at": at})
            db.execute(statement("remove_archived_texts"), removed)

    def clear_up(self) -> list[str]:
        """Remove what killed processes left unfinished, and copies from before older upgrades.

        The copy from before the last upgrade stays.

        Returns:
            The names of the files that were removed.
        """
        with self._access.held() as path:
            copies = path.parent.glob(f"{path.stem}.before-*{path.suffix}")
            *older, _ = sorted(copies, key=lambda copy: copy.stat().st_mtime) or [path]
            left = [
                file
                for database in (path, self._published.path)
                for file in path.parent.glob(f".{database.name}.*")
            ]
            for file in (*older, *left):
                file.unlink(missing_ok=True)
        return sorted(file.name for file in (*older, *left))

    @contextmanager
    def snapshot(self, target: Path) -> Iterator[None]:
        """Copy the warehouse to the file `target`; within the block nobody changes it.

        Raises:
            WarehouseError: there is no room for the copy.
        """
        with self._access.held() as path:
            with current_warehouse(path):
                pass
            publish(path, target)
            yield

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Keep everybody else from the warehouse within the block, without opening it."""
        with self._access.held():
            yield
