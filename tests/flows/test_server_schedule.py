"""What servers and feeds say about when to come back, and what becomes of feeds that fail."""

from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest

from tests.fakes import Reply, ScriptedSite, in_turn
from tests.press import (
    an_item,
    failures_at,
    feed_of,
    ingest,
    onrecord,
    poll_of,
    rss,
    set_up,
    told,
)

HOUR, DAY = 3600, 86_400
NEWS = an_item(guid="a", title="Rain")
#: Polls are spread a little, so that not all feeds of a home are due at once.
SPREAD = 1.2
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def http_date(**ahead):
    return format_datetime(datetime.now(UTC) + timedelta(**ahead), usegmt=True)


#: The hour and the day at which two feeds may be asked: not the present ones.
OPEN_HOUR = (datetime.now(UTC).hour + 3) % 24
OPEN_DAY = (datetime.now(UTC).weekday() + 2) % 7
SKIPPED_HOURS = "".join(f"<hour>{hour}</hour>" for hour in range(24) if hour != OPEN_HOUR)
SKIPPED_DAYS = "".join(
    f"<day>{day}</day>" for number, day in enumerate(WEEKDAYS) if number != OPEN_DAY
)
#: Feeds, and the fewest and most seconds until the next poll.
HINTS = {
    "says nothing": (rss(NEWS), 600, DAY),
    "ttl of 6 hours": (rss(NEWS, more="<ttl>360</ttl>"), 6 * HOUR, 8 * HOUR),
    "ttl of ten years": (rss(NEWS, more="<ttl>5256000</ttl>"), DAY / SPREAD, DAY * SPREAD),
    "ttl of words": (rss(NEWS, more="<ttl>often</ttl>"), 600, DAY),
    "ttl below nothing": (rss(NEWS, more="<ttl>-60</ttl>"), 600, DAY),
    "twice a day": (
        rss(
            NEWS,
            more="<sy:updatePeriod>daily</sy:updatePeriod>"
            "<sy:updateFrequency>2</sy:updateFrequency>",
        ),
        12 * HOUR,
        15 * HOUR,
    ),
    "max-age of 6 hours": (rss(NEWS, cache_control="public, max-age=21600"), 6 * HOUR, 8 * HOUR),
    "max-age of a year": (rss(NEWS, cache_control="max-age=31536000"), DAY / SPREAD, DAY * SPREAD),
    "max-age of nothing": (rss(NEWS, cache_control="max-age=0, must-revalidate"), 600, DAY),
    "no-cache": (rss(NEWS, cache_control="no-cache"), 600, DAY),
    "expires in 6 hours": (
        lambda _: rss(NEWS, expires=http_date(hours=6)),
        6 * HOUR - 60,
        8 * HOUR,
    ),
    "expired": (rss(NEWS, expires=http_date(hours=-6)), 600, DAY),
    "expires at 0": (rss(NEWS, expires="0"), 600, DAY),
    "max-age before Expires": (
        rss(NEWS, cache_control="max-age=21600", expires=http_date(days=1)),
        6 * HOUR,
        8 * HOUR,
    ),
    "retry after an hour": (Reply(status=503, headers={"Retry-After": "3600"}), HOUR - 9, 2 * HOUR),
}
#: Feeds that fail, with the reason that is told and the state they are in then.
FAILING = {
    "401": (Reply(status=401), "http_4xx", "active"),
    "403": (Reply(status=403), "http_4xx", "active"),
    "404": (Reply(status=404), "http_4xx", "active"),
    "410": (Reply(status=410), "http_4xx", "gone"),
    "451": (Reply(status=451), "http_4xx", "active"),
    "500": (Reply(status=500), "http_5xx", "active"),
    "503": (Reply(status=503), "http_5xx", "active"),
}


def at(site, name):
    return site.url("/" + name.replace(" ", "-"))


@pytest.fixture(scope="module")
def site():
    with ScriptedSite() as site:
        replies = {name: reply for name, (reply, *_) in (HINTS | FAILING).items()}
        del replies["retry after an hour"]
        replies |= {
            "skips hours": rss(NEWS, more=f"<skipHours>{SKIPPED_HOURS}</skipHours>"),
            "skips days": rss(NEWS, more=f"<skipDays>{SKIPPED_DAYS}</skipDays>"),
            "heals": in_turn(Reply(status=500), rss(NEWS)),
        }
        site.routes |= {f"/{name.replace(' ', '-')}": reply for name, reply in replies.items()}
        yield site


@pytest.fixture(scope="module")
def asking():
    """A site that asks for patience."""
    with ScriptedSite({"/retry-after-an-hour": HINTS["retry after an hour"][0]}) as site:
        yield site


@pytest.fixture(scope="module")
def closed():
    """A site that was there once."""
    with ScriptedSite() as site:
        pass
    return site


@pytest.fixture(scope="module")
def home(tmp_path_factory, site, asking, closed, model):
    """A home after two passes of its own accord, and one by force over those that fail."""
    feeds = [site.url(path) for path in site.routes if path != "/robots.txt"]
    home = set_up(
        tmp_path_factory.mktemp("schedule"),
        *feeds,
        at(asking, "retry after an hour"),
        closed.url("/feed"),
        "http://press.invalid/feed",
        site=site,
        model=model,
        allow_hosts=[site.host, asking.host, closed.host],
    )
    for _ in range(2):
        assert onrecord("ingest", "--home", home).code == 0
    urls = [*(at(site, name) for name in (*FAILING, "heals")), closed.url("/feed")]
    ingest(home, *(word for url in urls for word in ("--feed", url)))
    return home


@pytest.mark.parametrize("name", HINTS)
def test_a_feed_is_due_when_it_asks_to_be(home, site, asking, name):
    _, at_least_s, at_most_s = HINTS[name]
    where = asking if name == "retry after an hour" else site

    assert at_least_s <= waits_s(home, at(where, name)) <= at_most_s
    assert where.count("/" + name.replace(" ", "-")) == 1


def waits_s(home, url):
    feed = feed_of(home, url)
    due_at, polled_at = (
        datetime.fromisoformat(feed[name]) for name in ("next_poll_at", "last_polled_at")
    )
    return (due_at - polled_at).total_seconds()


def test_a_feed_is_not_due_in_the_hours_it_asks_to_skip(home, site):
    due_at = datetime.fromisoformat(feed_of(home, at(site, "skips hours"))["next_poll_at"])

    assert due_at.astimezone(UTC).hour == OPEN_HOUR


def test_a_feed_is_not_due_on_the_days_it_asks_to_skip(home, site):
    due_at = datetime.fromisoformat(feed_of(home, at(site, "skips days"))["next_poll_at"])

    assert due_at.astimezone(UTC).weekday() == OPEN_DAY


@pytest.mark.parametrize("name", FAILING)
def test_a_feed_that_fails_waits_longer_each_time_and_says_why(home, site, name):
    _, reason, state = FAILING[name]
    url = at(site, name)
    feed = feed_of(home, url)
    (failure,) = failures_at(home, url)

    assert (feed["state"], failure["reason"], failure["stage"]) == (state, reason, "feed")
    assert feed["last_error"].startswith(reason)
    assert failure["closed_at"] is None
    polls = told(home, "polls", feed_id=feed["feed_id"])
    assert {poll["http_status"] for poll in polls} == {int(name)}
    tries = 1 if state == "gone" else 2
    assert len(polls) == failure["tries"] == feed["failures_in_a_row"] == tries
    assert waits_s(home, url) >= HOUR


def test_a_feed_that_is_gone_is_looked_for_again_after_some_weeks(home, site):
    assert 7 * DAY <= waits_s(home, at(site, "410")) <= 33 * DAY


@pytest.mark.parametrize("reason", ["connect", "dns"])
def test_a_feed_that_nobody_answers_for_stays_active(home, closed, reason):
    url = closed.url("/feed") if reason == "connect" else "http://press.invalid/feed"

    (failure,) = failures_at(home, url)

    assert failure["reason"] == reason
    assert (feed_of(home, url)["state"], poll_of(home, url)["http_status"]) == ("active", None)
    assert waits_s(home, url) > 0


def test_the_failure_of_a_feed_is_closed_when_it_works(home, site):
    (failure,) = failures_at(home, at(site, "heals"))
    feed = feed_of(home, at(site, "heals"))

    assert failure["closed_at"] is not None
    assert (feed["failures_in_a_row"], feed["last_error"]) == (0, None)
