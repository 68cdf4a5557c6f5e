"""`serve`: a Prefect server of the home's own, its page, and the deployments, until stopped."""

import argparse
import json
import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager

from extractors.errors import OnRecordError, SettingsError
from flows.cli.arguments import Commands, add_command, home_of, settings_of
from flows.home import Home

_HOST = "127.0.0.1"
#: A first start on an empty home makes the server's database, which a small machine takes long for.
_START_S = 120.0


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
    _prepare_environment(home)
    if given := os.environ.get("PREFECT_API_URL"):
        _serve(home, given)
        return 0
    with _server(home, settings.serve_port) as api_url:
        os.environ["PREFECT_API_URL"] = api_url
        _serve(home, api_url)
    return 0


def _serve(home: Home, api_url: str) -> None:
    from flows.deployments import serve_all

    home.serve_file.write_text(json.dumps({"api_url": api_url}) + "\n", encoding="utf-8")
    try:
        serve_all()
    finally:
        home.serve_file.unlink(missing_ok=True)


def _prepare_environment(home: Home) -> None:
    """Tell Prefect and the flow runs it starts where the home is; before Prefect is imported."""
    os.environ["ONRECORD_HOME"] = str(home.path)
    os.environ.setdefault("PREFECT_HOME", str(home.prefect))
    os.environ.setdefault("PREFECT_LOGGING_EXTRA_LOGGERS", "flows,extractors,warehouse")
    os.environ.setdefault("PREFECT_SERVER_ANALYTICS_ENABLED", "false")
    os.environ.setdefault("DO_NOT_TRACK", "1")


@contextmanager
def _server(home: Home, port: int) -> Iterator[str]:
    """Run a Prefect server within the block; yield the address of its API."""
    _check_port(port)
    api_url = f"http://{_HOST}:{port}/api"
    home.log.mkdir(parents=True, exist_ok=True)
    environment = os.environ | {
        "PREFECT_SERVER_API_HOST": _HOST,
        "PREFECT_SERVER_API_PORT": str(port),
        "PREFECT_API_URL": api_url,
        "PREFECT_SERVER_UI_API_URL": api_url,
    }
    with (home.log / "prefect-server.log").open("ab") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "prefect", "server", "start"],
            env=environment,
            stdout=log,
            stderr=log,
            stdin=subprocess.DEVNULL,
            start_new_session=True,  # Ctrl-C is for us; the server is ended after the runs
        )
    try:
        _wait_for(api_url, process, home)
        print(f"onrecord: the page is at http://{_HOST}:{port}", file=sys.stderr)
        yield api_url
    finally:
        process.terminate()
        try:
            process.wait(15)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


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
