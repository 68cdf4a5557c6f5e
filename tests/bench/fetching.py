"""Fetching alone: idle passes, politeness at speed, memory.

    python -m tests.bench.fetching [unchanged] [pages] [memory]

`unchanged`: one pass of `onrecord ingest` over 1,000 feeds that have not changed, each on a host
of its own: wall and CPU seconds. `pages`: 300 pages over 10 hosts that answer after 300 ms, two
in flight each, against the ideal time. `memory`: the most memory of a process that polls 1,000
feeds and fetches 3,000 pages and bombs of 1 GB, in all three codings, into the archive.
"""

import argparse
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from extractors.records import Feed
from flows.archive import ArchiveWriter
from flows.jobs import Fetched
from flows.network import Network, Stream
from flows.pages import Wanted, fetch_page, lanes_of
from flows.polling import Question, ask
from flows.settings import Settings
from flows.subscriptions import Subscription
from tests.bench.hosts import LATENCY_S

_FEEDS, _HOSTS, _PAGES, _MANY_PAGES, _BOMBS = 1_000, 10, 300, 3_000, 9
_IN_FLIGHT = 2


@contextmanager
def _served() -> Iterator[int]:
    """Yield the port of the hosts."""
    server = subprocess.Popen(
        [sys.executable, "-m", "tests.bench.hosts"], stdout=subprocess.PIPE, text=True
    )
    try:
        assert server.stdout
        yield int(server.stdout.readline())
    finally:
        server.kill()
        server.wait()


def _host(number: int, port: int) -> str:
    return f"127.1.{number // 250}.{number % 250 + 1}:{port}"


def _settings(port: int, count: int) -> Settings:
    return Settings(pause_s=0.0, allow_hosts=tuple(_host(each, port) for each in range(count)))


def _cpu_s(who: int) -> float:
    used = resource.getrusage(who)
    return used.ru_utime + used.ru_stime


def _measure_unchanged() -> None:
    with tempfile.TemporaryDirectory() as folder, _served() as port:
        home = Path(folder)
        feeds = (f'[[feeds]]\nurl = "http://{_host(n, port)}/feed.xml"\n' for n in range(_FEEDS))
        (home / "onrecord.toml").write_text("pause_s = 0\n" + "".join(feeds), encoding="utf-8")
        hosts = ",".join(_host(number, port) for number in range(_FEEDS))
        variables = {**os.environ, "ONRECORD_ALLOW_HOSTS": hosts}
        command = [sys.executable, "-m", "flows", "ingest", "--home", folder, "--limit", "0"]
        subprocess.run(command, env=variables, check=True, capture_output=True)
        for number in (1, 2, 3):
            before_s, begun = _cpu_s(resource.RUSAGE_CHILDREN), time.monotonic()
            subprocess.run([*command, "--force"], env=variables, check=True, capture_output=True)
            took_s = time.monotonic() - begun
            cpu_s = _cpu_s(resource.RUSAGE_CHILDREN) - before_s
            print(f"unchanged, pass {number}: {_FEEDS} feeds, {took_s:.1f} s, {cpu_s:.1f} CPU s")


def _measure_pages() -> None:
    with tempfile.TemporaryDirectory() as folder, _served() as port:
        urls = [f"http://{_host(n % _HOSTS, port)}/page/{n}" for n in range(_PAGES)]
        with _opened(Path(folder), _settings(port, _HOSTS)) as (network, archive):
            took_s = _fetch(network, archive, urls)
    ideal_s = _PAGES / _HOSTS / _IN_FLIGHT * LATENCY_S
    print(
        f"pages: {_PAGES} over {_HOSTS} hosts, {took_s:.2f} s, {took_s / ideal_s:.2f} x the ideal"
    )


def _measure_memory() -> None:
    at_start = _most_mb()
    with tempfile.TemporaryDirectory() as folder, _served() as port:
        hosts = [_host(number, port) for number in range(_FEEDS)]
        bombs = [f"http://{hosts[n]}/bomb.{('gz', 'br', 'zst')[n % 3]}" for n in range(_BOMBS)]
        pages = [f"http://{hosts[n % _FEEDS]}/page/{n}" for n in range(_MANY_PAGES)]
        urls = [f"http://{host}/feed.xml" for host in hosts]
        questions = [
            Question(feed=Feed(feed_id=url, url=url), subscription=Subscription(url=url))
            for url in urls
        ]
        with _opened(Path(folder), _settings(port, _FEEDS)) as (network, archive):
            network.gather(lambda client, each: ask(client, each, archive), questions)
            _fetch(network, archive, bombs + pages)
    print(f"memory: {at_start:.0f} MB at the start, {_most_mb():.0f} MB at the most")


@contextmanager
def _opened(folder: Path, settings: Settings) -> Iterator[tuple[Network, ArchiveWriter]]:
    with (
        Network(settings, folder / "locks") as network,
        ArchiveWriter(folder / "archive", "bench") as archive,
    ):
        yield network, archive


def _fetch(network: Network, archive: ArchiveWriter, urls: list[str]) -> float:
    """Fetch pages as a pass does, and return the seconds it took."""
    begun = time.monotonic()
    pages: Stream[Wanted, Fetched] = network.stream(
        lambda client, each: fetch_page(client, each, archive)
    )
    pages.add(lanes_of([Wanted(url=url, target=url) for url in urls], per_host=_IN_FLIGHT))
    while not pages.is_over:
        pages.take(16, linger_s=2.0)
        archive.sync()
    return time.monotonic() - begun


def _most_mb() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


_MEASURES = {
    "memory": _measure_memory,
    "pages": _measure_pages,
    "unchanged": _measure_unchanged,
}


def main() -> None:
    """Measure what is asked for, or everything."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("what", nargs="*", help=", ".join(_MEASURES))
    for name in parser.parse_args().what or _MEASURES:
        _MEASURES[name]()


if __name__ == "__main__":
    main()
