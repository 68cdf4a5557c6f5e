"""Worker processes that crash, hang and raise, and their keeper."""

import os
import signal
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from extractors.errors import SettingsError
from flows.workers import NOT_BEGUN, ORDINARY_CHARS, Crew, CrewClosedError, WorkerDied
from tests.jobs import Deeds, LongText, NeverBegun, WhoDoesIt


@pytest.fixture(scope="module")
def crew():
    """One worker, that is given a second for a deed."""
    crew = Crew(1, timeout_s=1.0)
    yield crew
    crew.close()


def test_a_job_is_done_in_a_process_that_serves_again(crew):
    first, second = crew.perform(WhoDoesIt()), crew.perform(WhoDoesIt())

    assert first == second


@pytest.mark.parametrize(
    ("deeds", "index", "why"),
    [
        (("exit", "work"), 0, "exit code 7"),
        (("work", "crash"), 1, "exit code -11"),
        (("work", "work", "hang"), 2, "no result after 1 s"),
    ],
    ids=["exits", "crashes", "hangs"],
)
def test_a_worker_that_is_lost_tells_on_which_item_and_is_replaced(crew, deeds, index, why):
    with pytest.raises(WorkerDied) as caught:
        crew.perform(Deeds(deeds))

    assert (caught.value.index, why in caught.value.why) == (index, True)
    assert crew.perform(Deeds(("work",))) == ["work"]


def test_the_time_limit_is_for_an_item_and_not_for_the_job(crew):
    deeds = ("linger",) * 4

    assert crew.perform(Deeds(deeds)) == list(deeds)


def test_a_long_text_is_given_more_time_in_proportion(crew):
    assert crew.perform(LongText(chars=5 * ORDINARY_CHARS)) == "read"


@pytest.mark.parametrize("chars", [0, ORDINARY_CHARS])
def test_an_ordinary_text_is_given_the_time_that_is_set(crew, chars):
    with pytest.raises(WorkerDied) as caught:
        crew.perform(LongText(chars=chars))

    assert caught.value.why == "no result after 1 s"


@pytest.mark.parametrize(
    ("deed", "kind"),
    [("raise", ValueError), ("raise ours", SettingsError), ("raise broken pipe", BrokenPipeError)],
)
def test_what_a_job_raises_is_raised_where_it_was_given(crew, deed, kind):
    with pytest.raises(kind):
        crew.perform(Deeds((deed,)))


def test_a_worker_that_never_begins_is_told_from_one_that_dies_on_an_item(crew):
    with pytest.raises(WorkerDied) as caught:
        crew.perform(NeverBegun())

    assert caught.value.index == NOT_BEGUN


def test_closing_frees_those_at_work_and_those_who_wait_for_a_turn():
    crew = Crew(1, timeout_s=600)
    with ThreadPoolExecutor(3) as pool:
        waiting = [pool.submit(crew.perform, Deeds(("hang",))) for _ in range(3)]
        time.sleep(0.5)

        crew.close()
        errors = [each.exception(timeout=60) for each in waiting]

    assert [type(error) for error in errors] == [CrewClosedError] * 3


def test_a_closed_crew_takes_no_more_jobs():
    crew = Crew(1, timeout_s=1)
    crew.close()

    with pytest.raises(CrewClosedError):
        crew.perform(WhoDoesIt())


def test_two_workers_work_at_the_same_time():
    crew = Crew(2, timeout_s=10)
    try:
        with ThreadPoolExecutor(2) as pool:
            together = threading.Barrier(2)

            def work() -> int:
                together.wait()
                crew.perform(Deeds(("linger",)))
                return crew.perform(WhoDoesIt())

            workers = {each.result() for each in [pool.submit(work) for _ in range(2)]}
    finally:
        crew.close()

    assert len(workers) == 2


def test_a_worker_that_was_killed_while_idle_is_replaced(crew):
    first = crew.perform(WhoDoesIt())
    os.kill(first, signal.SIGKILL)
    time.sleep(0.2)

    second = crew.perform(WhoDoesIt())

    assert second != first


_KEEPER_OF_ONE_THAT_HANGS = """
from flows.workers import Crew
from tests.jobs import Deeds, WhoDoesIt

crew = Crew(1, timeout_s=600)
print(crew.perform(WhoDoesIt()), flush=True)
crew.perform(Deeds(("hang",)))
"""


def test_no_process_outlives_a_keeper_that_was_killed_though_a_worker_hangs():
    keeper = subprocess.Popen(
        [sys.executable, "-c", _KEEPER_OF_ONE_THAT_HANGS],
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
        stdout=subprocess.PIPE,
    )
    keeper.stdout.readline()  # its worker is there
    time.sleep(1)  # and by now it hangs

    keeper.kill()
    left, _ = keeper.communicate(timeout=60)  # whoever is left has its end of the pipe open

    assert left == b""
