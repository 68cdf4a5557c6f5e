from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.dates import written_time
from extractors.records import Moment
from extractors.zones import zone_of_site

ZONED = {
    "winter": ("https://zeitung.de/a", "2026-01-15 12:00", "2026-01-15T11:00+00:00"),
    "summer": ("https://zeitung.de/a", "2026-07-15 12:00", "2026-07-15T10:00+00:00"),
    "summer in London": ("https://paper.co.uk/a", "2026-07-15 12:00", "2026-07-15T11:00+00:00"),
    "before the clocks go forward": ("https://a.fr/", "2026-03-29 01:59", "2026-03-29T00:59+00:00"),
    "after they went forward": ("https://a.fr/", "2026-03-29 03:00", "2026-03-29T01:00+00:00"),
    "after they went back": ("https://a.fr/", "2026-10-25 03:00", "2026-10-25T02:00+00:00"),
    "no summer time": ("https://shimbun.co.jp/", "2026-07-15 12:00", "2026-07-15T03:00+00:00"),
    "half an hour": ("https://paper.in/", "2026-07-15 12:00", "2026-07-15T06:30+00:00"),
}


@pytest.mark.parametrize(("url", "text", "expected"), ZONED.values(), ids=ZONED.keys())
def test_a_time_without_offset_is_read_by_the_clock_of_the_sites_country(url, text, expected):
    time = written_time(text, zone_of_site(url) or UTC)

    assert time
    assert not time.has_zone
    assert time.moment.at == datetime.fromisoformat(expected)


@pytest.mark.parametrize(
    "url", ["", "https://paper.com/", "https://paper.com.au/", "https://paper.io/", "http://[::1]/"]
)
def test_a_site_of_no_country_or_one_with_many_clocks_has_no_zone(url):
    assert zone_of_site(url) is None


@given(st.datetimes())
def test_berlin_is_one_hour_east_of_greenwich_or_two(at):
    zone = zone_of_site("https://zeitung.de/")

    assert zone
    assert zone.utcoffset(at) in {timedelta(hours=1), timedelta(hours=2)}


@pytest.mark.parametrize("url", ["https://zeitung.de/a", "https://shimbun.co.jp/", "https://a.bo/"])
def test_a_bare_day_is_the_same_day_on_every_site(url):
    time = written_time("2026-05-03", zone_of_site(url) or UTC)

    assert time
    assert time.moment == Moment(at=datetime(2026, 5, 3, tzinfo=UTC), precision="day")
