"""How far a run has come, as a bar on the terminal of whoever waits for it."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from flows.cli.output import visible

if TYPE_CHECKING:
    from flows.hosting import Host, Stand


@contextmanager
def shown_on_terminal() -> Iterator["Host"]:
    """Yield the host of a run that shows a bar on stderr meanwhile, if that is a terminal."""
    from flows.hosting import Host

    if not sys.stderr.isatty():
        yield Host()
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (BarColumn(), TextColumn("{task.description}", markup=False), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=1.0)

        def watch(stand: "Stand") -> None:
            bar.update(task, completed=stand.share, description=visible(stand.told))

        yield Host(watch=watch)
