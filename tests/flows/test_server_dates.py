"""Dates as feeds write them: an instant that can be, or null and why."""

from datetime import UTC, datetime, timedelta

import pytest

from tests.fakes import ScriptedSite
from tests.press import an_item, entries_of, ingest, rss, set_up

SEVEN = "2024-03-05T07:00:00Z"
EPOCH_S = int(datetime(2024, 3, 5, 7, tzinfo=UTC).timestamp())
#: As written in pubDate, and the instant.
DATES = {
    "Tue, 05 Mar 2024 07:00:00 GMT": SEVEN,
    "Tue, 5 Mar 2024 7:00:00 GMT": SEVEN,
    "05 Mar 2024 07:00 UT": SEVEN,
    "Tue, 05 Mar 24 07:00:00 Z": SEVEN,
    "Tue, 05 Mar 2024 09:00:00 +0200": SEVEN,
    "Tue, 05 Mar 2024 09:00:00 +02:00": SEVEN,
    "Tue, 05 Mar 2024 12:30:00 +0530": SEVEN,
    "Tue, 05 Mar 2024 02:00:00 EST": SEVEN,
    "Tue, 05 Mar 2024 00:00:00 PDT": SEVEN,
    "Tue, 05 Mar 2024 08:00:00 CET": SEVEN,
    "Wed, 05 Mar 2024 07:00:00 GMT": SEVEN,
    "tue, 05 mar 2024 07:00:00 gmt": SEVEN,
    "Tuesday, 05 March 2024 07:00:00 GMT": SEVEN,
    "  Tue, 05 Mar 2024 07:00:00 GMT\n": SEVEN,
    "2024-03-05T07:00:00Z": SEVEN,
    "2024-03-05T08:00:00+01:00": SEVEN,
    "2024-03-05T08:00:00.000+0100": SEVEN,
    "2024-03-05 07:00:00 UTC": SEVEN,
    "20240305T070000Z": SEVEN,
    str(EPOCH_S): SEVEN,
    str(EPOCH_S * 1000): SEVEN,
    "Di, 05 M\xe4rz 2024 08:00:00 +0100": SEVEN,
    "mar., 05 mars 2024 08:00:00 +0100": SEVEN,
    "mar, 5 mar 2024 08:00:00 +0100": SEVEN,
    "Вт, 05 мар 2024 10:00:00 +0300": SEVEN,
}
#: What no text of ours can be dated.
IMPOSSIBLE = {
    "year 1": "Mon, 01 Jan 0001 00:00:00 GMT",
    "the epoch": "Thu, 01 Jan 1970 00:00:00 GMT",
    "year 1899": "1899-12-30T00:00:00Z",
    "year 9999": "Fri, 31 Dec 9999 23:59:59 GMT",
    "a year from now": (datetime.now(UTC) + timedelta(days=365)).isoformat(),
    "no such day": "Mon, 30 Feb 2024 07:00:00 GMT",
    "no such hour": "Tue, 05 Mar 2024 27:00:00 GMT",
    "words": "just now",
    "zeros": "0000-00-00 00:00:00",
    "a number too long": "9" * 40,
}


@pytest.fixture(scope="module")
def dated(tmp_path_factory, model):
    """The entries of a feed that has an item for each date, by what is written there."""
    written = [*DATES, *IMPOSSIBLE.values(), "2024-03-05", ""]
    items = (
        an_item(guid=f"guid-{number}", more=f"<pubDate>{date}</pubDate>")
        for number, date in enumerate(written)
    )
    with ScriptedSite({"/feed": rss(*items)}) as site:
        home = set_up(tmp_path_factory.mktemp("dates"), site.url("/feed"), site=site, model=model)
        ingest(home)
        by_guid = {entry["guid"]: entry for entry in entries_of(home, site.url("/feed"))}
    return {date: by_guid[f"guid-{number}"] for number, date in enumerate(written)}


@pytest.mark.parametrize("written", DATES)
def test_a_date_is_understood_as_it_is_written(dated, written):
    entry = dated[written]

    assert (entry["published_at"], entry["date_problem"]) == (DATES[written], None)


@pytest.mark.parametrize("name", IMPOSSIBLE)
def test_a_date_that_cannot_be_is_null_with_a_reason(dated, name):
    entry = dated[IMPOSSIBLE[name]]

    assert entry["published_at"] is None
    assert entry["date_problem"]


def test_a_day_without_a_time_stays_a_day(dated):
    entry = dated["2024-03-05"]

    assert entry["published_at"].startswith("2024-03-05T00:00:00")
    assert entry["published_precision"] == "day"


def test_no_date_is_no_problem(dated):
    assert (dated[""]["published_at"], dated[""]["date_problem"]) == (None, None)
