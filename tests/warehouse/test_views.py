from datetime import date, timedelta

import pytest

from tests.builders import NOON
from warehouse.dictionary import dictionary_rows
from warehouse.reader import Reader
from warehouse.scripts import scripts_in

DAY_1, DAY_2 = date(2026, 3, 1), date(2026, 3, 2)
LAST_MIGRATION = max(script.name for script in scripts_in("migrations"))
BRIDGE = "We will rebuild the bridge before winter"

VIEWS = {
    "quotes_by_speaker_day": (
        "speaker, day, quotes, articles, outlets, stories, distinct_quotes",
        [
            ("Ada Holm", DAY_1, 2, 2, 2, 1, 1),
            ("Ada Holm", DAY_2, 1, 1, 1, 1, 1),
            ("Bo Lind", DAY_2, 1, 1, 1, 1, 1),
        ],
    ),
    "speakers_by_outlet": (
        "outlet, speaker, quotes, articles, stories, distinct_quotes, first_day, last_day",
        [
            ("courier.example", "Ada Holm", 1, 1, 1, 1, DAY_1, DAY_1),
            ("gazette.example", "Ada Holm", 2, 2, 2, 2, DAY_1, DAY_2),
            ("gazette.example", "Bo Lind", 1, 1, 1, 1, DAY_2, DAY_2),
        ],
    ),
    "co_quoted": (
        "speaker, other_speaker, articles, stories",
        [("Ada Holm", "Bo Lind", 1, 1)],
    ),
    "quote_sightings": (
        "outlet, text, outlets, stories, first_outlet, lag_s",
        [
            ("courier.example", BRIDGE, 2, 1, "gazette.example", 7200),
            ("gazette.example", BRIDGE, 2, 1, "gazette.example", 0),
        ],
    ),
    "edited_articles": (
        "article_id, versions, substantive_changes, last_changed_at",
        [("a2", 2, 1, NOON + timedelta(days=2))],
    ),
    "edited_quotes": (
        "version, edit, text_before, text, speaker_before, speaker, after_publication_s",
        [(2, "altered", "I say no", "I say yes", "Ada Holm", "Ada Holm", 86_400)],
    ),
    "syndicated_stories": (
        "story_id, outlet_names, first_outlet, agency",
        [("a1", ["courier.example", "gazette.example"], "gazette.example", "NTB")],
    ),
    "entity_days": (
        "name, day, mentions, articles, outlets, stories, distinct_mentions",
        [("Oslo", DAY_1, 2, 2, 2, 1, 1)],
    ),
    "entities": (
        "name, aliases, articles, quotes, stories, distinct_quotes",
        [
            ("Ada Holm", [], 2, 3, 1, 2),
            ("Bo Lind", [], 1, 1, 1, 1),
            ("Oslo", [{"form": "Oslo", "times": 2}], 2, 0, 1, 0),
        ],
    ),
    "feed_health": (
        "feed_id, polls, entries, entries_read, bytes",
        [("feed-1", 1, 2, 1, 900), ("silent", 0, 0, 0, 0)],
    ),
    "funnel_by_feed_day": (
        "feed_id, day, entries, entries_read, entries_failed, entries_waiting, quotes, stories, "
        "distinct_quotes",
        [("feed-1", DAY_1, 2, 1, 1, 0, 1, 1, 1)],
    ),
    "latency_by_feed": (
        "feed_id, entries, entries_read, median_listing_s, median_reading_s",
        [("feed-1", 2, 1, 0.0, 60.0)],
    ),
    "schema_version": ("version, name", [(int(LAST_MIGRATION[:4]), LAST_MIGRATION)]),
    "waiting_pages": (
        "target, feed_id, tries, is_set_aside",
        [("https://gazette.example/2", "feed-1", 1, True)],
    ),
}
#: What counts copies, and what leaves them out.
DISTINCT = {"articles": "stories", "quotes": "distinct_quotes", "mentions": "distinct_mentions"}
ONE_STORY_A_ROW = {"syndicated_stories"}


@pytest.fixture(scope="module")
def reader(world):
    with Reader(world) as reader:
        yield reader


@pytest.mark.parametrize("view", VIEWS)
def test_a_view_says_of_the_known_world_what_is_true(reader, view):
    columns, expected = VIEWS[view]

    found = reader.answer(f"select {columns} from {view} order by all", timeout_s=10)

    assert list(found.rows) == expected


def test_a_view_that_counts_has_the_same_figure_without_copies(world):
    with Reader(world) as reader:
        columns = {(row.relation, row.column) for row in dictionary_rows(reader)}
    views = {script.name[3:] for script in scripts_in("views")}

    lacking = {
        view
        for view, column in columns
        if view in views and column in DISTINCT and (view, DISTINCT[column]) not in columns
    }

    assert lacking == ONE_STORY_A_ROW


def test_every_analysis_view_is_tested():
    analysis = {script.name[3:] for script in scripts_in("views") if "13" <= script.name < "40"}

    assert analysis == VIEWS.keys()
