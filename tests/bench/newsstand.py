"""A press on loopback and a home that reads it, for what is measured about runs."""

import random
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from tests.bench.madeup import random_words
from tests.fakes import ScriptedSite
from tests.press import RAIN, a_feed_of, a_page, conditional, save_light_model, set_up


@contextmanager
def newsstand(folder: Path, *, stories: int, delay_s: float = 0) -> Iterator[Path]:
    """Serve a feed of so many stories within the block; yield a home that is subscribed to it."""
    model = save_light_model(folder / "light")
    with ScriptedSite() as site:
        rng = random.Random(stories)  # noqa: S311 (not for secrets)
        words = random_words(rng)  # no story is another's copy
        paths = [f"/story-{number}" for number in range(stories)]
        site.routes["/feed"] = conditional(a_feed_of([site.url(path) for path in paths]))
        for number, path in enumerate(paths):
            page = a_page(f"Story {number}", [*RAIN, " ".join(rng.choices(words, k=80)) + "."])
            site.routes[path] = replace(page, delay_s=delay_s)
        yield set_up(
            folder / "home",
            site.url("/feed"),
            site=site,
            model=model,
            max_in_flight_per_host=8,
        )


def plain_home(home: Path, name: str = "plain") -> Path:
    """Return a new home beside `home` with its settings."""
    folder = home.parent / name
    folder.mkdir()
    shutil.copy(home / "onrecord.toml", folder)
    return folder
