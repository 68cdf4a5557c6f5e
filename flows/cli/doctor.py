"""`doctor`: a check of the installation and of the home that says how to mend what it finds."""

import argparse
import os

from flows.cli.arguments import Commands, add_command, chosen_home
from flows.cli.output import print_json, print_table


def add_to(commands: Commands) -> None:
    """Add the command to the parser."""
    doctor = add_command(
        commands,
        "doctor",
        _run,
        summary="check the installation and the home, and say how to mend what is found",
        examples="  onrecord doctor\n  onrecord doctor --full --json",
    )
    doctor.add_argument(
        "--full",
        action="store_true",
        help="look at every file of the archive and every row that leads there",
    )


def _run(options: argparse.Namespace) -> int:
    from flows.doctor import examine_home

    home = chosen_home(options)
    if not home.is_half_restored:
        home.must_exist()
    findings = list(examine_home(home, os.environ, full=options.full))
    if options.json:
        print_json(findings)
    else:
        rows = [(each.check, each.state, each.detail, each.remedy) for each in findings]
        print_table(("check", "state", "detail", "what to do"), rows)
    return 1 if any(each.state == "problem" for each in findings) else 0
