"""The small press on loopback, and homes that read it."""

import functools
import logging
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.fakes import ScriptedSite
from tests.fetching import fetch_one
from tests.press import (
    BUDGET,
    RAIN,
    STREIK,
    a_feed_of,
    a_page,
    conditional,
    ingest,
    save_light_model,
    set_up,
)
from tests.served import wait_until


@pytest.fixture(scope="session", autouse=True)
def _no_settings_from_outside():
    with pytest.MonkeyPatch.context() as patch:
        for name in [name for name in os.environ if name.startswith("ONRECORD_")]:
            patch.delenv(name)
        yield


@pytest.fixture(scope="session")
def model(tmp_path_factory):
    """A folder with a language model that loads fast."""
    return save_light_model(tmp_path_factory.mktemp("models") / "light")


@pytest.fixture(scope="session")
def read_home(tmp_path_factory, model) -> Path:
    """A home that has read one article; copy it, and leave it as it is."""
    with ScriptedSite() as site:
        site.routes |= {
            "/feed": a_feed_of([site.url("/rain")]),
            "/rain": a_page("Rain closes the harbour", RAIN),
        }
        home = set_up(
            tmp_path_factory.mktemp("read") / "home", site.url("/feed"), site=site, model=model
        )
        assert ingest(home).code == 0
    return home


@pytest.fixture
def site():
    """A site with nothing on it yet."""
    with ScriptedSite() as site:
        yield site


@pytest.fixture
def fetch(site, tmp_path):
    """Make one request of `site`, or elsewhere, with the real client."""
    return functools.partial(fetch_one, site=site, folder=tmp_path)


@pytest.fixture
def press():
    """A site with a feed `/feed` of three stories: `/rain`, `/budget`, `/streik`."""
    with a_press() as site:
        yield site


@pytest.fixture(scope="module")
def standing_press():
    """The same, for all tests of a module; leave it as it is."""
    with a_press() as site:
        yield site


def a_press() -> ScriptedSite:
    site = ScriptedSite()
    stories = {
        "/rain": a_page("Rain closes the harbour", RAIN),
        "/budget": a_page("Council adopts its budget", BUDGET),
        "/streik": a_page("Fahrer legen die Arbeit nieder", STREIK, lang="de"),
    }
    feed = conditional(a_feed_of([site.url(path) for path in stories]))
    site.routes |= {**stories, "/feed": feed}
    return site


@pytest.fixture
def have_joined(caplog) -> Callable[[int], None]:
    """Wait for so many assistants."""
    caplog.set_level(logging.INFO, "flows")

    def wait(number: int) -> None:
        wait_until(lambda: caplog.text.count("assistant joined") == number, within_s=60)

    return wait
