"""The processes of `onrecord serve`: a Prefect server, and what runs the deployments.

Prefect takes signals into its own hands, so it runs in processes of its own. Each leads a group
(its flow runs, their workers), and ends with the process that started it, also if that was killed.
"""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager, suppress
from datetime import timedelta
from typing import IO

from extractors.errors import OnRecordError, SettingsError
from flows.home import HOME_VARIABLE, Home
from flows.lifeline import STARTED_BY
from flows.prefectapi import PrefectApi
from flows.prefectfile import compact

Process = subprocess.Popen[bytes]

_HOST = "127.0.0.1"
#: A first start on an empty home makes the server's database, which a small machine takes long for.
_START_S = 120.0
#: Prefect cancels the runs that are going before it ends.
_STOP_S = 30.0
#: What a killed `serve` leaves notices within a second that it is alone, on a machine with time.
_LEAVE_S = 5.0
_BETWEEN_LOOKS_S = 0.2

#: With the 121 runs that a day has this keeps Prefect's database under 50 MB; what the runs did
#: stays in the warehouse (`runs`). What the page shows of a run are states and log lines; events
#: are for automations, which have long acted.
RUNS_KEPT = timedelta(days=3)
_EVENTS_KEPT = timedelta(hours=2)
_KEEPING = {
    "PREFECT_SERVER_SERVICES_DB_VACUUM_ENABLED": "events,flow_runs",
    "PREFECT_SERVER_SERVICES_DB_VACUUM_RETENTION_PERIOD": str(int(RUNS_KEPT.total_seconds())),
    "PREFECT_SERVER_EVENTS_RETENTION_PERIOD": f"PT{int(_EVENTS_KEPT.total_seconds())}S",
}


def environment_for(home: Home, given: Mapping[str, str]) -> dict[str, str]:
    """Return the environment of Prefect and its flow runs; what is `given` has its way."""
    defaults = {
        "PREFECT_HOME": str(home.prefect),
        "PREFECT_LOGGING_EXTRA_LOGGERS": "flows,extractors,warehouse",
        "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
        "DO_NOT_TRACK": "1",
    }
    return {**_KEEPING, **defaults, **given, HOME_VARIABLE: str(home.path)}


@contextmanager
def prefect_server(
    home: Home, port: int, environment: Mapping[str, str]
) -> Iterator[tuple[PrefectApi, Process]]:
    """Run a Prefect server within the block; yield its API, which is not up yet, and its process.

    Raises:
        SettingsError: another program has the port.
    """
    _wait_for_port(port)
    compact(home.prefect / "prefect.db")
    api = PrefectApi(f"http://{_HOST}:{port}/api", environment.get("PREFECT_API_AUTH_STRING"))
    own = {
        "PREFECT_SERVER_API_HOST": _HOST,
        "PREFECT_SERVER_API_PORT": str(port),
        "PREFECT_API_URL": api.url,
        "PREFECT_SERVER_UI_API_URL": api.url,
    }
    with (
        (home.log / "prefect-server.log").open("ab") as log,
        _running(("prefect", "server", "start"), {**environment, **own}, log) as process,
    ):
        yield api, process


def wait_until_up(api: PrefectApi, process: Process, home: Home) -> None:
    """Wait for the server to answer.

    Raises:
        OnRecordError: it ended, or takes too long.
    """
    deadline = time.monotonic() + _START_S
    while process.poll() is None and time.monotonic() < deadline:
        if api.answers:
            return
        time.sleep(_BETWEEN_LOOKS_S)
    raise OnRecordError(f"the Prefect server did not start; see {home.log / 'prefect-server.log'}")


def deployments_at(
    api: PrefectApi, environment: Mapping[str, str]
) -> AbstractContextManager[Process]:
    """Return a block within which a process serves the deployments, once it is let go."""
    return _running(("flows.deployments",), {**environment, "PREFECT_API_URL": api.url})


@contextmanager
def _running(
    words: tuple[str, ...], environment: Mapping[str, str], output: IO[bytes] | None = None
) -> Iterator[Process]:
    """Run a module and its arguments as a process within the block; end its group afterwards."""
    process = subprocess.Popen(  # noqa: S603 - our own interpreter and modules
        [sys.executable, "-m", "flows.lifeline", *words],
        env={**environment, STARTED_BY: str(os.getpid())},
        stdin=subprocess.PIPE,
        stdout=output or sys.stderr,
        stderr=output or sys.stderr,
        start_new_session=True,  # Ctrl-C is for us, who end the others in order
    )
    try:
        yield process
    finally:
        process.terminate()
        with suppress(subprocess.TimeoutExpired):
            process.wait(_STOP_S)
        # If it was killed, or does not go by itself, there is more to end than the process itself.
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
        process.communicate()


def let_go(process: Process) -> None:
    """Tell a process that waits for a line on its stdin to begin."""
    if process.stdin:
        with suppress(BrokenPipeError):  # it has ended, which is noticed anyway
            process.stdin.write(b"\n")
            process.stdin.flush()


def wait_for_any_end(*processes: Process) -> None:
    """Return when one of the processes has ended."""
    while all(process.poll() is None for process in processes):
        time.sleep(_BETWEEN_LOOKS_S)


def _wait_for_port(port: int) -> None:
    deadline = time.monotonic() + _LEAVE_S
    while not _is_free(port):
        if time.monotonic() > deadline:
            raise SettingsError(
                f"port {port} is taken: set serve_port in onrecord.toml or ONRECORD_SERVE_PORT"
            )
        time.sleep(_BETWEEN_LOOKS_S)


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((_HOST, port))
        except OSError:
            return False
    return True
