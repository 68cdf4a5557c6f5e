"""A Prefect server on loopback with a pool of process workers, as deploy/README.md has it."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from flows.home import Home
from flows.prefectapi import FlowRun, PrefectApi
from flows.processes import environment_for, prefect_server, wait_until_up
from tests.served import free_port, post

ROOT = Path(__file__).parents[1]
NAME = "onrecord"


@dataclass(frozen=True)
class Pool:
    """A pool whose workers have a home."""

    api: PrefectApi
    home: Home
    environment: Mapping[str, str]

    def deploy(self, *names: str) -> None:
        """Deploy these of deploy/prefect.yaml."""
        chosen = [word for name in names for word in ("--name", name)]
        self.prefect("deploy", "--prefect-file", str(ROOT / "deploy" / "prefect.yaml"), *chosen)

    def prefect(self, *words: str) -> str:
        """Give a command of Prefect's; return what it says."""
        done = subprocess.run(
            [sys.executable, "-m", "prefect", "--no-prompt", *words],
            check=False,
            env=dict(self.environment),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=120,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def ask_for(self, name: str, **parameters: object) -> FlowRun:
        (offer,) = [each for each in self.api.offers() if each.name == name]
        return self.api.start(offer.deployment_id, parameters)

    def runs(self, name: str) -> list[FlowRun]:
        return self.api.runs_of(
            [each.deployment_id for each in self.api.offers() if each.name == name]
        )


@contextmanager
def pool_of(home: Home, *places: int) -> Iterator[Pool]:
    """Have a pool within the block, of a worker for each number of runs it does at a time."""
    environment = environment_for(
        home, {name: value for name, value in os.environ.items() if "PREFECT" not in name}
    )
    home.log.mkdir(parents=True, exist_ok=True)
    with ExitStack() as stack:
        api, server = stack.enter_context(prefect_server(home, free_port(), environment))
        environment |= {"PREFECT_API_URL": api.url, "PREFECT_WORKER_QUERY_SECONDS": "1"}
        wait_until_up(api, server, home)
        post(f"{api.url}/work_pools/", {"name": NAME, "type": "process"})
        for number, limit in enumerate(places):
            words = ("--pool", NAME, "--name", f"worker-{number}", "--limit", str(limit))
            stack.enter_context(_worker(words, environment, home.log / f"worker-{number}.log"))
        yield Pool(api, home, environment)


@contextmanager
def _worker(words: tuple[str, ...], environment: Mapping[str, str], log: Path) -> Iterator[None]:
    with log.open("wb") as out:
        process = subprocess.Popen(
            [sys.executable, "-m", "prefect", "worker", "start", *words],
            env=dict(environment),
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=out,
            start_new_session=True,
        )
    try:
        yield
    finally:
        process.send_signal(signal.SIGTERM)
        with suppress(subprocess.TimeoutExpired):
            process.wait(30)
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
