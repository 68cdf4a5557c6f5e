"""`onrecord serve`: who may, in what order things begin, and what is seen to at both ends."""

import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from datetime import UTC, datetime

from extractors.errors import OnRecordError, SettingsError
from flows.deadruns import clear_away
from flows.home import Home
from flows.locks import RunActiveError, held_alone
from flows.logs import log_to
from flows.prefectapi import PrefectApi, PrefectError
from flows.processes import (
    Process,
    deployments_at,
    environment_for,
    let_go,
    prefect_server,
    wait_for_any_end,
    wait_until_up,
)


def serve(
    home: Home, port: int, variables: Mapping[str, str], *, show: Callable[[str], None]
) -> None:
    """Serve the deployments of a home until one of the processes ends or we are interrupted.

    Args:
        home: of which nothing else may be serving.
        port: of the server that is started, unless `PREFECT_API_URL` names one.
        variables: the environment.
        show: is told where the page is, when it is there.

    Raises:
        SettingsError: the home is served already, or the port is taken.
        OnRecordError: a process has ended.
    """
    environment = environment_for(home, variables)
    with _only_one_for(home), log_to(home):
        if given := environment.get("PREFECT_API_URL"):
            api = PrefectApi(given, environment.get("PREFECT_API_AUTH_STRING"))
            _serve_at(api, environment)
        else:
            _serve_here(home, port, environment, show)
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


def _serve_here(
    home: Home, port: int, environment: Mapping[str, str], show: Callable[[str], None]
) -> None:
    with (
        prefect_server(home, port, environment) as (api, server),
        _none_left_running(api),
        deployments_at(api, environment) as runner,  # loads while the server starts
    ):
        wait_until_up(api, server, home)
        show(f"the page is at {api.url.removesuffix('/api')}")
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
    clear_away(api, now=datetime.now(UTC))
    let_go(runner)
