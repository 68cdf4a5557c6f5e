"""What a killed process has started ends by itself."""

import os
import signal
import subprocess
import sys
import textwrap

from tests.served import wait_until

#: Starts a module that stays, tied to itself, tells its pid, and stays too.
_PARENT = textwrap.dedent("""
    import os, subprocess, sys, time
    from flows.lifeline import STARTED_BY
    words = [sys.executable, "-m", "flows.lifeline", "http.server", "0", "--bind", "127.0.0.1"]
    tied = {STARTED_BY: str(os.getpid())} if sys.argv[1] == "tied" else {}
    child = subprocess.Popen(
        words, env=os.environ | tied, start_new_session=True, stdout=-3, stderr=-3
    )
    print(child.pid, flush=True)
    time.sleep(60)
""")


def child_of_a_killed_parent(how: str) -> int:
    with subprocess.Popen(
        [sys.executable, "-c", _PARENT, how], stdout=subprocess.PIPE, text=True
    ) as parent:
        assert parent.stdout is not None
        child = int(parent.stdout.readline())
        parent.kill()
    return child


def lives(pid: int) -> bool:
    told = subprocess.run(["ps", "-o", "stat=", "-p", str(pid)], check=False, capture_output=True)
    return told.stdout.strip()[:1] not in {b"", b"Z"}


def test_a_process_that_is_tied_ends_soon_after_its_parent_was_killed():
    child = child_of_a_killed_parent("tied")

    assert wait_until(lambda: not lives(child), within_s=30)


def test_a_process_that_is_not_tied_outlives_its_parent():
    child = child_of_a_killed_parent("alone")

    try:
        assert lives(child)
    finally:
        os.kill(child, signal.SIGKILL)
