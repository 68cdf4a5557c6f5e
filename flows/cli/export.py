"""`export`: the promised relations as Parquet files."""

import argparse
from pathlib import Path

from flows.cli.arguments import Commands, add_as_of, add_command, home_of
from flows.cli.output import print_json, print_table
from flows.cli.questions import make_published


def add_to(commands: Commands) -> None:
    """Add the command to the parser."""
    export = add_command(
        commands,
        "export",
        _run,
        summary="write all relations to a folder of Parquet files, a folder a month",
        examples=(
            "  onrecord export figures-2026-11\n  onrecord export figures --as-of 2026-11-01 --json"
        ),
    )
    export.add_argument(
        "folder",
        type=Path,
        metavar="DIR",
        help="where to: missing, empty, or an earlier export, which is replaced",
    )
    add_as_of(export)


def _run(options: argparse.Namespace) -> int:
    from warehouse.export import export

    home = home_of(options)
    make_published(home)
    files = export(home.path, options.folder, as_of=options.as_of)
    if options.json:
        print_json({"folder": str(options.folder), "files": files})
    else:
        rows = [(each.path, each.rows, each.bytes) for each in files]
        print_table(("file", "rows", "bytes"), rows)
    return 0
