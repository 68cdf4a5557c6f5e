"""`backup` and `restore`: a copy of the home in one file, taken while it runs, and back."""

import argparse
import sys
from pathlib import Path

from flows.cli.arguments import Commands, add_command, chosen_home, home_of, settings_of
from flows.cli.output import print_json


def add_to(commands: Commands) -> None:
    """Add the commands to the parser."""
    backup = add_command(
        commands,
        "backup",
        _back_up,
        summary="copy the home to one file, while it runs",
        examples=(
            "  onrecord backup /backups/onrecord.tar\n"
            '  onrecord backup "/backups/onrecord-$(date +%F).tar" --json'
        ),
    )
    backup.add_argument(
        "file", type=Path, metavar="FILE", help="a new file, or a former backup to replace"
    )
    put_back = add_command(
        commands,
        "restore",
        _restore,
        summary="put a home back as a backup has it; what was there is moved aside",
        examples=(
            "  onrecord restore /backups/onrecord.tar\n"
            "  onrecord restore /backups/onrecord.tar --home /srv/onrecord"
        ),
    )
    put_back.add_argument("file", type=Path, metavar="FILE", help="what `onrecord backup` wrote")


def _back_up(options: argparse.Namespace) -> int:
    from flows.backup import back_up

    home = home_of(options)
    home.must_exist()
    settings = settings_of(home)
    made = back_up(home, options.file.absolute(), lock_wait_s=settings.lock_wait_s)
    if options.json:
        print_json(made)
    else:
        print(
            f"{made.file}: {made.bytes:,} bytes, the warehouse with {made.archive_files:,} archive "
            f"files and {made.staged_batches:,} staged batches"
        )
    return 0


def _restore(options: argparse.Namespace) -> int:
    from flows.restore import restore
    from flows.settings import Settings

    home = chosen_home(options)
    # The settings of the home that is to be replaced may be what is broken.
    restored = restore(home, options.file.absolute(), lock_wait_s=Settings().lock_wait_s)
    if restored.replaced:
        print(f"onrecord: what was there is in {restored.replaced}", file=sys.stderr)
    if restored.left_out:
        print(
            f"onrecord: left out what was forgotten here since: articles: {restored.left_out}",
            file=sys.stderr,
        )
    if options.json:
        print_json(restored)
    else:
        print(f"{restored.home} is as it was at {restored.made_at}")
    return 0
