"""Property tests try the same examples in each run, and nobody takes processors from others."""

import os

from hypothesis import settings

settings.register_profile("steady", derandomize=True, deadline=None)
settings.load_profile("steady")
# DuckDB takes it for the number of its threads. Over tables as small as those of the tests a
# second thread halves nothing, and costs half as much again in waiting; processes are enough.
os.environ.setdefault("SLURM_CPUS_ON_NODE", "1")


def pytest_xdist_auto_num_workers() -> int:
    """Return one process more than there are cores: half of what tests do is to wait."""
    return (os.cpu_count() or 1) + 1
