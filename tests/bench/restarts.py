"""Kill something of `onrecord serve` in the middle of a pass, start it again, and so on.

    python -m tests.bench.restarts [--cycles N] [--seed N]

In the end a pass ends by itself, and then: no run may look at work, no place be taken, and the rows
be those of a pass without Prefect that nobody killed.
"""

import argparse
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from contextlib import suppress
from pathlib import Path

from flows.home import Home
from flows.prefectapi import AT_WORK
from flows.settings import load_settings
from flows.steps import Order, run_pass
from tests.bench.newsstand import newsstand, plain_home
from tests.served import Served, free_port, rows_in, serving

#: What is killed, by words of its command; "" is `serve` itself.
VICTIMS = ("", "flows.deployments", "prefect server", "prefect.engine")
#: About what a pass fetches before it is killed: some must be left for the last one.
STORIES_A_CYCLE = 30
LATEST_KILL_S = 12.0


def main() -> int:
    """Kill and look; return 1 if something was left stuck, lost or doubled."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cycles", type=int, default=50)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    chance, port = random.Random(given.seed), free_port()  # noqa: S311 (not for secrets)
    with (
        tempfile.TemporaryDirectory() as folder,
        newsstand(Path(folder), stories=given.cycles * STORIES_A_CYCLE, delay_s=0.3) as home,
    ):
        for number in range(given.cycles):
            with serving(home, port=port) as served:
                time.sleep(chance.uniform(0, LATEST_KILL_S))
                victim = VICTIMS[number % len(VICTIMS)]
                killed = _kill(served, victim)
            print(f"{number + 1}: killed {victim or 'serve'}: {killed}", flush=True)
        with serving(home, port=port) as served:
            last = served.run("trigger", "ingest-now", "--watch")
            offers = [offer.deployment_id for offer in served.api.offers()]
            stuck = [*served.runs(type={"any_": list(AT_WORK)}), *served.api.tasks_at_work(offers)]
            print(Counter(run.state_type for run in served.runs() if not run.is_of_schedule))
        plain = Home(plain_home(home))
        run_pass(plain, load_settings(plain.path, {}), Order())
        differing = _differing(Home(home), plain)
    print(f"last run: {last.stdout.strip()}; stuck: {len(stuck)}; differing: {differing}")
    return 1 if last.returncode or stuck or differing else 0


def _kill(served: Served, victim: str) -> bool:
    """Kill a process by the words of its command; tell whether there was one."""
    pids = [served.process.pid] if not victim else _pids_of(served, victim)
    for pid in pids:
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
    time.sleep(2)
    return bool(pids)


def _pids_of(served: Served, victim: str) -> list[int]:
    told = subprocess.run(
        ["ps", "-A", "-o", "pid=,command="], check=True, capture_output=True, text=True
    ).stdout
    with_words = {int(line.split()[0]) for line in told.splitlines() if victim in line}
    return [pid for pid in served.processes() if pid in with_words]


def _differing(one: Home, other: Home) -> list[str]:
    ours, theirs = rows_in(one), rows_in(other)
    return [table for table, rows in ours.items() if rows != theirs[table]]


if __name__ == "__main__":
    sys.exit(main())
