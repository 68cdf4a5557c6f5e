"""The dates of a feed's entries: what they say, or nothing and why."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.extractors.feed_pages import SEEN_AT, entry_of, read, shown_moment


@pytest.mark.parametrize(
    ("date", "published"),
    [
        ("Sun, 01 Mar 2026 10:00:00 +0200", "2026-03-01T10:00:00+02:00"),
        ("Sun, 01 Mar 2026 10:00:00 EST", "2026-03-01T10:00:00-05:00"),
        ("Sun, 01 Mar 2026 10:00:00 GMT+2", "2026-03-01T10:00:00+02:00"),
        ("Sun, 01 Mar 2026 10:00:00 CEST", "2026-03-01T10:00:00+02:00"),
        ("Sun, 01 Mar 2026 10:00:00 K", "2026-03-01T10:00:00+00:00"),
        ("Mon, 01 Mar 2026 10:00:00 UT", "2026-03-01T10:00:00+00:00"),
        ("Sunday, 1 March 2026 10:00 GMT", "2026-03-01T10:00:00+00:00"),
        ("01 Mar 26 10:00 GMT", "2026-03-01T10:00:00+00:00"),
        ("dim., 01 févr. 2026 10:00:00 +0100", "2026-02-01T10:00:00+01:00"),
        ("2026-03-01T10:00:00Z", "2026-03-01T10:00:00+00:00"),
        ("2026-03-01", "2026-03-01"),
        ("1772359200", "2026-03-01T10:00:00+00:00"),
        ("1772359200000", "2026-03-01T10:00:00+00:00"),
        ("25/02/2026 10:00", "2026-02-25T10:00:00+00:00"),
        ("Mon, 02 Mar 2026 10:00:00 GMT", "2026-03-02T10:00:00+00:00"),
    ],
)
def test_a_date_is_what_it_says(date, published):
    entry = entry_of(f"<title>A</title><pubDate>{date}</pubDate>")

    assert shown_moment(entry.published) == published
    assert entry.date_problem is None


@pytest.mark.parametrize(
    ("date", "problem"),
    [
        ("Tue, 03 Mar 2026 10:00:00 GMT", "2026-03-03 is in the future"),
        ("2031-01-01", "2031-01-01 is in the future"),
        ("Mon, 01 Jan 0001 00:00:00 GMT", "0001-01-01 is what programs write that know no date"),
        ("1601-01-01T00:00:00Z", "1601-01-01 is what programs write that know no date"),
        ("1899-12-30T00:00:00Z", "1899-12-30 is what programs write that know no date"),
        ("Thu, 01 Jan 1970 00:00:00 GMT", "1970-01-01 is what programs write that know no date"),
        ("03/02/2026", "'03/02/2026' is ambiguous: day or month first"),
        ("Tue, 3-2-26", "'Tue, 3-2-26' is ambiguous: day or month first"),
        ("0", "'0' cannot be read as a date"),
        ("99999999999999999999", "'99999999999999999999' cannot be read as a date"),
        ("31 Feb 2026 10:00 GMT", "'31 Feb 2026 10:00 GMT' cannot be read as a date"),
        ("yesterday", "'yesterday' cannot be read as a date"),
        ("x" * 200, f"'{'x' * 60}…' cannot be read as a date"),
        (" ", None),
    ],
)
def test_a_date_that_cannot_be_is_none_and_says_why(date, problem):
    entry = entry_of(f"<title>A</title><pubDate>{date}</pubDate>")

    assert entry.published is None
    assert entry.date_problem == problem


def test_an_item_without_a_date_has_no_problem():
    entry = entry_of("<title>A</title>")

    assert (entry.published, entry.date_problem) == (None, None)


def test_the_next_date_is_taken_where_the_first_cannot_be():
    entry = entry_of("<title>A</title><pubDate>soon</pubDate><dc:date>2026-03-01</dc:date>")

    assert shown_moment(entry.published) == "2026-03-01"
    assert entry.date_problem is None


def test_a_date_of_change_that_cannot_be_is_told_of():
    body = b'<feed xmlns="http://www.w3.org/2005/Atom"><entry><id>1</id>%s</entry></feed>'
    dates = b"<published>2026-03-01T10:00:00Z</published><updated>2031-01-01T00:00:00Z</updated>"

    (entry,) = read(body % dates).entries

    assert shown_moment(entry.published) == "2026-03-01T10:00:00+00:00"
    assert entry.updated is None
    assert entry.date_problem == "2031-01-01 is in the future"


@given(text=st.text(max_size=40))
def test_any_text_as_a_date_is_a_moment_or_nothing(text):
    escaped = text.replace("&", "&amp;").replace("<", "&lt;")

    published = entry_of(f"<title>A</title><pubDate>{escaped}</pubDate>").published

    assert published is None or published.at <= SEEN_AT + timedelta(days=1)
