"""`status`: feed health, the last runs, what is due, what failed and why."""

import argparse
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from flows.cli.arguments import Commands, add_command, home_of
from flows.cli.output import print_json, print_table, rows_of
from flows.cli.questions import open_reader
from flows.home import Home

#: Table name, what people see above it, and the statement that fills it.
_SECTIONS = (
    ("runs", "Last runs", "status_runs"),
    ("feeds", "Feeds", "status_feeds"),
    ("due", "Due", "status_due"),
    ("failures", "Open failures", "status_failures"),
)


def add_to(commands: Commands) -> None:
    """Add the command to the parser."""
    add_command(
        commands,
        "status",
        _run,
        summary="feed health, the last runs, what is due, what failed and why",
        examples="  onrecord status\n  onrecord status --json",
    )


def _run(options: argparse.Namespace) -> int:
    from flows.ladder import LADDER, due_by
    from flows.showing import PATIENCE_S

    home = home_of(options)
    now = datetime.now(UTC)
    with open_reader(options) as reader:
        answers = {table: reader.lookup(name, timeout_s=PATIENCE_S) for table, _, name in _SECTIONS}
        rechecks = reader.count_rechecks_due(due_by(now), ladder=LADDER, timeout_s=PATIENCE_S)
    due = answers["due"]
    answers["due"] = replace(due, rows=(*due.rows, ("rechecks", rechecks)))
    made_at, waits = _shown(home)
    age = max(now - made_at, timedelta())
    if options.json:
        tables = {table: rows_of(each.columns, each.rows) for table, each in answers.items()}
        shown = {"published_at": made_at, "age_s": age.total_seconds(), "newer_waits": waits}
        print_json(tables | {"published": [shown]})
        return 0
    print(f"Home: {home.path}")
    later = "; what a later run found waits to be published" if waits else ""
    print(f"Published: {timedelta(seconds=int(age.total_seconds()))} ago{later}")
    for table, heading, _ in _SECTIONS:
        answer = answers[table]
        print(f"\n{heading}:" if answer.rows else f"\n{heading}: none")
        if answer.rows:
            print_table(answer.columns, answer.rows)
    return 0


def _shown(home: Home) -> tuple[datetime, bool]:
    """Return when the state that readers see was published, and whether a newer one waits."""
    from warehouse.door import Warehouse

    if last := Warehouse(home.path).published():
        return last.at, last.is_pending
    return datetime.fromtimestamp(home.published.stat().st_mtime, UTC), False
