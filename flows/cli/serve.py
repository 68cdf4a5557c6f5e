"""`serve`: a Prefect server of the home's own, its page, and the deployments, until stopped.

Prefect takes signals into its own hands, so it runs in processes of its own.
"""

import argparse
import json
import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import IO

from extractors.errors import OnRecordError, SettingsError
from flows.cli.arguments import Commands, add_command, home_of, settings_of
from flows.home import Home

_HOST = "127.0.0.1"
#: A first start on an empty home makes the server's database, which a small machine takes long for.
_START_S = 120.0
#: Prefect cancels the runs that are going before it ends.
_STOP_S = 30.0


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
    home.log.mkdir(parents=True, exist_ok=True)
    environment = _environment_for(home)
    if given := environment.get("PREFECT_API_URL"):
        _serve(home, given, environment)
    else:
        with _server(home, settings.serve_port, environment) as api_url:
            _serve(home, api_url, environment)
    return 0


def _serve(home: Home, api_url: str, environment: Mapping[str, str]) -> None:
    """Serve the deployments in a process of their own, until it ends or we are interrupted."""
    command = [sys.executable, "-m", "flows.deployments"]
    with _running(command, {**environment, "PREFECT_API_URL": api_url}) as runner:
        home.serve_file.write_text(json.dumps({"api_url": api_url}) + "\n", encoding="utf-8")
        try:
            runner.wait()
        finally:
            home.serve_file.unlink(missing_ok=True)
    raise OnRecordError("the deployments are served no more; the lines above say why")


def _environment_for(home: Home) -> dict[str, str]:
    """Return our environment with where the home is, for Prefect and the flow runs it starts."""
    defaults = {
        "PREFECT_HOME": str(home.prefect),
        "PREFECT_LOGGING_EXTRA_LOGGERS": "flows,extractors,warehouse",
        "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
        "DO_NOT_TRACK": "1",
    }
    return {**defaults, **os.environ, "ONRECORD_HOME": str(home.path)}


@contextmanager
def _running(
    command: Sequence[str], environment: Mapping[str, str], output: IO[bytes] | None = None
) -> Iterator["subprocess.Popen[bytes]"]:
    """Run a process within the block; end it afterwards, at once if it does not go by itself."""
    process = subprocess.Popen(  # noqa: S603 - our own interpreter and modules
        command,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=output or sys.stderr,
        stderr=output or sys.stderr,
        start_new_session=True,  # Ctrl-C is for us, who end the others in order
    )
    try:
        yield process
    finally:
        process.terminate()
        try:
            process.wait(_STOP_S)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


@contextmanager
def _server(home: Home, port: int, environment: Mapping[str, str]) -> Iterator[str]:
    """Run a Prefect server within the block; yield the address of its API."""
    _check_port(port)
    api_url = f"http://{_HOST}:{port}/api"
    own = {
        "PREFECT_SERVER_API_HOST": _HOST,
        "PREFECT_SERVER_API_PORT": str(port),
        "PREFECT_API_URL": api_url,
        "PREFECT_SERVER_UI_API_URL": api_url,
    }
    command = [sys.executable, "-m", "prefect", "server", "start"]
    with (
        (home.log / "prefect-server.log").open("ab") as log,
        _running(command, {**environment, **own}, log) as process,
    ):
        _wait_for(api_url, process, home)
        print(f"onrecord: the page is at http://{_HOST}:{port}", file=sys.stderr)
        yield api_url


def _check_port(port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((_HOST, port))
        except OSError as error:
            raise SettingsError(
                f"port {port} is taken: set serve_port in onrecord.toml or ONRECORD_SERVE_PORT"
            ) from error


def _wait_for(api_url: str, process: "subprocess.Popen[bytes]", home: Home) -> None:
    deadline = time.monotonic() + _START_S
    while time.monotonic() < deadline:
        if process.poll() is not None:
            break
        try:
            with urllib.request.urlopen(f"{api_url}/health", timeout=2):  # noqa: S310 - our own
                return
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            time.sleep(0.3)
    raise OnRecordError(f"the Prefect server did not start; see {home.log / 'prefect-server.log'}")
