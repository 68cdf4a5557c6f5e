"""A run that somebody asks a served home for, and its course until it has ended."""

import json
import time
from collections.abc import Callable, Mapping

from extractors.errors import OnRecordError, SettingsError
from flows.home import Home
from flows.prefectapi import FlowRun, Offer, PrefectApi, PrefectError

_BETWEEN_LOOKS_S = 1.0
#: Prefect sends the last lines of a run a moment after its end.
_LAST_LINES_S = 2.0
#: A server that is busy for a moment does not end the watching.
_MOST_SILENT_LOOKS = 5
#: What a server answers to parameters that it finds wrong.
_REFUSED = (400, 409, 422)


def api_of(home: Home, variables: Mapping[str, str]) -> PrefectApi:
    """Return the API of the server that the environment or else the home names.

    Raises:
        OnRecordError: there is none, or it does not answer; says what to do.
    """
    url = variables.get("PREFECT_API_URL")
    if not url:
        try:
            url = str(json.loads(home.serve_file.read_text(encoding="utf-8"))["api_url"])
        except (FileNotFoundError, ValueError, KeyError) as error:
            raise _not_served(home) from error
    api = PrefectApi(url, variables.get("PREFECT_API_AUTH_STRING"))
    if not api.answers:
        raise _not_served(home)
    return api


def _not_served(home: Home) -> OnRecordError:
    return OnRecordError(
        f"nothing serves {home.path}: start `onrecord serve --home {home.path}` and leave it "
        "running, or run the command itself, such as `onrecord ingest`"
    )


def offer_called(name: str, offers: list[Offer]) -> Offer:
    """Return the deployment that a person means by `name`, or by FLOW/NAME as Prefect has it.

    Raises:
        SettingsError: there is no such deployment; says which there are.
    """
    wanted = name.rsplit("/", 1)[-1]
    for offer in offers:
        if offer.name == wanted and offer.is_ours:
            return offer
    names = ", ".join(offer.name for offer in offers if offer.is_ours)
    raise SettingsError(f"there is no deployment {name!r}; there are: {names}")


def started(api: PrefectApi, offer: Offer, parameters: Mapping[str, object]) -> FlowRun:
    """Ask for a run of a deployment.

    Raises:
        SettingsError: the server finds a parameter wrong.
    """
    try:
        return api.start(offer.deployment_id, parameters)
    except PrefectError as error:
        if error.status in _REFUSED:
            raise SettingsError(str(error)) from error
        raise


def followed(api: PrefectApi, run: FlowRun, show: Callable[[str], None]) -> FlowRun:
    """Show each line that a run logs until it has ended; return how it then stands."""
    shown = silent = 0
    while not run.has_ended:
        time.sleep(_BETWEEN_LOOKS_S)
        try:
            shown += _show_log(api, run, show, after=shown)
            run = api.flow_run(run.flow_run_id)
            silent = 0
        except PrefectError:
            silent += 1
            if silent == _MOST_SILENT_LOOKS:
                raise
    time.sleep(_LAST_LINES_S)
    _show_log(api, run, show, after=shown)
    return run


def _show_log(api: PrefectApi, run: FlowRun, show: Callable[[str], None], *, after: int) -> int:
    """Show the lines that are new; return how many."""
    lines = api.log_lines(run.flow_run_id, after=after)
    for line in lines:
        show(line)
    return len(lines)
