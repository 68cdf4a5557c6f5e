"""Memory over thousands of pages, the libraries' caches dropped between batches.

    python -m tests.bench.page_memory [--batches N]

Reads invented pages, each with words of its own, in batches of 100; prints the resident memory of
this process (Linux) and the CPU seconds used so far after every fourth batch.
"""

import argparse
import random
import time
from pathlib import Path

from extractors.errors import PageError
from extractors.maintext import article_from, forget_caches
from tests.extractors.feed_pages import a_page
from tests.extractors.page_corpus import BODY, PAGES

BATCH = 100


def _read_page(chance: random.Random, number: int) -> None:
    story = [f"<p>{' '.join(chance.choices(BODY.split(), k=60))} {number}.</p>" for _ in range(25)]
    text = chance.choice(list(PAGES.values())).replace("</body>", f"{''.join(story)}</body>")
    try:
        article_from(a_page(text.encode(), "text/html", url=f"https://gazette.example/n/{number}"))
    except PageError:
        return


def resident_mb() -> int:
    """Return the memory that this process holds now, in MB (Linux)."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(status.partition("VmRSS:")[2].split()[0]) // 1024


def main() -> None:
    """Read the pages and print what they took."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--batches", type=int, default=20)
    chance = random.Random(5)  # noqa: S311
    for batch in range(1, parser.parse_args().batches + 1):
        for number in range(BATCH):
            _read_page(chance, batch * BATCH + number)
        forget_caches()
        if batch % 4 == 0:
            print(f"{batch * BATCH:6} pages {resident_mb():5} MB {time.process_time():6.1f} s CPU")


if __name__ == "__main__":
    main()
