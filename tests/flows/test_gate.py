"""Politeness to one host, within a process and between processes."""

import asyncio
import itertools
import subprocess
import sys
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from flows.gate import HostGate, HostHeldError
from tests.steps import steps_of

ROOT = Path(__file__).parents[2]
OTHER_PROCESS = """
import asyncio, sys, time
from pathlib import Path
from flows.gate import HostGate

async def main(folder, pause_s, in_flight, stay_s, visits):
    gate = HostGate(Path(folder), pause_s=pause_s, max_in_flight=in_flight)
    async def visit():
        async with gate("example.org"):
            print(time.time(), flush=True)
            await asyncio.sleep(stay_s)
            print(time.time(), flush=True)
    await asyncio.gather(*[visit() for _ in range(visits)])

asyncio.run(main(sys.argv[1], *map(float, sys.argv[2:3]), int(sys.argv[3]), float(sys.argv[4]), int(sys.argv[5])))
"""  # noqa: E501


async def starts_of(gate, keys, *, stay_s=0.0, crawl_delay_s=0.0):
    starts = []

    async def visit(key):
        async with gate(key, crawl_delay_s=crawl_delay_s):
            starts.append(time.monotonic())
            await asyncio.sleep(stay_s)

    await asyncio.gather(*[visit(key) for key in keys])
    return sorted(starts)


def gaps(times):
    return [later - earlier for earlier, later in itertools.pairwise(times)]


def test_two_requests_to_one_host_start_a_pause_apart(tmp_path):
    gate = HostGate(tmp_path, pause_s=0.1, max_in_flight=2)

    starts = asyncio.run(starts_of(gate, ["example.org"] * 4))

    assert starts[-1] - starts[0] >= 0.25


def test_the_pause_is_from_start_to_start_not_from_end_to_start(tmp_path):
    gate = HostGate(tmp_path, pause_s=0.1, max_in_flight=2)

    starts = asyncio.run(starts_of(gate, ["example.org"] * 3, stay_s=0.1))

    assert starts[-1] - starts[0] < 0.38  # 0.4 otherwise


def test_a_longer_crawl_delay_is_kept_instead_of_the_pause(tmp_path):
    gate = HostGate(tmp_path, pause_s=0.01, max_in_flight=2)

    starts = asyncio.run(starts_of(gate, ["example.org"] * 3, crawl_delay_s=0.1))

    assert starts[-1] - starts[0] >= 0.15


def test_hosts_do_not_wait_for_each_other(tmp_path):
    gate = HostGate(tmp_path, pause_s=5, max_in_flight=1)

    starts = asyncio.run(starts_of(gate, [f"h{number}.example" for number in range(20)]))

    assert starts[-1] - starts[0] < 0.5


def test_no_more_than_allowed_are_in_flight(tmp_path):
    gate = HostGate(tmp_path, pause_s=0, max_in_flight=2)

    starts = asyncio.run(starts_of(gate, ["example.org"] * 6, stay_s=0.05))

    assert starts[-1] - starts[0] >= 0.095


def test_another_gate_of_the_same_home_shares_the_slots(tmp_path):
    async def both():
        gates = [HostGate(tmp_path, pause_s=0, max_in_flight=1) for _ in range(2)]
        visits = [starts_of(gate, ["example.org"] * 2, stay_s=0.05) for gate in gates]
        return sorted(itertools.chain(*await asyncio.gather(*visits)))

    starts = asyncio.run(both())

    assert min(gaps(starts)) >= 0.045


def start_process(folder, *, pause_s, in_flight, stay_s, visits):
    arguments = [str(each) for each in (folder, pause_s, in_flight, stay_s, visits)]
    return subprocess.Popen(
        [sys.executable, "-c", OTHER_PROCESS, *arguments], stdout=subprocess.PIPE, cwd=ROOT
    )


def times_of(process):
    output, _ = process.communicate(timeout=20)
    assert process.returncode == 0
    return [float(line) for line in output.split()]


def test_two_processes_keep_one_pause(tmp_path):
    given = {"pause_s": 0.1, "in_flight": 2, "stay_s": 0, "visits": 5}
    processes = [start_process(tmp_path, **given) for _ in range(2)]

    times = [times_of(process) for process in processes]

    starts = sorted(times[0][::2] + times[1][::2])
    assert len(starts) == 10
    assert starts[-1] - starts[0] >= 0.8  # 0.4 if each kept its own


def test_two_processes_together_keep_the_limit_in_flight(tmp_path):
    given = {"pause_s": 0, "in_flight": 1, "stay_s": 0.05, "visits": 6}
    processes = [start_process(tmp_path, **given) for _ in range(2)]

    times = sorted(itertools.chain(*[times_of(process) for process in processes]))

    # One at a time: a start and its end are neighbours, so that no stay is shorter than it was.
    assert min(gaps(times)[::2]) >= 0.045


def test_a_killed_process_holds_nothing(tmp_path):
    process = start_process(tmp_path, pause_s=0, in_flight=1, stay_s=60, visits=1)
    process.stdout.readline()
    process.kill()
    process.communicate()
    gate = HostGate(tmp_path, pause_s=0, max_in_flight=1)

    started = time.monotonic()
    asyncio.run(starts_of(gate, ["example.org"]))

    assert time.monotonic() - started < 30


def test_a_waiter_that_gives_up_leaves_its_place_to_the_next(tmp_path):
    async def give_up_and_try_again():
        gate = HostGate(tmp_path, pause_s=0, max_in_flight=1)
        async with gate("example.org"):
            with pytest.raises(TimeoutError):
                async with asyncio.timeout(0.02), gate("example.org"):
                    pass
        async with asyncio.timeout(30), gate("example.org"):
            return True

    assert asyncio.run(give_up_and_try_again())


def test_a_hold_is_told_until_it_ends(tmp_path):
    gate = HostGate(tmp_path, pause_s=0, max_in_flight=2)
    now = datetime.now(UTC)
    until = now + timedelta(minutes=5)

    gate.hold_until("example.org", until)

    assert gate.held_until("example.org", now) == until
    assert gate.held_until("example.org", until) is None
    assert gate.held_until("example.net", now) is None


def test_a_held_host_turns_its_whole_queue_away_at_once(tmp_path):
    gate = HostGate(tmp_path, pause_s=60, max_in_flight=1)
    until = datetime.now(UTC) + timedelta(minutes=5)

    async def visit():
        async with gate("example.org"):
            gate.hold_until("example.org", until)

    async def queue():
        return await asyncio.gather(*[visit() for _ in range(9)], return_exceptions=True)

    started = time.monotonic()
    first, *others = asyncio.run(queue())

    assert time.monotonic() - started < 30
    assert first is None
    assert [(type(other), other.until) for other in others] == [(HostHeldError, until)] * 8


def test_a_shorter_hold_does_not_undo_a_longer_one(tmp_path):
    gate = HostGate(tmp_path, pause_s=0, max_in_flight=2)
    now = datetime.now(UTC)

    gate.hold_until("example.org", now + timedelta(minutes=5))
    gate.hold_until("example.org", now + timedelta(minutes=1))

    assert gate.held_until("example.org", now) == now + timedelta(minutes=5)


def test_another_process_sees_the_hold(tmp_path):
    now = datetime.now(UTC)
    HostGate(tmp_path, pause_s=0, max_in_flight=2).hold_until("h", now + timedelta(minutes=5))

    other = HostGate(tmp_path, pause_s=0, max_in_flight=2)

    assert other.held_until("h", now) == now + timedelta(minutes=5)


def test_a_pause_is_no_hold(tmp_path):
    gate = HostGate(tmp_path, pause_s=60, max_in_flight=2)

    asyncio.run(starts_of(gate, ["example.org"]))

    assert gate.held_until("example.org", datetime.now(UTC)) is None


@pytest.mark.parametrize("key", ["[::1]:80", "../../etc", "x" * 300, "ü.example"])
def test_any_key_makes_a_file_in_the_folder(tmp_path, key):
    gate = HostGate(tmp_path / "hosts", pause_s=0.001, max_in_flight=1)

    asyncio.run(starts_of(gate, [key]))

    assert len(list((tmp_path / "hosts").iterdir())) == 2
    assert [path.name for path in tmp_path.iterdir()] == ["hosts"]


def test_a_free_host_without_pause_costs_next_to_nothing(tmp_path):
    gate = HostGate(tmp_path, pause_s=0, max_in_flight=2)

    async def visit(times):
        for _ in range(times):
            async with gate("example.org"):
                pass

    asyncio.run(visit(1))

    assert steps_of(lambda: asyncio.run(visit(100))) / 100 < 900


def test_any_number_may_wait_while_few_files_can_be_open(tmp_path):
    script = (
        "import asyncio, resource, sys\n"
        "from pathlib import Path\n"
        "from flows.gate import HostGate\n"
        "resource.setrlimit(resource.RLIMIT_NOFILE, (128, 128))\n"
        "gate = HostGate(Path(sys.argv[1]), pause_s=0.05, max_in_flight=2, places=20)\n"
        "async def ask(number):\n"
        "    async with gate(f'host-{number % 300}.example'):\n"
        "        await asyncio.sleep(0.01)\n"
        "async def main():\n"
        "    await asyncio.gather(*(ask(number) for number in range(900)))\n"
        "asyncio.run(main())\n"
    )

    done = subprocess.run(
        [sys.executable, "-c", script, str(tmp_path)],
        check=False,
        capture_output=True,
        text=True,
        timeout=60,
    )

    assert done.returncode == 0, done.stderr
