"""A run as people read it on a terminal."""

from flows.upkeep import Upkeep
from warehouse.results import Run

_LINES = (
    ("feeds polled", "feeds_polled"),
    ("feeds failed", "feeds_failed"),
    ("new entries", "entries_new"),
    ("pages fetched", "pages_fetched"),
    ("new articles", "articles_new"),
    ("changed articles", "articles_changed"),
    ("quotations", "quotes"),
    ("mentions", "mentions"),
    ("failures", "failures"),
)


def run_summary(run: Run) -> str:
    """Return the outcome and counts of a run, a line each."""
    took = f" in {(run.ended_at - run.started_at).total_seconds():.1f} s" if run.ended_at else ""
    counts = [f"  {label:17}{getattr(run, name):>8,}" for label, name in _LINES]
    return "\n".join([f"run {run.run_id}: {run.outcome}{took}", *counts])


def upkeep_summary(upkeep: Upkeep) -> list[str]:
    """Return what was done to keep a home small, a line each; [] if nothing was."""
    lines = [f"removed {name}, which is of no use any more" for name in upkeep.leftovers_removed]
    if upkeep.archive_files_removed:
        lines.append(
            f"removed {upkeep.archive_files_removed:,} archived files "
            f"({upkeep.archive_bytes_removed:,} bytes), as archive_days says"
        )
    if upkeep.compacted:
        lines.append(
            f"compacted the warehouse from {upkeep.compacted.bytes_before:,} to "
            f"{upkeep.compacted.bytes_after:,} bytes"
        )
    return lines
