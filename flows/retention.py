"""Which files of the archive are old enough to go: `archive_days` says so, and nothing else."""

import re
from collections.abc import Collection, Iterable
from datetime import UTC, date, datetime, time, timedelta

#: `DAY-RUN-NUMBER.warc.gz`, as a run names the files it archives to; no other file ever goes.
_NAME = re.compile(r"(?P<day>\d{4}-\d\d-\d\d)-(?P<run_id>.+)-\d{3}\.warc\.gz")


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
        if (found := _NAME.fullmatch(name))
        and _end_of(found["day"]) <= oldest
        and found["run_id"] not in but_not_of
    )


def _end_of(day: str) -> datetime:
    try:
        begun = datetime.combine(date.fromisoformat(day), time(), tzinfo=UTC)
    except ValueError:  # no day, so not a name of ours
        return datetime.max.replace(tzinfo=UTC)
    return begun + timedelta(days=1)
