"""`maintain`: a re-check of known articles, and what keeps the home small."""

import argparse
import sys

from flows.cli.arguments import Commands, add_command, add_wait, count, home_of, settings_of
from flows.cli.output import print_json
from flows.cli.progress import shown_on_terminal
from flows.cli.runs import exit_code_of, show_report, shown_if_failed
from flows.logs import log_to


def add_to(commands: Commands) -> None:
    """Add the command to the parser."""
    maintain = add_command(
        commands,
        "maintain",
        _run,
        summary="re-check known articles, remove what may go, compact the warehouse",
        examples=(
            "  onrecord maintain\n"
            "  onrecord maintain --limit 200 --json\n"
            "  onrecord maintain --limit 0 --compact\n"
            "  onrecord maintain --wait 600\n"
            "  onrecord maintain --invalid RUN --note 'the site served its old pages'"
        ),
    )
    maintain.add_argument(
        "--limit",
        type=count,
        metavar="N",
        help="ask for at most N pages, if that is fewer than `recheck_pages`; the rest waits",
    )
    add_wait(maintain, "if another one is running, wait for its end")
    verdict = maintain.add_mutually_exclusive_group()
    verdict.add_argument(
        "--invalid", metavar="RUN", help="only leave what this run has seen out of all figures"
    )
    verdict.add_argument("--valid", metavar="RUN", help="only count what this run has seen again")
    maintain.add_argument("--note", metavar="TEXT", help="why a run is judged so")
    maintain.add_argument(
        "--compact",
        action="store_true",
        help="write the warehouse anew also where little of its file is free",
    )


def _run(options: argparse.Namespace) -> int:
    return _judge_run(options) if options.invalid or options.valid else _maintain(options)


def _judge_run(options: argparse.Namespace) -> int:
    from flows.report import run_summary
    from warehouse.door import Warehouse

    home = home_of(options)
    home.must_exist()
    warehouse = Warehouse(home.path, lock_wait_s=settings_of(home).lock_wait_s)
    run_id = options.invalid or options.valid
    warehouse.judge_run(run_id, invalid=bool(options.invalid), note=options.note)
    warehouse.publish()
    run = warehouse.run(run_id)
    if options.json:
        print_json(run)
    elif run:
        print(run_summary(run))
    return 0


def _maintain(options: argparse.Namespace) -> int:
    from flows.report import upkeep_summary
    from flows.steps import recheck_articles
    from flows.upkeep import keep_up

    home = home_of(options)
    home.must_exist()
    settings = settings_of(home)
    with log_to(home), shown_if_failed(as_json=options.json), shown_on_terminal() as host:
        # First, for what it frees is room for what the re-check finds.
        done = keep_up(home, settings, force_compact=options.compact)
        report = recheck_articles(
            home, settings, limit=options.limit, wait_s=options.wait, host=host
        )
    show_report(report, as_json=options.json, beside={"upkeep": done})
    for line in upkeep_summary(done):
        print(f"onrecord: {line}", file=sys.stderr)
    return exit_code_of(report, has_waited=options.wait is not None)
