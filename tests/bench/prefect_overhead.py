"""What a pass costs as a flow run above the same pass without Prefect, an article.

    python -m tests.bench.prefect_overhead [--articles N] [--pairs N]

Both ways read a press on loopback with extractors that cost next to nothing, in turns, into homes
of their own. The server is warm, and no process is started within what is measured.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.bench.newsstand import newsstand, plain_home
from tests.served import serving

MOST_MS = 2.0
_MEASURED = """
import json, os, sys, time
from flows.home import Home
from flows.ingest import ingest
from flows.settings import load_settings
from flows.steps import Order, run_pass
home = Home(__import__("pathlib").Path(sys.argv[2]))
began, used = time.perf_counter(), time.process_time()
if sys.argv[1] == "plain":
    run_pass(home, load_settings(home.path, os.environ), Order())
else:
    ingest(home=str(home.path))
print(json.dumps([time.perf_counter() - began, time.process_time() - used]))
"""


def main() -> int:
    """Measure; return 1 if an article costs too much."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=1000)
    parser.add_argument("--pairs", type=int, default=3)
    given = parser.parse_args()
    above: list[tuple[float, float]] = []
    with (
        tempfile.TemporaryDirectory() as folder,
        newsstand(Path(folder), stories=given.articles) as home,
        serving(home) as served,
    ):
        served.run("trigger", "ingest-now", "--watch")  # the server is warm, and has nothing to do
        environment = {**os.environ, "PREFECT_API_URL": served.api.url}
        for number in range(given.pairs):
            plain = _measured("plain", plain_home(home, f"plain-{number}"), environment)
            flow = _measured("flow", plain_home(home, f"flow-{number}"), environment)
            above.append((flow[0] - plain[0], flow[1] - plain[1]))
            print(
                f"plain {plain[0]:.1f} s, of CPU time {plain[1]:.1f}; "
                f"flow {flow[0]:.1f} s, of CPU time {flow[1]:.1f}",
                flush=True,
            )
            time.sleep(10)  # the server is behind with what it was told
    wall, cpu = (
        1000 * statistics.median(each) / given.articles for each in zip(*above, strict=True)
    )
    print(f"Prefect takes {wall:.2f} ms an article, {cpu:.2f} ms of CPU time in the process")
    return 1 if wall > MOST_MS else 0


def _measured(how: str, home: Path, environment: dict[str, str]) -> tuple[float, float]:
    done = subprocess.run(
        [sys.executable, "-c", _MEASURED, how, str(home)],
        env=environment,
        check=True,
        capture_output=True,
        text=True,
    )
    wall_s, cpu_s = json.loads(done.stdout.splitlines()[-1])
    return float(wall_s), float(cpu_s)


if __name__ == "__main__":
    sys.exit(main())
