"""What commands that do a run say of it."""

import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict
from types import MappingProxyType
from typing import TYPE_CHECKING

from flows.cli.output import print_json

if TYPE_CHECKING:
    from flows.steps import Report


@contextmanager
def shown_if_failed(*, as_json: bool) -> Iterator[None]:
    """Print the row of a run that fails in the block, which who reads JSON waits for."""
    from flows.steps import RunFailedError

    try:
        yield
    except RunFailedError as error:
        if as_json:
            print_json(error.run)
        raise


def show_report(
    report: "Report", *, as_json: bool, beside: Mapping[str, object] = MappingProxyType({})
) -> None:
    """Print what became of a run: its row, or which other one was active.

    Args:
        report: what became of it.
        as_json: as one document, for programs.
        beside: what else was done, by keys of its own; for programs alone.
    """
    from flows.report import run_summary

    if report.run is None:
        print(f"onrecord: run {report.active} is active; nothing was done", file=sys.stderr)
    if as_json:
        row = {**asdict(report.run), **beside} if report.run else {"active": report.active}
        print_json(row)
    elif report.run:
        print(run_summary(report.run))


def exit_code_of(report: "Report", *, has_waited: bool) -> int:
    """Return the exit code of a run that only one process may do at a time.

    Args:
        report: of the run, or of the one that was active.
        has_waited: whether somebody asked to wait for that one's end.
    """
    if report.run is None:
        return 1 if has_waited else 0
    return 1 if report.run.outcome == "failed" else 0
