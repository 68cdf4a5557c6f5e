import fcntl
import subprocess
import sys
from datetime import timedelta

import duckdb
import pytest

from extractors.errors import WarehouseBusyError, WarehouseError
from tests.builders import NOON, a_feed, a_fetch, a_harvest, a_poll
from warehouse.door import Warehouse
from warehouse.migrate import migrate
from warehouse.reader import Reader
from warehouse.scripts import scripts_in
from warehouse.staging import stage

HOUR = timedelta(hours=1)


def due(warehouse, now=NOON, *, only=None, force=False):
    return [feed.feed_id for feed in warehouse.feeds_due(now, only=only, force=force)]


def test_the_list_of_feeds_adds_removes_and_pauses_but_keeps_what_polling_knows(load, warehouse):
    warehouse.sync_feeds([a_feed(), a_feed(feed_id="other")], now=NOON)
    polled = a_feed(url="https://moved.example/feed", etag='"1"', last_polled_at=NOON)
    load(a_harvest(feeds=(polled,)))

    warehouse.sync_feeds([a_feed(), a_feed(feed_id="new", state="paused")], now=NOON)

    [feed] = warehouse.feeds_due(NOON, only=None, force=False)
    assert (feed.feed_id, feed.url, feed.etag) == ("feed-1", "https://moved.example/feed", '"1"')
    assert feed.added_at == NOON


def test_a_gone_feed_stays_gone_until_it_is_paused_and_resumed(load, warehouse):
    load(a_harvest(feeds=(a_feed(state="gone", last_polled_at=NOON),)))
    warehouse.sync_feeds([a_feed()], now=NOON)
    still_gone = due(warehouse)

    warehouse.sync_feeds([a_feed(state="paused")], now=NOON)
    warehouse.sync_feeds([a_feed()], now=NOON)

    assert (still_gone, due(warehouse)) == ([], ["feed-1"])


@pytest.mark.parametrize(
    ("fields", "asked", "is_due"),
    [
        ({}, {}, True),
        ({"next_poll_at": NOON + HOUR}, {}, False),
        ({"next_poll_at": NOON + HOUR}, {"force": True}, True),
        ({"not_before": NOON + HOUR}, {"force": True}, False),
        ({}, {"only": ["feed-1"]}, True),
        ({}, {"only": ["feed-2"]}, False),
    ],
    ids=["never polled", "later", "forced", "Retry-After", "asked for", "another asked for"],
)
def test_which_feeds_are_due(load, warehouse, fields, asked, is_due):
    load(a_harvest(feeds=(a_feed(last_polled_at=NOON, **fields),)))

    assert due(warehouse, **asked) == (["feed-1"] if is_due else [])


def test_a_late_batch_does_not_turn_the_state_of_a_feed_back(load, warehouse):
    load(a_harvest(feeds=(a_feed(etag="new", last_polled_at=NOON + HOUR),)))
    load(a_harvest(batch_id="b2", feeds=(a_feed(etag="old", last_polled_at=NOON),)))

    [feed] = warehouse.feeds_due(NOON, only=None, force=False)

    assert feed.etag == "new"


def test_unknown_fetches_are_those_no_row_names(load, warehouse):
    load(a_harvest(fetches=(a_fetch(),), polls=(a_poll(),)))

    assert warehouse.unknown_fetches(["fetch-1", "poll-1", "lost"]) == {"lost"}


def test_runs_whose_process_is_gone_end_as_interrupted(warehouse):
    warehouse.start_run("run-2", started_at=NOON, flow_run_id="flow", extractor_version="x1")

    dead = warehouse.dead_runs(is_alive=lambda run_id: run_id == "run-2")
    warehouse.settle_run("run-1", at=NOON + HOUR)

    assert dead == ["run-1"]
    assert warehouse.run("run-1").outcome == "interrupted"
    assert warehouse.dead_runs(is_alive=lambda run_id: run_id == "run-2") == []
    assert warehouse.run("run-2").ended_at is None


def test_a_run_that_was_cut_short_keeps_its_outcome_and_is_still_to_be_looked_after(warehouse):
    warehouse.finish_run("run-1", ended_at=NOON, outcome="failed", is_complete=False)

    dead = warehouse.dead_runs(is_alive=lambda _: False)
    warehouse.settle_run("run-1", at=NOON + HOUR)

    assert dead == ["run-1"]
    assert (warehouse.run("run-1").outcome, warehouse.run("run-1").ended_at) == ("failed", NOON)


def test_a_finished_run_has_its_outcome(warehouse):
    run = warehouse.finish_run("run-1", ended_at=NOON + HOUR, outcome="partial", note="one feed")

    assert (run.ended_at, run.outcome, run.note) == (NOON + HOUR, "partial", "one feed")
    with pytest.raises(WarehouseError, match="run-9"):
        warehouse.finish_run("run-9", ended_at=NOON, outcome="done")
    assert warehouse.run("run-9") is None


def test_a_call_gives_up_when_another_process_holds_the_lock_for_too_long(home):
    impatient = Warehouse(home, lock_wait_s=0.1)
    with (home / "locks" / "warehouse.lock").open("w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)

        with pytest.raises(WarehouseBusyError):
            impatient.run("run-1")


def test_a_program_that_has_the_file_open_is_named_as_the_reason(home):
    code = (
        "import duckdb, sys; db = duckdb.connect(sys.argv[1]); print('open', flush=True); input()"
    )
    command = [sys.executable, "-c", code, str(home / "warehouse.duckdb")]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
    with subprocess.Popen(command, **pipes) as other:
        assert other.stdout.readline() == "open\n"

        with pytest.raises(WarehouseBusyError, match="another program"):
            Warehouse(home, lock_wait_s=0.1).run("run-1")

        other.communicate("\n")


def test_a_reader_keeps_the_copy_it_opened_when_a_newer_one_is_published(load, home):
    load()
    with Reader(home) as old:
        load(a_harvest(feeds=(a_feed(last_polled_at=NOON),)))
        seen = old.answer("select count(*) from feeds", timeout_s=10)
        with Reader(home) as new:
            seen_anew = new.answer("select count(*) from feeds", timeout_s=10)

    assert (seen.rows, seen_anew.rows) == (((0,),), ((1,),))


def test_any_client_can_open_the_published_copy(world):
    with duckdb.connect(str(world / "published.duckdb"), read_only=True) as db:
        assert db.execute("select count(*) from quotes").fetchall() == [(4,)]


def test_migrations_are_recorded_with_their_hash_and_applied_once(home):
    with duckdb.connect(str(home / "warehouse.duckdb")) as db:
        again = migrate(db)
        recorded = db.execute("select name, sha256 from schema_history order by number")

        assert again == []
        assert recorded.fetchall() == [
            (script.name, script.sha256) for script in scripts_in("migrations")
        ]


@pytest.mark.parametrize(
    "tampering",
    [
        "update schema_history set sha256 = 'other' where number = 2",
        "insert into schema_history values (9999, '9999_later', 'x', now())",
    ],
    ids=["an old migration has changed", "the warehouse is newer than the program"],
)
def test_a_history_that_does_not_fit_is_an_error(home, tampering):
    with duckdb.connect(str(home / "warehouse.duckdb")) as db:
        db.execute(tampering)

    with pytest.raises(WarehouseError, match="onrecord"):
        Warehouse(home).run("run-1")


def test_calls_that_are_made_together_keep_others_out_until_the_last_is_done(home):
    ours, others = Warehouse(home), Warehouse(home, lock_wait_s=0.1)

    with ours.together():
        ours.note_run("run-1", "the first call")
        with pytest.raises(WarehouseBusyError):
            others.run("run-1")
        seen = ours.run("run-1")

    assert others.run("run-1") == seen
    assert seen.note == "the first call"


def test_what_was_written_before_a_call_that_fails_stays_though_they_are_made_together(warehouse):
    with warehouse.together():
        warehouse.note_run("run-1", "the first call")
        with pytest.raises(WarehouseError):
            warehouse.finish_run("run-9", ended_at=NOON, outcome="done")

    assert warehouse.run("run-1").note == "the first call"


def test_the_file_is_not_replaced_while_calls_are_made_together(warehouse):
    with warehouse.together(), pytest.raises(RuntimeError, match="cannot be replaced"):
        warehouse.compact()


def test_a_new_warehouse_stores_text_compressed(home):
    with duckdb.connect(str(home / "warehouse.duckdb")) as db:
        tags = db.execute("select tags from duckdb_databases() where not internal").fetchall()

    assert "v1.2.0" in str(tags)


def test_a_file_that_is_no_database_says_what_to_do(home):
    (home / "warehouse.duckdb").write_bytes(b"not a database" * 1000)

    with pytest.raises(WarehouseError, match="onrecord restore FILE"):
        Warehouse(home).run("run-1")


def test_processes_that_load_at_once_lose_and_double_nothing(home):
    for number in range(4):
        harvest = a_harvest(batch_id=f"b{number}", fetches=(a_fetch(fetch_id=f"f{number}"),))
        stage(harvest, home / "staging")
    code = (
        "import pathlib, sys; from warehouse.door import Warehouse; "
        "Warehouse(pathlib.Path(sys.argv[1])).load_staged()"
    )
    loaders = [subprocess.Popen([sys.executable, "-c", code, str(home)]) for _ in range(2)]

    assert [loader.wait() for loader in loaders] == [0, 0]
    assert Warehouse(home).run("run-1").pages_fetched == 4
