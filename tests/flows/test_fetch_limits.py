"""Sizes, ratios and deadlines of one request."""

import asyncio
import functools
import gzip
import time
import tracemalloc

import brotli
import pytest

from flows.decoding import zstd
from flows.exchange import Request
from flows.fetch import Client
from flows.gate import HostGate
from tests.fakes import DeafHost, Reply
from tests.fetching import SOON_S, TEXT, a_rules, fetch_all

MB = 1_000_000


@pytest.mark.parametrize(
    ("reply", "limit"),
    [
        pytest.param(Reply(body=TEXT), len(TEXT) - 1, id="announced"),
        pytest.param(Reply(body=TEXT, announces_length=False), len(TEXT) - 1, id="not announced"),
        pytest.param(
            Reply(body=gzip.compress(bytes(10**7)), headers={"Content-Encoding": "gzip"}),
            10**5,
            id="gzip bomb",
        ),
        pytest.param(
            Reply(
                body=brotli.compress(gzip.compress(bytes(10**7))),
                headers={"Content-Encoding": "gzip, br"},
            ),
            10**5,
            id="bomb in a bomb",
        ),
    ],
)
@pytest.mark.parametrize("setting", ["max_feed_bytes", "max_page_bytes"])
def test_a_body_past_the_limit_of_its_kind_is_too_large(site, fetch, reply, limit, setting):
    site.routes["/a"] = reply

    outcome = fetch("/a", kind=setting.split("_")[1], **{setting: limit})

    assert outcome.reason == "too_large"


def test_a_body_of_exactly_the_limit_is_taken(site, fetch):
    site.routes["/a"] = Reply(body=TEXT)

    assert fetch("/a", max_page_bytes=len(TEXT)).body == TEXT


@pytest.mark.parametrize(
    "pack",
    [
        pytest.param({"gzip": gzip.compress}, id="gzip"),
        pytest.param({"br": brotli.compress}, id="br"),
        pytest.param({"zstd": zstd.compress}, id="zstd"),
        pytest.param({"gzip": gzip.compress, "br": brotli.compress}, id="two"),
    ],
)
@pytest.mark.parametrize("kind", ["feed", "page"])
def test_a_bomb_below_the_limit_is_too_large_all_the_same(site, fetch, pack, kind):
    packed = functools.reduce(lambda body, packed_by: packed_by(body), pack.values(), bytes(4 * MB))
    site.routes["/a"] = Reply(body=packed, headers={"Content-Encoding": ", ".join(pack)})

    outcome = fetch("/a", kind=kind)

    assert outcome.reason == "too_large"
    assert outcome.detail == f"the body from {site.host} unpacks to over 200 times its size"


def test_dull_xml_may_pack_well(site, fetch):
    items = b"".join(b"<item><guid>%d</guid><title>Rain</title></item>" % n for n in range(40_000))
    site.routes["/a"] = Reply(body=gzip.compress(items), headers={"Content-Encoding": "gzip"})

    assert fetch("/a").body == items


def test_many_bombs_leave_little_behind(site, tmp_path):
    bomb = Reply(
        body=brotli.compress(bytes(64 * MB), quality=1), headers={"Content-Encoding": "br"}
    )
    site.routes["/a"] = bomb
    requests = [Request(url=site.url("/a"), kind="feed")] * 30
    fetch_all(*requests[:2], hosts=[site.host], folder=tmp_path)

    tracemalloc.start()
    outcomes = fetch_all(*requests, hosts=[site.host], folder=tmp_path, max_in_flight=30)
    held, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert {outcome.reason for outcome in outcomes} == {"too_large"}
    assert held < 5 * MB
    assert most < 25 * MB


def test_large_bodies_that_come_together_are_not_in_memory_together(site, tmp_path):
    halves = [b"a" * (2 * MB), b"b" * (2 * MB)]
    site.routes["/a"] = Reply(pieces=lambda: (time.sleep(0.2) or half for half in halves))

    async def take(client, number):
        response = await client.fetch(Request(url=site.url(f"/a?{number}"), kind="feed"))
        return len(response.body)

    async def take_all():
        gate = HostGate(tmp_path, pause_s=0, max_in_flight=20)
        async with Client(a_rules(site.host), gate, spool=tmp_path) as client:
            return await asyncio.gather(*(take(client, number) for number in range(20)))

    tracemalloc.start()
    sizes = asyncio.run(take_all())
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert sizes == [4 * MB] * 20
    assert most < 40 * MB
    assert [path for path in tmp_path.iterdir() if not path.name.startswith("127.")] == []


@pytest.mark.parametrize(
    "reply",
    [
        pytest.param(Reply(body=TEXT, delay_s=30), id="silent"),
        pytest.param(Reply(body=TEXT, drip_s=0.05), id="a byte now and then"),
    ],
)
def test_the_deadline_is_for_the_whole_request(site, fetch, reply):
    site.routes["/a"] = reply

    outcome = fetch("/a", kind="feed", timeout_s=SOON_S)

    assert outcome.reason == "timeout"
    assert outcome.attempt.duration_ms < 15_000
    assert f"{site.host} was not done within 0.3 s" in outcome.detail


@pytest.mark.parametrize(
    "reply",
    [
        pytest.param(Reply(body=TEXT, delay_s=30), id="before the head"),
        pytest.param(Reply(raw=b"HTTP/1.1 200 OK\r\n" * 3, drip_s=30), id="in the head"),
        pytest.param(Reply(pieces=lambda: silence_after(b"<rss>")), id="in the body"),
        pytest.param(
            Reply(pieces=lambda: silence_after(b"<rss>"), is_chunked=True), id="between chunks"
        ),
    ],
)
def test_a_server_that_falls_silent_is_left(site, fetch, reply):
    site.routes["/a"] = reply

    outcome = fetch("/a", kind="feed", idle_s=SOON_S)

    assert outcome.reason == "timeout"
    assert outcome.detail == f"{site.host} sent nothing for 0.3 s"
    assert outcome.attempt.duration_ms < 15_000


def test_a_server_that_takes_its_time_is_not_silent(site, fetch):
    site.routes["/a"] = Reply(body=b"<rss></rss>", drip_s=0.3)

    assert fetch("/a", idle_s=2, timeout_s=30).body == b"<rss></rss>"


def test_a_server_that_accepts_nobody_is_given_up_before_the_deadline(tmp_path):
    with DeafHost() as deaf:
        request = Request(url=deaf.url("/a"), kind="feed")

        (outcome,) = fetch_all(request, hosts=[deaf.host], folder=tmp_path, connect_s=SOON_S)

        assert outcome.reason == "timeout"
        assert outcome.detail == f"no connection to {deaf.host} within 0.3 s"


def silence_after(start):
    yield start
    time.sleep(30)
    yield b"</rss>"
