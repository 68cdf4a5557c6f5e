"""Assistants share the batches of a pass: processes that freeze, die, or are not what they say."""

import shutil
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import spacy

from extractors.errors import SettingsError
from extractors.versions import judge_change
from flows.assistants import Assistance
from flows.home import Home
from flows.hosting import Host
from flows.rebuilding import rebuild
from flows.reextraction import Manner, Rereading, reextract
from flows.settings import load_settings
from flows.steps import Order, run_pass
from tests.assisting import Helper, helping, helping_here, rain_on
from tests.fakes import ScriptedSite
from tests.press import set_up
from tests.served import rows_in
from warehouse.door import Warehouse

SILENCE_S = 2.0


@pytest.fixture(scope="module")
def site():
    with ScriptedSite() as site:
        rain_on(site, days=40)  # three batches, one for each place
        yield site


@pytest.fixture(scope="module")
def read_alone(tmp_path_factory, site, model) -> Path:
    """A home after a pass without assistants; copy it, and leave it as it is."""
    folder = a_home(tmp_path_factory.mktemp("alone"), site, model)
    run_pass(Home(folder), load_settings(folder, {}), Order())
    return folder


@pytest.fixture(scope="module")
def alone(read_alone):
    """The rows of a pass without assistants."""
    return rows_in(Home(read_alone))


@pytest.fixture
def folder(tmp_path, site, model) -> Path:
    return a_home(tmp_path, site, model)


def a_home(folder: Path, site: ScriptedSite, model: Path) -> Path:
    return set_up(folder / "home", site.url("/feed"), site=site, model=model)


def pass_with(
    helpers: list[Helper], folder: Path, have_joined: Callable[[int], None], *, frozen: int = 0
) -> None:
    """Do a pass with these assistants, of which the first few are frozen before they get a job."""

    @contextmanager
    def summoned(_home: Home, number: int) -> Iterator[None]:
        have_joined(number)
        for helper in helpers[:frozen]:
            helper.send(signal.SIGSTOP)
        yield

    host = Host(assistance=Assistance(summoned=summoned, silence_s=SILENCE_S))
    order = Order(assistants=len(helpers))
    report = run_pass(Home(folder), load_settings(folder, {}), order, host)
    assert report.run
    assert report.run.outcome == "done"


def test_a_pass_with_two_assistants_leaves_the_rows_of_one_alone(folder, alone, have_joined):
    with helping(folder, 2) as helpers:
        pass_with(helpers, folder, have_joined)
        done = [helper.outcome() for helper in helpers]

    assert [each.jobs > 0 for each in done] == [True, True]
    assert rows_in(Home(folder)) == alone
    assert not Home(folder).invitation.exists()


def test_a_pass_whose_assistant_freezes_leaves_the_rows_of_one_alone(
    folder, alone, have_joined, caplog
):
    with helping(folder, 1) as helpers:
        pass_with(helpers, folder, have_joined, frozen=1)
        helpers[0].send(signal.SIGCONT)
        helpers[0].outcome()
    warehouse = Warehouse(folder, judge=judge_change)
    warehouse.load_staged()

    assert "not a word for 2 s" in caplog.text
    assert rows_in(Home(folder)) == alone
    assert list(Home(folder).staging.glob("*.zst")) == []


def test_a_re_extraction_shares_its_batches_too(read_alone, alone, tmp_path, model, have_joined):
    folder = Path(shutil.copytree(read_alone, tmp_path / "home"))
    nlp = spacy.load(model)
    nlp.meta["version"] = "2.0"
    nlp.to_disk(tmp_path / "better")
    toml = folder / "onrecord.toml"
    toml.write_text(toml.read_text().replace(str(model), str(tmp_path / "better")))

    @contextmanager
    def summoned(_home: Home, number: int) -> Iterator[None]:
        have_joined(number)
        yield

    manner = Manner(host=Host(assistance=Assistance(summoned=summoned)), assistants=1)
    with helping_here(folder) as helper:
        report = reextract(Home(folder), load_settings(folder, {}), Rereading(), manner)
        done = helper.result(60)

    assert report.run
    assert (report.run.outcome, report.run.note) == ("done", None)  # no page was left as it was
    assert done.run_id == report.run.run_id
    assert done.jobs > 0
    assert rows_in(Home(folder)) == alone


def test_a_rebuild_takes_no_assistants(folder):
    with pytest.raises(SettingsError, match="a rebuild takes no assistants"):
        rebuild(Home(folder), load_settings(folder, {}), Manner(assistants=1))


def test_a_run_without_a_server_cannot_have_assistants(folder):
    with pytest.raises(SettingsError, match="only a run of a Prefect server"):
        run_pass(Home(folder), load_settings(folder, {}), Order(assistants=1))
