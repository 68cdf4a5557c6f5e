"""Whole passes over a small press on loopback."""

import time

import pytest

from flows.home import Home
from flows.locks import held_alone
from tests.fakes import NOT_THERE, Reply, ScriptedSite
from tests.press import RAIN, a_feed_of, a_page, column, onrecord, rows, set_up

BROKEN = Reply(status=500, body=b"out of order")


@pytest.fixture
def home(tmp_path, press, model):
    return set_up(tmp_path / "home", press.url("/feed"), site=press, model=model)


def test_a_pass_loads_what_a_feed_lists_and_the_next_one_finds_nothing_new(home, press):
    first = onrecord("ingest", "--home", home, "--json")
    second = onrecord("ingest", "--home", home, "--json", "--force")

    assert (first.code, second.code) == (0, 0)
    assert (first.json["entries_new"], first.json["articles_new"]) == (3, 3)
    assert (second.json["entries_new"], second.json["pages_fetched"]) == (0, 0)
    assert first.json["outcome"] == second.json["outcome"] == "done"
    assert column(home, "select status from polls order by started_at") == ["new", "unchanged"]
    assert sorted(column(home, "select title from articles")) == [
        "Council adopts its budget",
        "Fahrer legen die Arbeit nieder",
        "Rain closes the harbour",
    ]
    german = "select quotes.text from quotes join articles using (article_id) where lang = 'de'"
    assert column(home, german) == ["Man hat uns zwei freie Tage in der Woche versprochen"]
    assert press.count("/rain") == 1


def test_a_pass_without_anything_due_exits_0_and_asks_nobody(home, press):
    press.routes["/feed"] = a_feed_of([])
    onrecord("ingest", "--home", home)
    asked = len(press.seen)

    said = onrecord("ingest", "--home", home)

    assert said.code == 0
    assert len(press.seen) == asked


def test_what_a_limit_leaves_is_read_by_the_next_pass(home):
    first = onrecord("ingest", "--home", home, "--limit", 1, "--json")
    second = onrecord("ingest", "--home", home, "--json")

    assert (first.json["entries_new"], first.json["pages_fetched"]) == (3, 1)
    assert (second.json["entries_new"], second.json["pages_fetched"]) == (0, 2)
    assert column(home, "select count(*) from articles") == [3]


def test_a_limit_of_0_polls_and_fetches_no_page(home, press):
    said = onrecord("ingest", "--home", home, "--limit", 0, "--json")

    assert (said.code, said.json["entries_new"], said.json["pages_fetched"]) == (0, 3, 0)
    assert press.count("/rain") == 0


def test_a_page_that_is_not_there_waits_and_heals_when_it_is_asked_for_again(home, press):
    story = press.routes["/rain"]
    press.routes["/feed"] = a_feed_of([press.url("/rain")])
    press.routes["/rain"] = NOT_THERE

    failed = onrecord("ingest", "--home", home, "--json")
    waiting = rows(home, "from failures")
    waits = onrecord("ingest", "--home", home)
    asked = press.count("/rain")
    press.routes["/rain"] = story
    healed = onrecord("ingest", "--home", home, "--retry-failed", "--json")

    assert (failed.code, failed.json["outcome"], failed.json["failures"]) == (0, "partial", 1)
    assert [(each["reason"], each["stage"], each["closed_at"]) for each in waiting] == [
        ("http_4xx", "page", None)
    ]
    assert (waits.code, asked) == (0, 1)
    assert (healed.code, healed.json["articles_new"]) == (0, 1)
    assert column(home, "select count(*) from failures where closed_at is null") == [0]


def test_one_broken_feed_does_not_stop_the_others(tmp_path, press, model):
    press.routes |= {"/broken": BROKEN, "/nothing": Reply(body=b"<p>No feed.</p>")}
    feeds = [press.url(path) for path in ("/broken", "/feed", "/nothing")]
    home = set_up(tmp_path / "home", *feeds, site=press, model=model)

    said = onrecord("ingest", "--home", home, "--json")

    assert (said.code, said.json["outcome"]) == (0, "partial")
    assert (said.json["feeds_polled"], said.json["feeds_failed"]) == (3, 2)
    assert said.json["articles_new"] == 3
    assert sorted(column(home, "select reason from failures")) == ["http_5xx", "not_feed"]


def test_a_pass_in_which_every_feed_failed_exits_1(home, press):
    press.routes["/feed"] = BROKEN

    said = onrecord("ingest", "--home", home, "--json")

    assert (said.code, said.json["outcome"]) == (1, "failed")


def test_too_little_room_on_the_disk_stops_a_pass_with_1_and_says_what_to_do(
    home, press, monkeypatch
):
    monkeypatch.setenv("ONRECORD_MIN_FREE_GB", "1e9")

    said = onrecord("ingest", "--home", home, "--json")

    assert said.code == 1
    assert "min_free_gb" in said.err
    assert said.json["outcome"] == "failed"
    assert "min_free_gb" in said.json["note"]
    assert press.seen == []
    assert column(home, "select status from polls") == []
    [failure] = rows(home, "from failures")
    assert (failure["stage"], failure["reason"], failure["closed_at"]) == (
        "load",
        "disk_full",
        None,
    )

    monkeypatch.delenv("ONRECORD_MIN_FREE_GB")
    assert onrecord("ingest", "--home", home).code == 0
    assert column(home, "select closed_at is not null from failures") == [True]


def test_a_feed_with_the_very_body_of_the_last_poll_is_unchanged_without_a_304(home, press):
    feed = a_feed_of([])
    press.routes["/feed"] = Reply(body=feed.body, headers={"Content-Type": "application/rss+xml"})

    for _ in range(2):
        onrecord("ingest", "--home", home, "--force")

    polls = rows(home, "select status, http_status, bytes from polls order by started_at")
    assert [each["status"] for each in polls] == ["new", "unchanged"]
    assert {each["bytes"] for each in polls} == {len(feed.body)}


def test_only_the_feeds_that_were_named_are_polled(tmp_path, press, model):
    press.routes |= {"/one": a_feed_of([]), "/two": a_feed_of([])}
    feeds = [press.url("/one"), press.url("/two")]
    home = set_up(tmp_path / "home", *feeds, site=press, model=model)

    said = onrecord("ingest", "--home", home, "--feed", press.url("/two"))

    assert said.code == 0
    assert (press.count("/one"), press.count("/two")) == (0, 1)


def test_a_paused_feed_is_not_polled_even_by_force(home, press):
    onrecord("feeds", "pause", press.url("/feed"), "--home", home)

    said = onrecord("ingest", "--home", home, "--force")

    assert (said.code, press.seen) == (0, [])


def test_a_second_pass_exits_0_at_once_and_names_the_one_that_runs(home, press):
    with held_alone(Home(home).run_lock, "run-that-runs", wait_s=None):
        said = onrecord("ingest", "--home", home)
        as_json = onrecord("ingest", "--home", home, "--json")

    assert (said.code, as_json.code) == (0, 0)
    assert "run-that-runs" in said.err
    assert as_json.json == {"active": "run-that-runs"}
    assert press.seen == []


def test_a_second_pass_told_to_wait_gives_up_with_1_after_that_time(home):
    began = time.monotonic()
    with held_alone(Home(home).run_lock, "run-that-runs", wait_s=None):
        said = onrecord("ingest", "--home", home, "--wait", 0.5)

    assert said.code == 1
    assert 0.5 <= time.monotonic() - began < 30


def test_an_edited_page_gets_a_version_and_an_unchanged_one_none_beside_a_running_pass(home, press):
    url = press.url("/rain")
    with held_alone(Home(home).run_lock, "run-that-runs", wait_s=None):
        new = onrecord("add", url, "--home", home, "--json")
        same = onrecord("add", url, "--home", home, "--json")
        press.routes["/rain"] = a_page(
            "Rain closes the harbour", [*RAIN, "The port is open again."]
        )
        edited = onrecord("add", url, "--home", home, "--json")

    assert [said.code for said in (new, same, edited)] == [0, 0, 0]
    assert [said.json["articles_new"] for said in (new, same, edited)] == [1, 0, 0]
    assert [said.json["articles_changed"] for said in (new, same, edited)] == [0, 0, 1]
    versions = rows(home, "select version, change from article_versions order by version")
    assert versions[0] == {"version": 1, "change": "first"}
    assert [each["version"] for each in versions] == [1, 2]
    assert "open again" in column(home, "select text from articles")[0]


def test_a_private_address_is_refused_unless_it_is_allowed(tmp_path, press, model):
    home = set_up(tmp_path / "home", press.url("/feed"), site=press, model=model, allow_hosts=[])

    ingested = onrecord("ingest", "--home", home)
    added = onrecord("add", press.url("/rain"), "--home", home)

    assert (ingested.code, added.code) == (1, 1)
    assert "private_address" in added.err
    assert press.seen == []
    assert column(home, "select distinct reason from failures") == ["private_address"]
    assert column(home, "select status from polls") == ["refused"]


def test_a_page_that_takes_too_long_to_read_is_set_aside_and_the_others_are_loaded(
    tmp_path, press, model
):
    lines = (f"Item {n} of {n % 97}: the tide came in again." for n in range(100_000))
    press.routes["/endless"] = a_page("The endless minutes", list(lines))
    press.routes["/feed"] = a_feed_of([press.url("/endless"), press.url("/rain")])
    home = set_up(
        tmp_path / "home", press.url("/feed"), site=press, model=model, document_timeout_s=2.0
    )

    said = onrecord("ingest", "--home", home, "--json")

    assert (said.code, said.json["outcome"]) == (0, "partial")
    assert column(home, "select title from articles") == ["Rain closes the harbour"]
    [failure] = rows(home, "select url, reason, next_try_at from failures")
    assert failure == {"url": press.url("/endless"), "reason": "crashed", "next_try_at": None}


def test_the_entries_of_feeds_on_two_sites_lead_to_one_article_once(tmp_path, press, model):
    with ScriptedSite({"/feed": a_feed_of([press.url("/rain")])}) as other:
        press.routes["/feed"] = a_feed_of([press.url("/rain")])
        home = set_up(
            tmp_path / "home",
            press.url("/feed"),
            other.url("/feed"),
            site=press,
            model=model,
            allow_hosts=[press.host, other.host],
        )

        said = onrecord("ingest", "--home", home, "--json")

    assert (said.json["entries_new"], said.json["articles_new"]) == (2, 1)
    assert press.count("/rain") == 1


def test_a_page_whose_host_is_held_is_not_asked_and_keeps_its_place(home, press):
    held = Reply(status=503, headers={"Retry-After": "3600"})
    rain = press.routes["/rain"]
    press.routes |= {"/rain": held, "/budget": held, "/streik": held}
    onrecord("ingest", "--home", home)
    asked = len(press.seen)
    fetches = column(home, "select count(*) from fetches")

    onrecord("ingest", "--home", home, "--retry-failed")

    press.routes["/rain"] = rain
    assert len([seen for seen in press.seen[asked:] if seen.path != "/robots.txt"]) == 0
    assert column(home, "select count(*) from fetches") == fetches
    assert column(home, "select distinct tries from failures") == [0]
