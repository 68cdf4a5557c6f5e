"""`reextract`: today's extractors over the archive."""

import argparse
import sys

from flows.cli.arguments import (
    Commands,
    add_command,
    add_wait,
    first_instant,
    home_of,
    settings_of,
)
from flows.cli.progress import shown_on_terminal
from flows.cli.runs import exit_code_of, show_report, shown_if_failed
from flows.logs import log_to


def add_to(commands: Commands) -> None:
    """Add the command to the parser."""
    reextract = add_command(
        commands,
        "reextract",
        _run,
        summary="run today's extractors over the archived pages; nothing is fetched",
        examples=(
            "  onrecord reextract\n"
            "  onrecord reextract --since 2026-11-01 --stage quotes\n"
            "  onrecord reextract --rebuild --json"
        ),
    )
    reextract.add_argument(
        "--since",
        type=first_instant,
        metavar="T",
        help="only the pages of articles seen at T or later; a day means its first moment",
    )
    reextract.add_argument(
        "--stage",
        choices=("text", "quotes", "entities"),
        help="only pages for which this extractor has changed, or the models it rests on; for "
        "quotes and entities, a page that today gives another text is left as it is",
    )
    reextract.add_argument(
        "--rebuild",
        action="store_true",
        help="make a new warehouse from archive and onrecord.toml; the one before is kept beside "
        "it as warehouse.before-rebuild.duckdb",
    )
    add_wait(reextract, "if a pass is running, wait for its end")


def _run(options: argparse.Namespace) -> int:
    from flows.rebuilding import must_be_all, rebuild
    from flows.reextraction import Manner, Rereading, reextract

    home = home_of(options)
    wanted = Rereading(since=options.since, stage=options.stage)
    if options.rebuild:
        must_be_all(wanted)
    if not (options.rebuild and home.archive.is_dir()):
        home.must_exist()
    settings = settings_of(home)
    with log_to(home), shown_if_failed(as_json=options.json), shown_on_terminal() as host:
        manner = Manner(wait_s=options.wait, host=host)
        if options.rebuild:
            report = rebuild(home, settings, manner)
        else:
            report = reextract(home, settings, wanted, manner)
    show_report(report, as_json=options.json)
    if report.run and report.run.note:
        print(f"onrecord: {report.run.note}", file=sys.stderr)
    return exit_code_of(report, has_waited=options.wait is not None)
