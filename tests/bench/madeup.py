"""Made-up harvests for benches, and how what they cost is told.

An article has 600 words, 10 quotations, 50 mentions and 15 entities.
"""

import random
import string
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path

from extractors.records import Fetch, Reading
from tests.builders import (
    NOON,
    a_document,
    a_fetch,
    a_harvest,
    a_mention,
    a_poll,
    a_quote,
    a_reading,
    an_article,
    an_entity,
    an_entry,
)
from warehouse.staging import stage


def random_words(rng: random.Random) -> list[str]:
    """Return the words that texts are drawn from."""
    letters = string.ascii_lowercase
    return ["".join(rng.choices(letters, k=rng.randint(2, 9))) for _ in range(5000)]


def an_article_seen(
    number: int, words: list[str], rng: random.Random, *, at: datetime | None = None, times: int = 1
) -> tuple[Fetch, Reading]:
    """Return a page with everything an average article has, its words drawn at random.

    Args:
        number: of the page.
        at: when it was read; by its number if None.
        times: how often it was read by now; each time by a fetch of its own.
    """
    text = " ".join(rng.choices(words, k=600))
    outlet = f"outlet{number % 50}.example"
    url = f"https://{outlet}/{number}"
    speakers = [rng.randrange(1000) for _ in range(10)]
    document = a_document(
        article=an_article(article_id=f"{number:016x}", url=url, outlet=outlet, text=text),
        quotes=tuple(
            a_quote(
                start=place * 100,
                text=text[place * 100 : place * 100 + 80],
                utterance=place,
                cue="said",
                speaker=f"speaker {speaker}",
                speaker_id=f"entity-{speaker}",
            )
            for place, speaker in enumerate(speakers)
        ),
        mentions=tuple(
            a_mention(
                start=place * 60, text=text[place * 60 : place * 60 + 9], entity=f"entity-{place}"
            )
            for place in range(50)
        ),
        entities=tuple(
            an_entity(entity=f"entity-{rng.randrange(1000)}", name=f"name {place}")
            for place in range(15)
        ),
    )
    seen_at = at or (NOON + timedelta(seconds=number))
    fetch_id = f"{number:014x}{times:02x}"
    return (
        a_fetch(fetch_id=fetch_id, url=url, started_at=seen_at),
        a_reading(fetch_id=fetch_id, seen_at=seen_at, document=document),
    )


def stage_articles(home: Path, numbers: range, *, batch: int) -> None:
    """Stage articles, `batch` in a file."""
    rng = random.Random(numbers.start)  # noqa: S311 (not for secrets)
    words = random_words(rng)
    for start in numbers[::batch]:
        seen = [
            an_article_seen(number, words, rng)
            for number in range(start, min(start + batch, numbers.stop))
        ]
        harvest = a_harvest(
            batch_id=f"batch-{start}",
            made_at=NOON + timedelta(seconds=start),
            fetches=tuple(fetch for fetch, _ in seen),
            readings=tuple(reading for _, reading in seen),
        )
        stage(harvest, home / "staging")


def stage_news(home: Path, numbers: range, *, at: datetime, feeds: int = 20) -> None:
    """Stage one batch: new articles, the entries that led to them, and the polls of their feeds."""
    rng = random.Random(numbers.start)  # noqa: S311 (not for secrets)
    words = random_words(rng)
    seen = [an_article_seen(number, words, rng, at=at) for number in numbers]
    harvest = a_harvest(
        batch_id=f"news-{numbers.start}",
        made_at=at,
        polls=tuple(
            a_poll(poll_id=f"poll-{numbers.start}-{feed}", feed_id=f"feed-{feed}", started_at=at)
            for feed in range(feeds)
        ),
        entries=tuple(
            an_entry(
                entry_id=fetch.fetch_id,
                feed_id=f"feed-{place % feeds}",
                url=fetch.url,
                title=f"Headline {fetch.fetch_id}",
                seen_at=at,
            )
            for place, (fetch, _) in enumerate(seen)
        ),
        fetches=tuple(fetch for fetch, _ in seen),
        readings=tuple(reading for _, reading in seen),
    )
    stage(harvest, home / "staging")


@contextmanager
def told(what: str, *, articles: int = 0) -> Iterator[None]:
    """Print how long the block took, and how many articles a second that is."""
    clock, processor = time.perf_counter(), time.process_time()
    yield
    clock, processor = time.perf_counter() - clock, time.process_time() - processor
    rate = f"{articles / clock:>8.0f} articles/s" if articles else ""
    print(f"{what:<60} {clock:7.3f} s {processor:7.3f} s of processor {rate}")
