"""How hosts are spared: turns, pauses, Retry-After, connections."""

import time
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest

from flows.exchange import DeferredError, Request
from tests.fakes import Reply, ScriptedSite
from tests.fetching import SOON_S, TEXT, fetch_all


def test_waiting_for_a_turn_counts_into_neither_deadline_nor_duration(site, tmp_path):
    site.routes["/a"] = Reply(body=TEXT)
    requests = [Request(url=site.url("/a"))] * 4

    outcomes = fetch_all(
        *requests, hosts=[site.host], folder=tmp_path, pause_s=0.15, timeout_s=SOON_S
    )

    assert [outcome.http_status for outcome in outcomes] == [200] * 4
    assert max(outcome.duration_ms for outcome in outcomes) < 150


@pytest.mark.parametrize("status", [429, 503])
@pytest.mark.parametrize(
    "form", [lambda at: "60", lambda at: format_datetime(at, usegmt=True)], ids=["seconds", "date"]
)
def test_retry_after_leaves_the_whole_host_alone(site, tmp_path, status, form):
    retry_after = form(datetime.now(UTC) + timedelta(seconds=60))
    site.routes["/a"] = Reply(status=status, headers={"Retry-After": retry_after})
    site.routes["/b"] = Reply(body=TEXT)
    requests = [Request(url=site.url("/a"), kind="feed"), Request(url=site.url("/b"))]

    first, second = fetch_all(*requests, hosts=[site.host], folder=tmp_path, at_once=False)

    wait_s = (first.retry_after - datetime.now(UTC)).total_seconds()
    assert (first.reason, first.http_status) == ("deferred", status)
    assert 50 < wait_s <= 61
    assert isinstance(second, DeferredError)
    assert second.attempt is None
    assert site.count("/b") == 0


def test_a_host_is_asked_again_when_its_time_has_come(site, fetch):
    site.routes["/a"] = Reply(status=429, headers={"Retry-After": "1"})
    site.routes["/b"] = Reply(body=TEXT)
    until = fetch("/a").retry_after
    time.sleep((until - datetime.now(UTC)).total_seconds() + 0.01)

    assert fetch("/b").body == TEXT


@pytest.mark.parametrize("retry_after", ["0", "Sun, 01 Mar 2020 13:00:00 GMT"])
def test_a_host_in_trouble_that_says_now_is_left_alone_for_some_minutes(site, fetch, retry_after):
    site.routes["/a"] = Reply(status=503, headers={"Retry-After": retry_after})

    outcome = fetch("/a")

    assert isinstance(outcome, DeferredError)
    assert outcome.retry_after - datetime.now(UTC) > timedelta(minutes=9)


def test_no_more_than_allowed_are_in_flight_to_a_host(site, tmp_path):
    site.routes["/a"] = Reply(delay_s=0.03)

    fetch_all(
        *[Request(url=site.url("/a"))] * 8, hosts=[site.host], folder=tmp_path, max_in_flight=2
    )

    assert site.most_at_once == 2


def test_requests_to_a_host_start_a_pause_apart(site, tmp_path):
    site.routes["/a"] = Reply(body=TEXT)

    fetch_all(*[Request(url=site.url("/a"))] * 4, hosts=[site.host], folder=tmp_path, pause_s=0.1)

    starts = [seen.at for seen in site.seen]
    assert len(starts) == 5  # robots.txt has its turn too
    assert starts[-1] - starts[0] >= 0.3


def test_a_slow_host_does_not_hold_up_another(site, tmp_path):
    site.routes["/a"] = Reply(delay_s=0.2)
    with ScriptedSite({"/b": Reply(body=TEXT)}) as quick:
        slow = [Request(url=site.url("/a"))] * 4

        outcomes = fetch_all(
            *slow,
            Request(url=quick.url("/b")),
            hosts=[site.host, quick.host],
            folder=tmp_path,
            timeout_s=9,
        )

        assert outcomes[-1].started_at < outcomes[2].started_at


def test_a_connection_is_used_again(site, tmp_path):
    site.routes["/a"] = Reply(body=TEXT)

    fetch_all(*[Request(url=site.url("/a"))] * 5, hosts=[site.host], folder=tmp_path, at_once=False)

    assert site.connections == 1
