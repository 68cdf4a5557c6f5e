"""What is promised to those who write SQL: relations and columns by name."""

import pytest

from warehouse.dictionary import dictionary_rows
from warehouse.reader import Reader

QUOTES = """quote_id article_id version utterance start_char end_char text kind cue cue_start
    cue_end speaker speaker_id speaker_mention speaker_start speaker_end confidence
    extractor_version"""
MENTIONS = "article_id version start_char end_char text label entity_id extractor_version"
PROMISED = {
    "feeds": """feed_id url title outlet state added_at last_polled_at next_poll_at interval_s
        failures_in_a_row last_error etag last_modified""",
    "polls": """poll_id feed_id run_id started_at duration_ms status http_status bytes entries_seen
        entries_new error""",
    "entries": """entry_id feed_id guid url title published_at first_seen_at last_seen_at
        article_id""",
    "fetches": """fetch_id url final_url run_id started_at duration_ms status http_status bytes
        archive_file archive_offset error""",
    "articles": """article_id url outlet title authors published_at published_precision modified_at
        first_seen_at last_seen_at lang agency page_kind access words text version story_id fetch_id
        extractor_version""",
    "article_versions": """article_id version seen_at title text change fetch_id
        extractor_version""",
    "quotes": QUOTES,
    "quote_versions": QUOTES,
    "mentions": MENTIONS,
    "mention_versions": MENTIONS,
    "entities": "entity_id name label aliases country first_seen_at articles quotes",
    "failures": """failure_id stage url feed_id reason detail tries first_at last_at closed_at""",
    "runs": """run_id flow_run_id started_at ended_at outcome feeds_polled feeds_failed entries_new
        pages_fetched articles_new articles_changed quotes mentions failures extractor_version
        invalid note""",
    "schema_version": "version",
}


@pytest.fixture(scope="module")
def dictionary(world):
    with Reader(world) as reader:
        return dictionary_rows(reader)


@pytest.mark.parametrize("relation", PROMISED)
def test_a_relation_has_the_columns_that_are_promised(dictionary, relation):
    columns = {row.column for row in dictionary if row.relation == relation}

    assert set(PROMISED[relation].split()) - columns == set()


def test_every_time_is_kept_with_its_zone(dictionary):
    assert [row for row in dictionary if row.type == "TIMESTAMP"] == []
