"""Files that processes lock, share and remove."""

import os
import threading
import time

import pytest

from flows.lockfiles import locked, sweep, took_lock, unlock


@pytest.fixture
def path(tmp_path):
    return tmp_path / "host.0"


def test_a_lock_is_had_by_one_at_a_time(path):
    first = took_lock(path)

    assert took_lock(path) is None

    unlock(first)
    again = took_lock(path)
    assert again is not None
    unlock(again)


def test_a_file_that_somebody_holds_is_not_swept_away(path):
    file = took_lock(path)

    sweep(path.parent, older_than_s=-1)

    assert path.exists()
    unlock(file)


def test_an_old_file_that_nobody_holds_is_swept_away(path):
    unlock(took_lock(path))

    sweep(path.parent, older_than_s=-1)

    assert not path.exists()


def test_a_file_written_since_is_not_swept_away(path):
    unlock(took_lock(path))

    sweep(path.parent, older_than_s=60)

    assert path.exists()


def test_who_waited_for_a_file_that_was_swept_away_gets_the_next_one(path):
    got = []

    def wait():
        with locked(path) as file:
            got.append(os.fstat(file).st_nlink)

    file = took_lock(path)
    waiter = threading.Thread(target=wait)
    waiter.start()
    time.sleep(0.05)  # by now it has opened the file and waits for its lock
    path.unlink()
    unlock(file)
    waiter.join(timeout=5)

    assert got == [1]


def test_two_never_hold_one_name_while_a_third_sweeps(path):
    most, holding, lock = [], [0], threading.Lock()

    def hold():
        for _ in range(100):
            with locked(path):
                with lock:
                    holding[0] += 1
                    most.append(holding[0])
                with lock:
                    holding[0] -= 1

    def clean():
        for _ in range(200):
            sweep(path.parent, older_than_s=-1)

    threads = [threading.Thread(target=each) for each in (hold, hold, clean)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=20)

    assert len(most) == 200
    assert max(most) == 1
