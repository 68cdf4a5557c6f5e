"""`serve`: a Prefect server of the home's own, its page, and the deployments, until stopped."""

import argparse
import os
import sys

from extractors.errors import SettingsError
from flows.cli.arguments import Commands, add_command, home_of, settings_of


def add_to(commands: Commands) -> None:
    """Add the command to the parser."""
    add_command(
        commands,
        "serve",
        _run,
        summary="run the schedule: a Prefect server, its page and the deployments, until stopped",
        examples=(
            "  onrecord serve\n"
            "  ONRECORD_SERVE_PORT=4300 onrecord serve\n"
            "  PREFECT_API_URL=http://prefect.example:4200/api onrecord serve"
        ),
        on_json="refused, since it runs until it is stopped",
    )


def _run(options: argparse.Namespace) -> int:
    from flows.serving import serve

    if options.json:
        raise SettingsError("serve runs until it is stopped and prints no JSON")
    home = home_of(options)
    home.must_exist()
    serve(home, settings_of(home).serve_port, os.environ, show=_show)
    return 0


def _show(line: str) -> None:
    print(f"onrecord: {line}", file=sys.stderr)
