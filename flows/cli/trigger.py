"""`trigger`: an ad hoc run of a deployment, which can be watched to its end."""

import argparse
import os
import sys
from collections.abc import Mapping
from typing import TYPE_CHECKING

from flows.cli.arguments import Commands, add_command, assignment, home_of
from flows.cli.output import print_json, visible

if TYPE_CHECKING:
    from flows.prefectapi import FlowRun, Offer


def add_to(commands: Commands) -> None:
    """Add the command to the parser."""
    trigger = add_command(
        commands,
        "trigger",
        _run,
        summary="run a deployment of `onrecord serve` now",
        examples=(
            "  onrecord trigger ingest-now --watch\n"
            "  onrecord trigger ingest-now --param feed=https://example.org/feed.xml"
            " --param force=true\n"
            "  onrecord trigger add-urls --param url=https://example.org/story --watch\n"
            "  onrecord trigger reextract --param since=2026-11-01 --json"
        ),
    )
    trigger.add_argument("name", metavar="NAME", help="a deployment, such as ingest-now")
    trigger.add_argument(
        "--param",
        action="append",
        type=assignment,
        default=[],
        metavar="K=V",
        help="a parameter, plain or as JSON; for a list, give it again or a JSON list",
    )
    trigger.add_argument(
        "--watch", action="store_true", help="show its log and wait for its end; fail if it fails"
    )


def _run(options: argparse.Namespace) -> int:
    from flows.adhoc import api_of, followed, offer_called, started
    from flows.cli.parameters import parameters_from

    home = home_of(options)
    home.must_exist()
    api = api_of(home, os.environ)
    offer = offer_called(options.name, api.offers())
    parameters = parameters_from(options.param, offer.parameters)
    run = started(api, offer, parameters)
    page = api.page_of(run.flow_run_id)
    if options.watch:
        print(f"onrecord: {offer.name} is run {run.name}: {page}", file=sys.stderr)
        run = followed(api, run, _show)
    shown = _shown(offer, run, page, parameters)
    if options.json:
        print_json(shown)
    else:
        print(visible(_line(run, page, is_watched=options.watch)))
    return _exit_code_of(run) if options.watch else 0


def _show(line: str) -> None:
    print(visible(line), file=sys.stderr)


def _shown(
    offer: "Offer", run: "FlowRun", page: str, parameters: Mapping[str, object]
) -> dict[str, object]:
    return {
        "deployment": offer.name,
        "flow_run_id": run.flow_run_id,
        "name": run.name,
        "url": page,
        "parameters": parameters,
        "state": run.state,
        "message": run.message,
    }


def _line(run: "FlowRun", page: str, *, is_watched: bool) -> str:
    if not is_watched:
        return f"{run.flow_run_id} {page}"
    return f"{run.state}: {run.message}" if run.message else run.state


def _exit_code_of(run: "FlowRun") -> int:
    """Return 0 also where a run of the schedule's kind gave way to one that was going."""
    return 0 if run.state_type == "COMPLETED" or run.gave_way else 1
