"""The dashboard's notebook, run as a script over small known worlds."""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from tests.builders import NOON
from warehouse.axes import lag_text
from warehouse.dashboard import app
from warehouse.figures import Choice, State, figures
from warehouse.reader import Reader
from warehouse.tables import names_of, table

ALL_DAYS = Choice(since=NOON.date(), until=date(NOON.year + 1, 1, 1))


def shown(home: Path, tab: str) -> Mapping[str, Any]:
    """Return what the cells define when `tab` is open."""
    _, defined = app.run(defs={"home": home, "tab": tab})
    return defined


def asked(home: Path, name: str, choice: Choice = ALL_DAYS, **further: object) -> list[Any]:
    with Reader(home) as reader:
        return figures(reader, name, choice, top=50, words="", **further)


def test_the_first_tab_counts_each_printing_and_each_quotation(world: Path):
    speakers = shown(world, "Speakers")["speakers"]

    counts = {row["speaker"]: (row["quotes"], row["distinct_quotes"]) for row in speakers}

    assert counts == {"Ada Holm": (3, 2), "Bo Lind": (1, 1)}


def test_a_day_without_a_quotation_is_a_zero(world: Path):
    with Reader(world) as reader:
        ids = [row["speaker_id"] for row in figures(reader, "speakers", ALL_DAYS, top=2)]

    days = asked(
        world, "speaker_days", Choice(since=NOON.date(), until=NOON.date()), speaker_ids=ids
    )

    assert [(row["speaker_id"], row["quotes"]) for row in days] == [("ada-holm", 2), ("bo-lind", 0)]


def test_the_tab_across_outlets_says_who_was_first(world: Path):
    tab = shown(world, "Across outlets")

    assert {row["outlet"]: (row["first"], row["later"]) for row in tab["first_outlets"]} == {
        "gazette.example": (1, 0),
        "courier.example": (0, 1),
    }
    assert [row["next_lag_s"] for row in tab["sightings"]] == [7200]


def test_the_tab_of_edits_shows_the_words_before_and_after(world: Path):
    tab = shown(world, "Edits")

    texts = {row["edit"]: (row["text_before"], row["text"]) for row in tab["edits"]}

    assert texts.popitem()[1] == ("I say no", "I say yes")
    assert [row["versions"] for row in tab["edited_articles"]] == [2]


def test_the_tab_of_feeds_begins_with_those_that_never_answered(world: Path):
    tab = shown(world, "Feeds")

    assert tab["feeds"][0]["url"] == "https://silent.example/feed"
    assert sum(row["failed"] for row in tab["funnel"]) == 1


def test_the_quotations_lead_to_their_articles(world: Path):
    quotes = shown(world, "Quotations")["quotes"]

    assert {row["url"] for row in quotes} == {
        "https://gazette.example/1",
        "https://courier.example/1",
        "https://gazette.example/3",
    }


def test_an_empty_warehouse_shows_no_tab_and_no_error(home: Path, load: Any):
    load()

    defined = shown(home, "Speakers")

    assert defined["state"].articles == 0
    assert "speakers" not in defined


@pytest.mark.parametrize(
    ("choice", "speakers"),
    [
        ({"outlets": ("courier.example",)}, ["Ada Holm"]),
        ({"speaker": "lind"}, ["Bo Lind"]),
        ({"speaker": "nobody"}, []),
        ({"until": NOON.date()}, ["Ada Holm"]),
    ],
    ids=["outlet", "speaker", "nobody", "days"],
)
def test_what_was_chosen_narrows_the_speakers(
    world: Path, choice: dict[str, Any], speakers: list[str]
):
    days = {"since": ALL_DAYS.since, "until": ALL_DAYS.until}

    found = asked(world, "speakers", Choice(**{**days, **choice}))

    assert [row["speaker"] for row in found] == speakers


def test_feeds_are_chosen_by_the_outlets_they_lead_to(world: Path):
    gazette = Choice(since=ALL_DAYS.since, until=ALL_DAYS.until, outlets=("gazette.example",))

    assert len(asked(world, "feeds", gazette)) == 1
    assert len(asked(world, "feeds")) == 2


@pytest.mark.parametrize(
    ("first_day", "shown_from"),
    [(date(2020, 1, 1), date(2026, 3, 1)), (date(2026, 3, 30), date(2026, 3, 30))],
    ids=["years", "two days"],
)
def test_it_opens_on_the_last_month_at_most(first_day: date, shown_from: date):
    last_day = date(2026, 3, 31)
    state = State(
        feeds=1,
        articles=9,
        quotes=9,
        speakers=2,
        outlets=1,
        first_day=first_day,
        last_day=last_day,
    )

    assert state.days_shown == (shown_from, last_day)


@pytest.mark.parametrize(
    ("until", "step"),
    [(date(2026, 1, 31), "day"), (date(2026, 12, 31), "week"), (date(2036, 1, 1), "month")],
)
def test_a_point_stands_for_more_where_there_are_many_days(until: date, step: str):
    assert Choice(since=date(2026, 1, 1), until=until).step == step


def test_two_people_with_one_name_are_told_apart():
    rows = [{"speaker_id": number, "speaker": "Kim Lee"} for number in ("a", "b")]

    assert names_of(rows) == {"a": "Kim Lee", "b": "Kim Lee (2)"}


@pytest.mark.parametrize(
    ("seconds", "text"),
    [(None, ""), (45, "45 s"), (720, "12 min"), (12_600, "3.5 h"), (181_440, "2.1 days")],
)
def test_a_lag_is_told_as_people_tell_it(seconds: float | None, text: str):
    assert lag_text(seconds) == text


def test_a_table_tells_times_and_lags_and_leaves_out_what_it_should():
    row = {"seen_at": datetime(2026, 11, 22, 9, 30, tzinfo=UTC), "next_lag_s": 60, "speaker_id": 1}

    made: Any = table([row], without=("speaker_id",))

    assert made.data == [{"seen at": "2026-11-22 09:30", "next lag": "1 min"}]
