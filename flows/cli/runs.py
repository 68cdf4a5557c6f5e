"""What commands that do a run say of it."""

import argparse
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from flows.cli.output import print_json

if TYPE_CHECKING:
    from flows.steps import Report
    from warehouse.results import Run


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


def exit_code_of(report: "Report", options: argparse.Namespace) -> int:
    """Print what became of a run that only one process may do at a time; return the exit code.

    Args:
        report: of the run, or of the one that was active.
        options: `--json`, and `--wait` if the command waited for another.
    """
    if report.run is None:
        print(f"onrecord: run {report.active} is active; nothing was done", file=sys.stderr)
        if options.json:
            print_json({"active": report.active})
        return 1 if options.wait else 0
    print_run(report.run, as_json=options.json)
    return 1 if report.run.outcome == "failed" else 0


def print_run(run: "Run", *, as_json: bool) -> None:
    """Print the row of a run, for people or as JSON."""
    from flows.report import run_summary

    if as_json:
        print_json(run)
    else:
        print(run_summary(run))
