"""The text in a feed, in place of a page that could not be had."""

from datetime import timedelta

import pytest

from tests.builders import (
    NOON,
    a_document,
    a_failure,
    a_fetch,
    a_harvest,
    a_poll,
    a_quote,
    a_reading,
    an_article,
    an_entry,
)

HOUR = timedelta(hours=1)
RAIN = "https://gazette.example/rain"
IN_FEED, ON_PAGE = "Rain fell, says the feed.", "Rain fell, says the page."


def listed():
    """A feed body that gives the text of its item."""
    return a_harvest(
        batch_id="poll",
        polls=(a_poll(archive_file="feeds.warc.gz", archive_offset=5),),
        entries=(an_entry(target=RAIN, has_content=True),),
    )


def failed(*, at=NOON + HOUR, retry_in=HOUR):
    """A page that could not be had, and was read from the feed."""
    return a_harvest(
        batch_id=f"failed {at}",
        made_at=at,
        fetches=(
            a_fetch(
                fetch_id=f"failed {at}",
                target=RAIN,
                started_at=at,
                status="failed",
                http_status=404,
                archive_file="feeds.warc.gz",
                archive_offset=5,
                text_source="feed",
            ),
        ),
        readings=(reading(f"failed {at}", IN_FEED, at),),
        failures=(a_failure(reason="http_4xx", at=at, next_try_at=at + retry_in),),
    )


def fetched(*, at, article_id="article-1"):
    return a_harvest(
        batch_id=f"page {at}",
        made_at=at,
        fetches=(a_fetch(fetch_id=f"page {at}", target=RAIN, started_at=at),),
        readings=(reading(f"page {at}", ON_PAGE, at, article_id=article_id),),
    )


def reading(fetch_id, text, at, *, article_id="article-1"):
    document = a_document(
        article=an_article(article_id=article_id, text=text),
        quotes=(a_quote(text="Rain fell", start=0),),
    )
    return a_reading(fetch_id=fetch_id, seen_at=at, document=document)


def test_the_work_list_says_where_the_feed_gives_the_text(load, warehouse):
    load(listed())

    (item,) = warehouse.work_list(NOON, retry_failed=False)

    assert (item.content_file, item.content_offset) == ("feeds.warc.gz", 5)


def test_an_article_from_the_feed_is_marked_so_and_traced_to_the_feed(load, rows):
    load(listed(), failed())

    assert rows("select text, text_source from articles") == [(IN_FEED, "feed")]
    assert rows("select text_source from article_versions") == [("feed",)]
    assert rows(
        "select status, archive_file, archive_offset from articles join fetches using (fetch_id)"
    ) == [("failed", "feeds.warc.gz", 5)]
    assert rows("select count(*) from quotes") == [(1,)]


def test_a_page_that_failed_stays_on_the_list_although_the_feed_gave_its_text(load, warehouse):
    load(listed(), failed())

    early = warehouse.work_list(NOON + HOUR, retry_failed=False)
    in_time = warehouse.work_list(NOON + 3 * HOUR, retry_failed=False)

    assert early == []
    assert [(item.url, item.tries) for item in in_time] == [(RAIN, 1)]


def test_the_text_of_the_feed_does_not_close_the_failure_of_the_page(load, rows):
    load(listed(), failed())

    assert rows("select closed_at from failures") == [(None,)]


@pytest.mark.parametrize("article_id", ["article-1", "article-2"])
@pytest.mark.parametrize("page_first", [False, True], ids=["page later", "page loaded first"])
def test_the_page_takes_the_place_of_the_feeds_text_without_a_version(
    load, rows, article_id, page_first
):
    page = fetched(at=NOON + 2 * HOUR, article_id=article_id)
    parts = [page, failed()] if page_first else [failed(), page]
    load(listed())

    for part in parts:
        load(part)

    assert rows("select article_id, version, text, text_source from articles") == [
        (article_id, 1, ON_PAGE, "page")
    ]
    assert rows("select count(*) from article_versions") == [(1,)]
    assert rows("select count(*) from quote_versions") == [(1,)]
    assert rows("select article_id from entries") == [(article_id,)]
    assert rows("select count(*) from failures where closed_at is null") == [(0,)]


def test_a_page_that_fails_after_it_was_read_is_not_replaced_by_the_feed(load, rows, warehouse):
    load(listed(), fetched(at=NOON + HOUR))

    load(failed(at=NOON + 2 * HOUR))

    assert rows("select text, text_source, version from articles") == [(ON_PAGE, "page", 1)]
    assert warehouse.work_list(NOON + 9 * HOUR, retry_failed=False) == []


def test_a_page_that_fails_again_adds_no_version(load, rows):
    load(listed(), failed(), failed(at=NOON + 3 * HOUR))

    assert rows("select version, text_source from articles") == [(1, "feed")]
    assert rows("select tries from failures") == [(2,)]
