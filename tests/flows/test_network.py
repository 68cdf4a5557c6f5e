import asyncio
import errno
from concurrent.futures import CancelledError

import pytest

from flows.network import Network
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

    found = taken(network.stream(ask, [[0.4, 0.01], [0.1, 0.02]]))

    assert found == [0.1, 0.02, 0.4, 0.01]


def test_a_full_disk_in_one_lane_is_raised_as_what_it_is(network):
    async def ask(_client, number):
        if number == 2:
            raise OSError(errno.ENOSPC, "no space left on device")
        return number

    arrivals = network.stream(ask, [[1], [2], [3]])

    with pytest.raises(OSError, match="no space"):
        taken(arrivals)


def test_after_a_cancel_nothing_more_is_asked(network):
    asked = []

    async def ask(_client, number):
        asked.append(number)

    network.cancel()

    with pytest.raises(CancelledError):
        network.gather(ask, [1, 2])
    assert asked == []
