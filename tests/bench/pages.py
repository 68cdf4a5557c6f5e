"""Figures of main text and metadata on saved news pages.

    python -m tests.bench.pages --bench FOLDER [--peer]

FOLDER/pages holds `gold.jsonl`, `pages/` and `score.py`; the predictions are left in a file.
"""

import argparse
import gzip
import json
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import trafilatura

from extractors.errors import PageError
from extractors.maintext import article_from
from extractors.records import Article, Moment, Page


def main() -> None:
    """Print the shared scorer's figures and the CPU time a page."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--bench", type=Path, required=True, help="folder of the benchmark")
    parser.add_argument("--out", type=Path, default=Path("/tmp/pages_pred.jsonl"))  # noqa: S108
    parser.add_argument("--peer", action="store_true", help="time trafilatura's default too")
    args = parser.parse_args()
    bench = args.bench / "pages"
    pages = list(gold_pages(bench))
    seconds: list[float] = []
    peer_s: list[float] = []
    for gold, page in pages:  # both in turn, so that what else the machine does weighs on both
        seconds.append(_predict(page, gold, args.out, first=not seconds))
        if args.peer:
            peer_s.append(_cpu_s(page))
    command = [sys.executable, bench / "score.py", bench / "gold.jsonl", args.out]
    subprocess.run([*command, "--pages", args.out.with_suffix(".scores.jsonl")], check=True)
    print(f"median CPU ms  {1000 * statistics.median(seconds):.1f}")
    if args.peer:
        print(f"trafilatura ms {1000 * statistics.median(peer_s):.1f}")
        print(f"ratio          {statistics.median(seconds) / statistics.median(peer_s):.2f}")


def gold_pages(bench: Path) -> Iterator[tuple[dict[str, str], Page]]:
    """Yield each gold page and what stands in its file, as if it had just been fetched."""
    for line in (bench / "gold.jsonl").read_text("utf-8").splitlines():
        gold = json.loads(line)
        page = Page(
            fetch_id=gold["id"],
            url=gold["url"],
            final_url=gold["url"],
            fetched_at=datetime.fromisoformat(gold["crawled"]).replace(tzinfo=UTC),
            http_status=200,
            headers=(("Content-Type", "text/html; charset=utf-8"),),
            body=gzip.decompress((bench / "pages" / f"{gold['id']}.html.gz").read_bytes()),
        )
        yield gold, page


def _predict(page: Page, gold: dict[str, str], out: Path, *, first: bool) -> float:
    """Append the prediction for a page to `out`; return the CPU seconds it took."""
    begun = time.process_time()
    try:
        row = {"id": gold["id"], **row_of(article_from(page))}
    except PageError as error:
        print(error)
        row = {"id": gold["id"]}
    seconds = time.process_time() - begun
    with out.open("w" if first else "a", encoding="utf-8") as file:
        file.write(json.dumps(row, ensure_ascii=False) + "\n")
    return seconds


def row_of(article: Article) -> dict[str, object]:
    """Return what the scorer asks for, but for the id."""
    return {
        "title": article.title,
        "authors": article.authors,
        "published": _written(article.published),
        "text": article.text,
        "lang": article.lang,
    }


def _written(moment: Moment | None) -> str | None:
    if moment is None:
        return None
    return (moment.at.date() if moment.precision == "day" else moment.at).isoformat()


def _cpu_s(page: Page) -> float:
    begun = time.process_time()
    trafilatura.bare_extraction(page.body, url=page.url)
    return time.process_time() - begun


if __name__ == "__main__":
    main()
