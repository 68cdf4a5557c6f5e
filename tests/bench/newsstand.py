"""A press on loopback and a home that reads it, for what is measured about runs."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.fakes import ScriptedSite
from tests.press import BUDGET, RAIN, a_feed_of, a_page, conditional, save_light_model, set_up


@contextmanager
def newsstand(folder: Path, *, stories: int) -> Iterator[Path]:
    """Serve a feed of so many stories within the block; yield a home that is subscribed to it."""
    model = save_light_model(folder / "light")
    with ScriptedSite() as site:
        paths = [f"/story-{number}" for number in range(stories)]
        site.routes["/feed"] = conditional(a_feed_of([site.url(path) for path in paths]))
        for number, path in enumerate(paths):
            site.routes[path] = a_page(f"Story {number}", RAIN if number % 2 else BUDGET)
        yield set_up(
            folder / "home",
            site.url("/feed"),
            site=site,
            model=model,
            max_in_flight_per_host=16,
        )
