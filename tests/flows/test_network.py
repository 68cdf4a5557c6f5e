import asyncio
import errno

import pytest

from flows.network import Network, rules_of
from flows.settings import Settings


@pytest.fixture
def network(tmp_path):
    with Network(Settings(), tmp_path / "locks") as network:
        yield network


def taken(arrivals):
    found = []
    while not arrivals.is_over:
        found += arrivals.take(10, linger_s=1.0)
    return found


def test_lanes_are_walked_side_by_side_and_each_in_its_order(network):
    async def ask(_client, seconds):
        await asyncio.sleep(seconds)
        return seconds

    stream = network.stream(ask)

    stream.add([[0.4, 0.01], [0.1, 0.02]])
    found = taken(stream)

    assert found == [0.1, 0.02, 0.4, 0.01]


def test_a_full_disk_in_one_lane_is_raised_as_what_it_is(network):
    async def ask(_client, number):
        if number == 2:
            raise OSError(errno.ENOSPC, "no space left on device")
        return number

    stream = network.stream(ask)

    stream.add([[1], [2], [3]])

    with pytest.raises(OSError, match="no space"):
        taken(stream)


def test_what_is_added_later_does_not_wait_for_what_is_slow(network):
    async def ask(_client, seconds):
        await asyncio.sleep(seconds)
        return seconds

    stream = network.stream(ask)
    stream.add([[0.4]])

    stream.add([[0.01]])

    assert taken(stream) == [0.01, 0.4]


def test_after_a_cancel_nothing_more_is_asked(network):
    asked = []

    async def ask(_client, number):
        asked.append(number)

    network.cancel()

    with pytest.raises(asyncio.CancelledError):
        network.stream(ask).add([[1], [2]])
    assert asked == []


@pytest.mark.parametrize(("timeout_s", "idle_s"), [(1.0, 10.0), (30.0, 10.0), (90.0, 30.0)])
def test_who_grants_a_server_more_time_lets_it_be_silent_for_longer(timeout_s, idle_s):
    assert rules_of(Settings(timeout_s=timeout_s)).idle_s == idle_s
