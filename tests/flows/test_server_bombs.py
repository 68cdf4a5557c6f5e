"""Servers that send more than anybody can hold."""

import gzip
import itertools
import subprocess
import sys
import zlib

import brotli
import pytest
from backports import zstd

from tests.fakes import Reply, ScriptedSite
from tests.press import (
    RAIN,
    a_feed_of,
    a_page,
    column,
    failures_at,
    poll_of,
    set_up,
)

MIB = 1024 * 1024
ZEROS = bytes(MIB)
#: A gigabyte of zeros: members and frames may follow each other.
GZIP_BOMB = gzip.compress(ZEROS) * 1024
ZSTD_BOMB = zstd.compress(ZEROS) * 1024
LAUGHS = "".join(f'<!ENTITY l{number} "{f"&l{number - 1};" * 10}">' for number in range(1, 10))
LAUGHING = (
    f'<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY l0 "ha">{LAUGHS}]>'
    '<rss version="2.0"><channel><title>&l9;</title><item><guid>1</guid><title>&l9;</title>'
    "</item></channel></rss>"
)
SWOLLEN = (
    f'<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a "{"a" * 100_000}">]>'
    f'<rss version="2.0"><channel><item><guid>1</guid><title>{"&a;" * 100_000}</title></item>'
    "</channel></rss>"
)


def packed(coding, body):
    return Reply(body=body, headers={"Content-Encoding": coding})


def endless(**changes):
    return Reply(pieces=lambda: itertools.repeat(ZEROS), **changes)


BOMBS = {
    "gzip": packed("gzip", GZIP_BOMB),
    "gzip under its old name": packed("x-gzip", GZIP_BOMB),
    "deflate": packed("deflate", zlib.compress(ZEROS * 100, 1)),
    "br": packed("br", brotli.compress(ZEROS * 100, quality=1)),
    "zstd": packed("zstd", ZSTD_BOMB),
    "gzip in gzip": packed("gzip, gzip", gzip.compress(GZIP_BOMB)),
    "zstd in br": packed("zstd, br", brotli.compress(ZSTD_BOMB, quality=1)),
    "chunked gzip": Reply(
        pieces=lambda: [GZIP_BOMB], headers={"Content-Encoding": "gzip"}, is_chunked=True
    ),
    "a length of a terabyte": Reply(body=b"<rss>", headers={"Content-Length": str(10**12)}),
    "chunked without end": endless(is_chunked=True),
    "without length or end": endless(),
    "of its true length": Reply(body=b" " * (16 * MIB)),
}
#: Headers without end, and documents that unfold when they are parsed.
OTHERS = {
    "a header of 20 MiB": Reply(raw=b"HTTP/1.1 200 OK\r\nX-Long: " + b"a" * 20 * MIB),
    "a million headers": Reply(raw=b"HTTP/1.1 200 OK\r\n" + b"X-One: a\r\n" * 1_000_000),
    "a status line of 20 MiB": Reply(raw=b"HTTP/1.1 200 " + b"a" * 20 * MIB),
}
UNFOLDING = {
    "entities within entities": Reply(body=LAUGHING.encode()),
    "one entity many times": Reply(body=SWOLLEN.encode()),
    "tags within tags": Reply(body=b"<rss><channel>" + b"<item>" * 50_000),
    "lists within lists": Reply(body=b'{"items": ' + b"[" * 100_000),
    "a file of a gigabyte, packed": Reply(
        body=GZIP_BOMB, headers={"Content-Type": "application/gzip"}
    ),
    "a packed file in a packed file": Reply(body=gzip.compress(GZIP_BOMB)),
}
ALL = BOMBS | OTHERS | UNFOLDING


def at(site, kind, name):
    return site.url(f"/{kind}/{list(ALL).index(name)}")


#: A process counts what its parent held when it began as its own, so it is asked itself.
MEASURED = """
import re, resource, sys
from pathlib import Path
from flows.cli import main

main(sys.argv[1:])
unit = 1 if sys.platform == "darwin" else 1024
status = Path("/proc/self/status")
if status.exists():
    ours = int(re.search(r"VmHWM:\\s+(\\d+) kB", status.read_text())[1]) * 1024
else:
    ours = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit
workers = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * unit
print(max(ours, workers), file=sys.stderr)
"""


def most_held_mib(*command):
    """Run a command of ours, and return the most memory that it or one of its workers held."""
    ended = subprocess.run(
        [sys.executable, "-c", MEASURED, *command], capture_output=True, text=True, check=True
    )
    return int(ended.stderr.split()[-1]) // MIB


@pytest.fixture(scope="module")
def site():
    with ScriptedSite() as site:
        for number, reply in enumerate(ALL.values()):
            site.routes |= {f"/feed/{number}": reply, f"/page/{number}": reply}
        site.routes["/rain"] = a_page("Rain closes the harbour", RAIN)
        pages = [at(site, "page", name) for name in BOMBS | OTHERS]
        site.routes["/news"] = a_feed_of([*pages, site.url("/rain")])
        yield site


@pytest.fixture(scope="module")
def bombed(tmp_path_factory, site, model):
    """A home after a pass over feeds and pages that are all bombs but one; the memory it took."""
    feeds = [*(at(site, "feed", name) for name in ALL), site.url("/news")]
    home = set_up(
        tmp_path_factory.mktemp("bombs"), *feeds, site=site, model=model, document_timeout_s=20.0
    )
    return home, most_held_mib("ingest", "--home", str(home))


@pytest.fixture
def home(bombed):
    return bombed[0]


@pytest.mark.parametrize("kind", ["feed", "page"])
@pytest.mark.parametrize("name", BOMBS)
def test_a_body_past_all_bounds_is_left_as_too_large(home, site, kind, name):
    (failure,) = failures_at(home, at(site, kind, name))

    assert (failure["stage"], failure["reason"]) == (kind, "too_large")
    assert any(character.isdigit() for character in failure["detail"])


@pytest.mark.parametrize("kind", ["feed", "page"])
@pytest.mark.parametrize("name", OTHERS)
def test_a_head_past_all_bounds_is_a_failure(home, site, kind, name):
    (failure,) = failures_at(home, at(site, kind, name))

    assert failure["reason"] in ("too_large", "malformed", "reset")


@pytest.mark.parametrize("name", UNFOLDING)
def test_a_feed_that_unfolds_costs_no_worker(home, site, name):
    assert poll_of(home, at(site, "feed", name))["status"] in ("new", "failed")
    assert [
        failure["reason"]
        for failure in failures_at(home, at(site, "feed", name))
        if failure["reason"] in ("crashed", "internal")
    ] == []


@pytest.mark.parametrize("name", ["chunked without end", "without length or end"])
def test_nobody_reads_on_past_the_limit(home, site, name):
    assert home.exists()
    for kind in ("feed", "page"):
        # The limit, and what the sockets on both sides hold.
        assert site.sent[f"/{kind}/{list(ALL).index(name)}"] < 40 * MIB


def test_bombs_cost_no_memory_and_no_neighbour(bombed):
    home, most_mib = bombed

    assert most_mib < 400
    assert column(home, "select title from articles") == ["Rain closes the harbour"]
    assert column(home, "select outcome from runs") == ["partial"]
