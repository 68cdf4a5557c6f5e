"""`onrecord serve` as a process of its own, with a Prefect server on a free port."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from flows.home import Home
from flows.prefectapi import FlowRun, PrefectApi
from warehouse.reader import Reader

T = TypeVar("T")

#: What a pass leaves, without ids of runs and fetches and times of observation.
ROWS = {
    "entries": "select entry_id, feed_id, url, title, published_at, article_id",
    "articles": "select article_id, url, title, published_at, lang, words, text, version",
    "article_versions": "select article_id, version, title, text, change",
    "quotes": "select article_id, version, start_char, end_char, text, kind, speaker, speaker_id",
    "mentions": "select article_id, version, start_char, end_char, label, entity_id",
    "entities": "select entity_id, name, label, articles, quotes",
}


@dataclass(frozen=True)
class Served:
    """A home that is being served."""

    home: Home
    process: "subprocess.Popen[bytes]"
    environment: Mapping[str, str]

    @property
    def api(self) -> PrefectApi:
        """The API of its server, when it is there."""
        return PrefectApi(json.loads(self.home.serve_file.read_text())["api_url"])

    def runs(self, **state: object) -> list[FlowRun]:
        """Return the runs of all deployments."""
        return self.api.runs_of([each.deployment_id for each in self.api.offers()], **state)

    def run(self, *words: str) -> "subprocess.CompletedProcess[str]":
        """Run a command of ours on its home."""
        return subprocess.run(
            [sys.executable, "-m", "flows", *words],
            check=False,
            env=dict(self.environment),
            capture_output=True,
            text=True,
            timeout=300,
        )

    def artifacts(self, flow_run_id: str) -> list[dict[str, Any]]:
        """Return what a run has left in the page, as the server keeps it."""
        wanted = {"artifacts": {"flow_run_id": {"any_": [flow_run_id]}}}
        return list(post(f"{self.api.url}/artifacts/filter", wanted))

    def page_of(self, flow_run_id: str) -> str:
        """Return the Markdown that tells what came of a run; "" if there is none."""
        return "".join(
            str(each["data"])
            for each in self.artifacts(flow_run_id)
            if each["key"] == "run-summary"
        )

    def processes(self) -> list[int]:
        """Return the processes it has started that live: pids, those of groups it made."""
        told = subprocess.run(
            ["ps", "-A", "-o", "pid=,ppid=,pgid=,stat="], check=True, capture_output=True, text=True
        ).stdout
        rows = [line.split() for line in told.splitlines()]
        started = {pid for pid, parent, _, _ in rows if int(parent) == self.process.pid}
        return [int(pid) for pid, _, group, stat in rows if group in started and stat[0] != "Z"]


def post(url: str, body: object) -> Any:
    """Return the JSON that a server of ours answers to JSON."""
    request = urllib.request.Request(
        url, data=json.dumps(body).encode(), headers={"Content-Type": "application/json"}
    )
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    with opener.open(request, timeout=60) as answer:
        return json.loads(answer.read())


def free_port() -> int:
    """Return a port that nobody has now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def rows_in(home: Home) -> dict[str, list[Any]]:
    """Return what the passes of a home have left, in an order of its own."""
    with Reader(home.path) as reader:
        return {
            table: sorted(reader.answer(f"{select} from {table}", timeout_s=60).rows, key=repr)
            for table, select in ROWS.items()
        }


def wait_until(is_so: Callable[[], T], *, within_s: float = 120, between_s: float = 0.2) -> T:
    """Return what `is_so` gives as soon as it gives something."""
    deadline = time.monotonic() + within_s
    while time.monotonic() < deadline:
        if found := is_so():
            return found
        time.sleep(between_s)
    raise AssertionError(f"not so within {within_s} s")


@contextmanager
def serving(folder: Path, *, port: int | None = None) -> Iterator[Served]:
    """Serve a home within the block, from when its deployments can be asked for."""
    home = Home(folder)
    environment = {name: value for name, value in os.environ.items() if "PREFECT" not in name}
    environment |= {"ONRECORD_SERVE_PORT": str(port or free_port()), "ONRECORD_HOME": str(folder)}
    with (folder / "serve.out").open("ab") as out:
        process = subprocess.Popen(
            [sys.executable, "-m", "flows", "serve"], env=environment, stdout=out, stderr=out
        )
    try:
        stale = _written_at(home.serve_file)
        wait_until(
            lambda: _written_at(home.serve_file) not in {None, stale} or process.poll() is not None
        )
        assert process.poll() is None, (folder / "serve.out").read_text()
        yield Served(home, process, environment)
    finally:
        process.send_signal(signal.SIGTERM)
        with suppress(subprocess.TimeoutExpired):
            process.wait(60)
        process.kill()
        process.wait()


def _written_at(path: Path) -> int | None:
    try:
        return path.stat().st_mtime_ns
    except FileNotFoundError:
        return None
