"""How long `onrecord serve` takes from its start to its first finished run.

    python -m tests.bench.first_run

On an empty home, whose server has no database yet, and on the same home once more.
"""

import sys
import tempfile
import time
from pathlib import Path

from tests.bench.newsstand import newsstand
from tests.served import serving, wait_until

MOST_S = {"empty": 90, "used": 60}


def main() -> int:
    """Measure; return 1 if it takes too long."""
    took: dict[str, float] = {}
    with tempfile.TemporaryDirectory() as folder, newsstand(Path(folder), stories=20) as home:
        for kind in MOST_S:
            ended = len(took)  # a run each time
            began = time.monotonic()
            with serving(home) as served:
                wait_until(lambda: len(served.runs(type={"any_": ["COMPLETED"]})) > ended)  # noqa: B023
                took[kind] = time.monotonic() - began
            print(f"{kind} home: {took[kind]:.0f} s", flush=True)
    return 1 if any(took[kind] > most for kind, most in MOST_S.items()) else 0


if __name__ == "__main__":
    sys.exit(main())
