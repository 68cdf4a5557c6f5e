"""Which files of the archive are old enough to go: `archive_days` says so, and nothing else."""

from collections.abc import Collection, Iterable
from datetime import UTC, date, datetime, time, timedelta

from flows.archive import FILE_NAME


def files_to_remove(
    names: Iterable[str], *, now: datetime, days: int, but_not_of: Collection[str]
) -> list[str]:
    """Return those of `names` all of whose records are older than `days`, sorted.

    A file is written to on the day in its name alone, so all it holds is as old as the end of it.

    Args:
        names: of files in the archive.
        now: the time to judge by.
        days: the age, in days of 24 hours.
        but_not_of: ids of runs of which not everything is loaded yet.
    """
    oldest = now - timedelta(days=days)
    return sorted(
        name
        for name in names
        if (found := FILE_NAME.fullmatch(name))
        and _end_of(found["day"]) <= oldest
        and found["run_id"] not in but_not_of
    )


def _end_of(day: str) -> datetime:
    try:
        begun = datetime.combine(date.fromisoformat(day), time(), tzinfo=UTC)
    except ValueError:  # no day, so not a name of ours
        return datetime.max.replace(tzinfo=UTC)
    return begun + timedelta(days=1)
