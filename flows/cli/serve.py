"""`serve`: a Prefect server of the home's own, its page, and the deployments, until stopped."""

import argparse
import os
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from datetime import UTC, datetime

from extractors.errors import OnRecordError, SettingsError
from flows.cli.arguments import Commands, add_command, home_of, settings_of
from flows.deadruns import clear_away
from flows.home import Home
from flows.locks import RunActiveError, held_alone
from flows.logs import log_to
from flows.prefectapi import PrefectApi, PrefectError
from flows.serving import (
    Process,
    deployments_at,
    environment_for,
    let_go,
    prefect_server,
    wait_for_any_end,
    wait_until_up,
)


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
    )


def _run(options: argparse.Namespace) -> int:
    if options.json:
        raise SettingsError("serve runs until it is stopped and prints no JSON")
    home = home_of(options)
    home.must_exist()
    settings = settings_of(home)
    environment = environment_for(home, os.environ)
    with _only_one_for(home), log_to(home):
        if given := environment.get("PREFECT_API_URL"):
            api = PrefectApi(given, environment.get("PREFECT_API_AUTH_STRING"))
            _serve_at(api, environment)
        else:
            _serve_here(home, settings.serve_port, environment)
    raise OnRecordError("the deployments are served no more; the lines above say why")


@contextmanager
def _only_one_for(home: Home) -> Iterator[None]:
    """Hold within the block what says that a home is served; see to it that no address is left."""
    try:
        with held_alone(home.serve_lock, str(os.getpid()), wait_s=None):
            home.serve_file.unlink(missing_ok=True)
            try:
                yield
            finally:
                home.serve_file.unlink(missing_ok=True)
    except RunActiveError as error:
        raise SettingsError(
            f"{home.path} is served already, by process {error.run_id}: stop that one first"
        ) from error


def _serve_at(api: PrefectApi, environment: Mapping[str, str]) -> None:
    with deployments_at(api, environment) as runner:
        _begin(api, runner)
        wait_for_any_end(runner)


def _serve_here(home: Home, port: int, environment: Mapping[str, str]) -> None:
    with (
        prefect_server(home, port, environment) as (api, server),
        _none_left_running(api),
        deployments_at(api, environment) as runner,  # loads while the server starts
    ):
        wait_until_up(api, server, home)
        print(f"onrecord: the page is at {api.url.removesuffix('/api')}", file=sys.stderr)
        _begin(api, runner)
        wait_for_any_end(runner, server)


@contextmanager
def _none_left_running(api: PrefectApi) -> Iterator[None]:
    """See to it that after the block no run looks as if somebody were at work for it."""
    try:
        yield
    finally:
        with suppress(
            PrefectError
        ):  # the server may have been stopped with us: the next start does
            clear_away(api, now=datetime.now(UTC))


def _begin(api: PrefectApi, runner: Process) -> None:
    if dead := clear_away(api, now=datetime.now(UTC)):
        print(f"onrecord: dead runs were marked as crashed: {dead}", file=sys.stderr)
    let_go(runner)
