"""`status`: feed health, the last runs, what is due, what failed and why."""

import argparse
from dataclasses import replace
from datetime import UTC, datetime

from flows.cli.arguments import Commands, add_command, home_of
from flows.cli.output import print_json, print_table, rows_of
from flows.cli.questions import open_reader
from flows.ladder import LADDER, due_by

_PATIENCE_S = 60.0
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
    from warehouse.scripts import statement

    home = home_of(options)
    with open_reader(options) as reader:
        answers = {
            table: reader.answer(statement(name), timeout_s=_PATIENCE_S)
            for table, _, name in _SECTIONS
        }
        rechecks = reader.count_rechecks_due(
            due_by(datetime.now(UTC)), ladder=LADDER, timeout_s=_PATIENCE_S
        )
    due = answers["due"]
    answers["due"] = replace(due, rows=(*due.rows, ("rechecks", rechecks)))
    if options.json:
        print_json(
            {table: rows_of(answer.columns, answer.rows) for table, answer in answers.items()}
        )
        return 0
    print(f"Home: {home.path}")
    for table, heading, _ in _SECTIONS:
        answer = answers[table]
        print(f"\n{heading}:" if answer.rows else f"\n{heading}: none")
        if answer.rows:
            print_table(answer.columns, answer.rows)
    return 0
