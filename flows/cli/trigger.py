"""`trigger`: an ad hoc run of a deployment, which can be watched to its end."""

import argparse
import json
import os
import sys
import time
from collections.abc import Mapping

from extractors.errors import OnRecordError, SettingsError
from flows.cli.arguments import Commands, add_command, assignment, home_of
from flows.cli.output import print_json, visible
from flows.cli.parameters import parameters_from
from flows.home import Home
from flows.prefectapi import FlowRun, Offer, PrefectApi, PrefectError

_BETWEEN_LOOKS_S = 1.0
#: Prefect sends the last lines of a run a moment after its end.
_LAST_LINES_S = 2.0
#: A server that is busy for a moment does not end the watching.
_MOST_SILENT_LOOKS = 5
#: What a server answers to parameters that it finds wrong.
_REFUSED = (400, 409, 422)


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
    home = home_of(options)
    home.must_exist()
    api = _api_of(home)
    offer = _offer_called(options.name, api.offers())
    parameters = parameters_from(options.param, offer.parameters)
    run = _started(api, offer, parameters)
    page = api.page_of(run.flow_run_id)
    if options.watch:
        print(f"onrecord: {offer.name} is run {run.name}: {page}", file=sys.stderr)
        run = _followed(api, run)
    shown = _shown(offer, run, page, parameters)
    if options.json:
        print_json(shown)
    else:
        print(visible(_line(run, page, is_watched=options.watch)))
    return _exit_code_of(run) if options.watch else 0


def _api_of(home: Home) -> PrefectApi:
    url = os.environ.get("PREFECT_API_URL")
    if not url:
        try:
            url = str(json.loads(home.serve_file.read_text(encoding="utf-8"))["api_url"])
        except (FileNotFoundError, ValueError, KeyError) as error:
            raise _not_served(home) from error
    api = PrefectApi(url, os.environ.get("PREFECT_API_AUTH_STRING"))
    if not api.answers:
        raise _not_served(home)
    return api


def _not_served(home: Home) -> OnRecordError:
    return OnRecordError(
        f"nothing serves {home.path}: start `onrecord serve --home {home.path}` and leave it "
        "running, or run the command itself, such as `onrecord ingest`"
    )


def _offer_called(name: str, offers: list[Offer]) -> Offer:
    """Return the deployment that a person means by `name`, or by FLOW/NAME as Prefect has it."""
    wanted = name.rsplit("/", 1)[-1]
    for offer in offers:
        if offer.name == wanted and offer.is_ours:
            return offer
    names = ", ".join(offer.name for offer in offers if offer.is_ours)
    raise SettingsError(f"there is no deployment {name!r}; there are: {names}")


def _started(api: PrefectApi, offer: Offer, parameters: Mapping[str, object]) -> FlowRun:
    try:
        return api.start(offer.deployment_id, parameters)
    except PrefectError as error:
        if error.status in _REFUSED:
            raise SettingsError(str(error)) from error
        raise


def _followed(api: PrefectApi, run: FlowRun) -> FlowRun:
    """Show what a run logs until it has ended; return how it then stands."""
    shown = silent = 0
    while not run.has_ended:
        time.sleep(_BETWEEN_LOOKS_S)
        try:
            shown += _show_log(api, run, after=shown)
            run = api.flow_run(run.flow_run_id)
            silent = 0
        except PrefectError:
            silent += 1
            if silent == _MOST_SILENT_LOOKS:
                raise
    time.sleep(_LAST_LINES_S)
    _show_log(api, run, after=shown)
    return run


def _show_log(api: PrefectApi, run: FlowRun, *, after: int) -> int:
    """Show the lines that are new; return how many."""
    lines = api.log_lines(run.flow_run_id, after=after)
    for line in lines:
        print(visible(line), file=sys.stderr)
    return len(lines)


def _shown(
    offer: Offer, run: FlowRun, page: str, parameters: Mapping[str, object]
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


def _line(run: FlowRun, page: str, *, is_watched: bool) -> str:
    if not is_watched:
        return f"{run.flow_run_id} {page}"
    return f"{run.state}: {run.message}" if run.message else run.state


def _exit_code_of(run: FlowRun) -> int:
    """Return 0 also where a run of the schedule's kind gave way to one that was going."""
    return 0 if run.state_type == "COMPLETED" or run.gave_way else 1
