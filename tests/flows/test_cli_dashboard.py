"""`onrecord dashboard`, started as people start it."""

import http.client
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from websockets.sync.client import connect

_WITHOUT_MARIMO = """
import importlib.machinery, sys
class Hidden(importlib.machinery.PathFinder):
    @classmethod
    def find_spec(cls, name, path=None, target=None):
        return None if name == "marimo" else super().find_spec(name, path, target)
sys.meta_path = [
    Hidden if each is importlib.machinery.PathFinder else each for each in sys.meta_path
]
from flows.cli import main
sys.exit(main())
"""


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("home")
    (folder / "onrecord.toml").touch()
    return folder


def run(*words: str, home: Path, code: str | None = None) -> "subprocess.CompletedProcess[str]":
    how = ["-c", code] if code else ["-m", "flows"]
    return subprocess.run(
        [sys.executable, *how, "dashboard", *words, "--home", str(home), "--no-browser"],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


@pytest.fixture(scope="module")
def address(home: Path) -> Iterator[str]:
    """Serve the dashboard; give its address. Told to stop, it must go though a page is open."""
    process = subprocess.Popen(
        [sys.executable, "-m", "flows", "dashboard", "--port", "0", "--home", str(home)],
        env={name: value for name, value in os.environ.items() if name != "DISPLAY"},
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    try:
        place = process.stdout.readline().strip()
        yield place
        with connect(f"{place.replace('http', 'ws')}/ws?session_id=s_one") as opened:
            opened.recv(timeout=30)
            process.send_signal(signal.SIGTERM)
            assert process.wait(30) == 128 + signal.SIGTERM
    finally:
        process.kill()
        process.wait()
        process.stdout.close()


def answer_to(address: str, **headers: str) -> tuple[int, str]:
    connection = http.client.HTTPConnection(urlsplit(address).netloc, timeout=60)
    try:
        connection.request("GET", "/", headers=headers)
        response = connection.getresponse()
        return response.status, response.read().decode()
    finally:
        connection.close()


def test_the_page_is_served_on_loopback(address: str):
    status, page = answer_to(address)

    assert address.startswith("http://127.0.0.1:")
    assert status == 200
    assert "On Record" in page


@pytest.mark.parametrize(
    "headers",
    [{"Host": "evil.example"}, {"Origin": "http://evil.example"}, {"Origin": "null"}],
    ids=["its name made to mean loopback", "a request across sites", "a page without a site"],
)
def test_another_site_in_the_same_browser_is_refused(address: str, headers: dict[str, str]):
    status, page = answer_to(address, **headers)

    assert status == 403
    assert "On Record" not in page


def test_without_the_extra_it_says_what_to_install(home: Path):
    done = run(home=home, code=_WITHOUT_MARIMO)

    assert done.returncode == 2
    assert "pip install 'onrecord[dashboard]'" in done.stderr
    assert done.stdout == ""


def test_a_port_that_is_taken_is_bad_usage(home: Path):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])

        done = run("--port", port, home=home)

    assert done.returncode == 2
    assert f"port {port}" in done.stderr


@pytest.mark.parametrize(
    "words",
    [["--json"], ["--host", "192.0.2.1"], ["--host", "0.0.0.0"], ["--port", "70000"]],  # noqa: S104
)
def test_what_it_cannot_do_is_bad_usage(home: Path, words: list[str]):
    done = run(*words, home=home)

    assert done.returncode == 2
    assert done.stdout == ""
