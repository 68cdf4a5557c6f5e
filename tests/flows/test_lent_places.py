"""Places that assistants lend: whose process freezes, dies, or is not what it says."""

import signal
import socket
import stat
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager, nullcontext
from pathlib import Path
from typing import Any

import pytest

from extractors.errors import SettingsError
from extractors.versions import judge_change
from flows.assistants import Assistance, Assisted, Wish, opened_crew
from flows.assisting import Assisting, VersionError, assist
from flows.desk import version_of
from flows.home import Home
from flows.invitation import Invitation, invitation_at, invite
from flows.reception import LOST, joined
from flows.settings import load_settings
from flows.workers import CrewClosedError, WorkerDied
from tests.assisting import helping, helping_here
from tests.builders import a_fetch, a_harvest, a_reading
from tests.jobs import Deeds, LateTwin, Unlucky, WhoDoesIt
from tests.press import set_up
from tests.served import wait_until
from warehouse.door import Warehouse

SILENCE_S = 2.0


@pytest.fixture
def folder(tmp_path, site, model) -> Path:
    return set_up(tmp_path / "home", site=site, model=model)


@contextmanager
def a_crew(folder: Path, silence_s: float = 60.0) -> Iterator[Assisted]:
    """Have a crew of one that may get assistants, as a pass has it."""
    settings = load_settings(folder, {})
    assistance = Assistance(summoned=lambda *_: nullcontext(), silence_s=silence_s)
    wish = Wish(assistants=1, run_id="run-1", version=version_of(settings))
    with opened_crew(Home(folder), settings, wish, assistance) as crew:
        assert isinstance(crew, Assisted)
        yield crew


@pytest.fixture
def helped(folder, have_joined):
    """A crew of one with an assistant, who does the next job."""
    with ExitStack() as stack:
        crew = stack.enter_context(a_crew(folder))
        stack.callback(crew.close)  # before the assistant is waited for
        stack.enter_context(helping_here(folder))
        have_joined(1)
        crew.own_worker = crew.perform(WhoDoesIt())
        stack.callback(crew.close)
        yield crew


def test_a_batch_that_a_lost_assistant_stages_late_is_loaded_as_nothing_new(
    folder, tmp_path, have_joined
):
    batch = a_harvest(fetches=(a_fetch(),), readings=(a_reading(),))
    warehouse = Warehouse(folder, judge=judge_change)
    mark, gate, staging = tmp_path / "mark", tmp_path / "gate", Home(folder).staging
    with helping(folder, 1) as [helper], a_crew(folder, SILENCE_S) as crew:
        have_joined(1)
        crew.perform(WhoDoesIt())
        with ThreadPoolExecutor(1) as pool:
            work = pool.submit(crew.perform, LateTwin(batch, staging, mark, gate))
            wait_until(mark.exists)
            helper.send(signal.SIGSTOP)
            work.result(60)
        first = warehouse.load_staged()

        gate.touch()
        wait_until(lambda: list(staging.glob("*.zst")), within_s=60)
        second = warehouse.load_staged()

    assert (first.batches, first.articles_new) == (1, 1)
    assert (second.batches, second.replayed) == (0, 1)
    assert list(staging.glob("*.zst")) == []


def test_the_job_of_an_assistant_that_is_killed_is_done_by_another(folder, tmp_path, have_joined):
    mark = tmp_path / "mark"
    with helping(folder, 1) as [helper], a_crew(folder) as crew:
        have_joined(1)
        own = crew.perform(WhoDoesIt())
        with ThreadPoolExecutor(1) as pool:
            work = pool.submit(crew.perform, Unlucky("hang", mark))
            wait_until(mark.exists)
            helper.send(signal.SIGKILL)

            assert work.result(60) == own
        assert crew.size == 1


def test_an_assistant_does_jobs_in_a_process_that_serves_again(helped):
    its_worker = helped.perform(WhoDoesIt())

    ours, its = helped.perform(WhoDoesIt()), helped.perform(WhoDoesIt())

    assert helped.size == 2
    assert (ours, its) == (helped.own_worker, its_worker)
    assert ours != its


def test_a_job_may_take_an_assistant_longer_than_it_may_be_silent(folder, have_joined):
    with helping_here(folder) as helper:
        with a_crew(folder, silence_s=4.0) as crew:
            have_joined(1)
            crew.perform(WhoDoesIt())
            crew.perform(Deeds(("linger",) * 13))  # 5.2 s
            size = crew.size
        done = helper.result(60)

    assert (size, done.jobs) == (2, 1)


def test_an_item_that_kills_a_worker_of_an_assistant_is_told_and_its_place_stays(helped):
    with pytest.raises(WorkerDied) as caught:
        helped.perform(Deeds(("work", "crash")))

    assert (caught.value.index, "exit code -11" in caught.value.why) == (1, True)
    assert helped.size == 2
    assert len({helped.perform(WhoDoesIt()) for _ in range(2)}) == 2


@pytest.mark.parametrize(("deed", "kind"), [("raise", ValueError), ("raise ours", SettingsError)])
def test_what_a_job_raises_at_an_assistant_is_raised_where_it_was_given(helped, deed, kind):
    with pytest.raises(kind):
        helped.perform(Deeds((deed,)))

    assert helped.size == 2


def test_an_assistant_whose_workers_cannot_start_is_done_without(helped, tmp_path):
    done_by = helped.perform(Unlucky("exit", tmp_path / "mark", is_begun=False))

    assert done_by == helped.own_worker
    assert helped.size == 1


def test_closing_frees_those_whose_job_an_assistant_does_and_those_who_wait(helped):
    with ThreadPoolExecutor(3) as pool:
        waiting = [pool.submit(helped.perform, Deeds(("hang",))) for _ in range(3)]
        wait_until(helped._free.empty)

        helped.close()
        errors = [each.exception(timeout=60) for each in waiting]

    assert [type(error) for error in errors] == [CrewClosedError] * 3


def test_strangers_neither_stop_nor_hang_who_lets_assistants_in(folder):
    with a_crew(folder) as crew, ExitStack() as strangers:
        at = (crew.reception.host, crew.reception.port)
        silent = [b""] * 5
        for words in (*silent, b"GET / HTTP/1.1\r\n\r\n", b"\0\0\0\x04nope", b"\xff" * 100_000):
            stranger = strangers.enter_context(socket.create_connection(at))
            stranger.sendall(words)
        with pytest.raises(LOST):
            joined(*at, key="00" * 32)

        joined(*at, key=crew.reception.key).close()


def test_a_key_that_is_wrong_lets_nobody_in(folder):
    with a_crew(folder) as crew:
        given = {"host": crew.reception.host, "port": crew.reception.port, "key": "00" * 32}
        invite(Home(folder).invitation, an_invitation(folder, **given))

        assert assist_at_once(folder) == Assisting()
        assert crew.size == 1


def test_an_assistant_with_other_extractors_refuses(folder):
    with a_crew(folder) as crew:
        given = {"host": crew.reception.host, "port": crew.reception.port}
        key = crew.reception.key
        other = an_invitation(folder, **given, key=key, extractor_version="others 1")
        invite(Home(folder).invitation, other)

        with pytest.raises(VersionError, match="others 1"):
            assist_at_once(folder)


def test_the_invitation_of_a_killed_pass_leads_nowhere(folder):
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    invite(Home(folder).invitation, an_invitation(folder, port=port))

    assert assist_at_once(folder) == Assisting()


def test_where_no_pass_takes_assistants_there_is_nothing_to_do(folder):
    assert assist_at_once(folder) == Assisting()


def test_only_its_owner_can_read_an_invitation_that_goes_with_the_pass(folder):
    with a_crew(folder) as crew:
        path = Home(folder).invitation
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
        assert invitation_at(path).key == crew.reception.key

    assert not path.exists()


def an_invitation(folder: Path, **given: Any) -> Invitation:
    usual = {
        "run_id": "run-1",
        "host": "127.0.0.1",
        "port": 1,
        "key": "00" * 32,
        "extractor_version": version_of(load_settings(folder, {})),
        "silence_s": 60.0,
    }
    return Invitation(**usual | given)


def assist_at_once(folder: Path) -> Assisting:
    return assist(Home(folder), load_settings(folder, {}), places=1, wait_s=0)
