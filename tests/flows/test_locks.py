"""The run lock and the locks that show a run alive, between real processes."""

import os
import signal
import subprocess
import sys
import time

import pytest

from flows.home import Home
from flows.locks import RunActiveError, held_alone, is_alive, shown_alive

HOLD = """
import sys, time
from pathlib import Path
from flows.home import Home
from flows.locks import held_alone, shown_alive
home = Home(Path(sys.argv[1]))
with held_alone(home.run_lock, "theirs", wait_s=None), shown_alive(home, "theirs"):
    print("held", flush=True)
    time.sleep(60)
"""


@pytest.fixture
def home(tmp_path):
    return Home(tmp_path)


@pytest.fixture
def holder(home):
    """Another process that runs as "theirs"."""
    process = subprocess.Popen([sys.executable, "-c", HOLD, home.path], stdout=subprocess.PIPE)
    assert process.stdout.readline() == b"held\n"
    yield process
    process.kill()
    process.communicate()


def test_one_pass_runs_and_the_other_is_told_which(home, holder):
    with pytest.raises(RunActiveError) as caught, held_alone(home.run_lock, "ours", wait_s=None):
        pass

    assert caught.value.run_id == "theirs"


def test_waiting_ends_at_the_given_time(home, holder):
    began = time.monotonic()

    with pytest.raises(RunActiveError), held_alone(home.run_lock, "ours", wait_s=0.5):
        pass

    assert 0.5 <= time.monotonic() - began < 30


def test_a_killed_holder_holds_nothing(home, holder):
    alive_before = is_alive(home, "theirs")
    os.kill(holder.pid, signal.SIGKILL)
    holder.wait()

    with held_alone(home.run_lock, "ours", wait_s=None):
        held = home.run_lock.read_text(encoding="utf-8")

    assert (alive_before, is_alive(home, "theirs")) == (True, False)
    assert held == "ours"


def test_a_lock_that_is_freed_while_somebody_waits_is_theirs(home, holder):
    holder.send_signal(signal.SIGTERM)

    with held_alone(home.run_lock, "ours", wait_s=10):
        assert home.run_lock.read_text(encoding="utf-8") == "ours"


def test_a_run_is_alive_as_long_as_its_block(home):
    with shown_alive(home, "ours"):
        within = is_alive(home, "ours")

    assert (within, is_alive(home, "ours")) == (True, False)
    assert not home.liveness_lock("ours").exists()


def test_a_run_that_nobody_has_heard_of_is_not_alive(home):
    assert not is_alive(home, "nobody")
