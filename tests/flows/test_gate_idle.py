"""Turns at hosts where nothing has happened for a while, and what a later turn owes them."""

import asyncio
import os
import struct
import time
from datetime import UTC, datetime, timedelta

import pytest

from flows.gate import HostGate, HostHeldError

KEY = "example.org"
LONG_S = 120.0


def a_gate(folder, *, pause_s=0.0, max_in_flight=2):
    return HostGate(folder, pause_s=pause_s, max_in_flight=max_in_flight)


async def took(gate, *, for_s=LONG_S):
    async with gate.if_idle(KEY, for_s=for_s) as is_mine:
        return is_mine


async def waited_s(gate, **given):
    started = time.monotonic()
    async with gate(KEY, **given):
        return time.monotonic() - started


def test_the_first_finds_the_host_idle_and_the_second_does_not(tmp_path):
    gate = a_gate(tmp_path)

    async def one_after_another():
        return [await took(gate) for _ in range(3)]

    assert asyncio.run(one_after_another()) == [True, False, False]


def test_of_many_at_once_one_finds_it_idle(tmp_path):
    gates = [a_gate(tmp_path) for _ in range(4)]

    async def at_once():
        return await asyncio.gather(*[took(gate) for gate in gates for _ in range(5)])

    assert sum(asyncio.run(at_once())) == 1


def test_a_turn_taken_otherwise_counts_too(tmp_path):
    gate = a_gate(tmp_path)

    async def turn_and_look():
        await waited_s(gate)
        return await took(gate)

    assert not asyncio.run(turn_and_look())


def test_it_is_idle_again_after_that_time(tmp_path):
    gate = a_gate(tmp_path)

    async def again():
        return [await took(gate, for_s=0.1), await asyncio.sleep(0.11), await took(gate, for_s=0.1)]

    assert asyncio.run(again()) == [True, None, True]


def test_a_longer_pause_of_ours_is_kept(tmp_path):
    gate = a_gate(tmp_path, pause_s=LONG_S)

    async def again():
        return [await took(gate, for_s=0), await took(gate, for_s=0)]

    assert asyncio.run(again()) == [True, False]


def test_a_crawl_delay_counts_from_the_last_start_of_whoever_it_was(tmp_path):
    async def feed_and_page():
        await took(a_gate(tmp_path))
        return await waited_s(a_gate(tmp_path), crawl_delay_s=0.2)

    assert asyncio.run(feed_and_page()) >= 0.19


def test_a_crawl_delay_of_one_is_not_that_of_the_next(tmp_path):
    gate = a_gate(tmp_path)

    async def slow_and_quick():
        await waited_s(gate, crawl_delay_s=60)
        return await waited_s(gate)

    assert asyncio.run(slow_and_quick()) < 30


def test_a_host_that_is_busy_is_not_idle(tmp_path):
    gate = a_gate(tmp_path, max_in_flight=1)

    async def look_while_busy():
        async with gate(KEY):
            return await took(gate, for_s=0)

    assert not asyncio.run(look_while_busy())


def test_a_held_host_is_not_asked_even_if_idle(tmp_path):
    gate = a_gate(tmp_path)
    gate.hold_until(KEY, datetime.now(UTC) + timedelta(minutes=5))

    with pytest.raises(HostHeldError):
        asyncio.run(took(gate))


def test_a_start_of_a_clock_since_set_back_holds_nobody(tmp_path):
    (tmp_path / f"{KEY}.times").write_bytes(struct.pack("<dd", time.time() + 3600, 0))

    assert asyncio.run(waited_s(a_gate(tmp_path, pause_s=60))) < 30


def test_a_torn_times_file_holds_nobody(tmp_path):
    (tmp_path / f"{KEY}.times").write_bytes(b"\x01\x02")

    assert asyncio.run(waited_s(a_gate(tmp_path, pause_s=60))) < 30


def age(path, *, days):
    at = time.time() - days * 86400
    os.utime(path, (at, at))


def test_files_of_hosts_long_forgotten_go_when_a_gate_is_opened(tmp_path):
    asyncio.run(waited_s(a_gate(tmp_path)))
    for path in tmp_path.iterdir():
        age(path, days=9)

    a_gate(tmp_path)

    assert list(tmp_path.iterdir()) == []


def test_files_that_may_hold_a_host_stay(tmp_path):
    asyncio.run(waited_s(a_gate(tmp_path)))
    for path in tmp_path.iterdir():
        age(path, days=7)

    a_gate(tmp_path)

    assert len(list(tmp_path.iterdir())) == 2
