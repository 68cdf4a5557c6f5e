"""Which item of a feed is which, and which page it leads to."""

from datetime import timedelta

import pytest

from extractors.records import Enclosure, Withdrawal
from tests.builders import (
    NOON,
    a_document,
    a_failure,
    a_fetch,
    a_harvest,
    a_poll,
    a_reading,
    an_article,
    an_entry,
)

HOUR = timedelta(hours=1)
RAIN = "https://gazette.example/rain"
SNOW = "https://gazette.example/snow"


def listed(*entries, at=NOON, number=1):
    """A poll that listed `entries`."""
    return a_harvest(
        batch_id=f"poll-{number}",
        made_at=at,
        polls=(a_poll(poll_id=f"poll-{number}", started_at=at, entries_seen=len(entries)),),
        entries=entries,
    )


def an_item(guid, *, at=NOON, target=RAIN, **fields):
    given = {"entry_id": f"id of {guid}", "guid": guid, "url": target, "target": target}
    return an_entry(**given | {"seen_at": at} | fields)


def page_read(url, *, at, target=None, article_id="article-1"):
    """A page asked for at `url` and read."""
    document = a_document(article=an_article(article_id=article_id))
    return a_harvest(
        batch_id=f"page {url}",
        made_at=at,
        fetches=(a_fetch(fetch_id=f"fetch {url}", url=url, target=target or url, started_at=at),),
        readings=(a_reading(fetch_id=f"fetch {url}", seen_at=at, document=document),),
    )


def test_an_item_that_comes_back_under_a_new_guid_is_the_same_entry(load, rows):
    load(listed(an_item("first")))

    load(listed(an_item("second", at=NOON + HOUR), at=NOON + HOUR, number=2))

    assert rows("select entry_id, guid, last_seen_at from entries") == [
        ("id of first", "second", NOON + HOUR)
    ]
    assert rows("select entries_new from polls order by started_at") == [(1,), (0,)]


@pytest.mark.parametrize(
    "other",
    [
        pytest.param({"title": "Rain again"}, id="another title"),
        pytest.param({"target": SNOW}, id="another link"),
        pytest.param({"feed_id": "feed-2"}, id="another feed"),
    ],
)
def test_an_item_that_differs_in_more_than_its_guid_is_an_entry_of_its_own(load, rows, other):
    load(listed(an_item("first")))

    load(listed(an_item("second", at=NOON + HOUR, **other), at=NOON + HOUR, number=2))

    assert rows("select count(*) from entries") == [(2,)]


def test_two_items_of_one_link_and_title_are_two_entries_while_both_are_listed(load, rows):
    load(listed(an_item("first")))

    load(
        listed(
            an_item("first", at=NOON + HOUR),
            an_item("second", at=NOON + HOUR),
            at=NOON + HOUR,
            number=2,
        )
    )

    assert rows("select count(*) from entries") == [(2,)]


def test_entries_are_known_by_id_or_by_link_and_title(load, warehouse):
    load(listed(an_item("first")))
    given = [
        an_item("first"),
        an_item("second"),
        an_item("third", title="Rain again"),
        an_item("fourth", feed_id="feed-2"),
    ]

    known = warehouse.known_entries(given)

    assert known == {"id of first", "id of second"}


def test_links_that_differ_in_tracking_alone_lead_to_one_page_asked_for_once(load, warehouse):
    entries = [
        an_item(
            number,
            title=f"Rain, {number}",
            url=f"{RAIN}?utm_source={number}",
            at=NOON + number * HOUR,
        )
        for number in (2, 1)
    ]
    load(listed(*entries))

    (item,) = warehouse.work_list(NOON, retry_failed=False)

    assert item.url == f"{RAIN}?utm_source=1"


def test_a_page_read_under_one_address_is_read_for_every_entry_that_leads_to_it(
    load, rows, warehouse
):
    entries = [an_item(number, url=f"{RAIN}?utm_source={number}") for number in (1, 2)]
    load(listed(*entries))

    load(page_read(f"{RAIN}?utm_source=1", at=NOON + HOUR, target=RAIN))

    assert rows("select distinct article_id from entries") == [("article-1",)]
    assert warehouse.work_list(NOON, retry_failed=False) == []


def test_an_item_published_again_under_its_guid_with_a_new_link_is_read_there(
    load, rows, warehouse
):
    load(listed(an_item("same")), page_read(RAIN, at=NOON + HOUR))

    load(listed(an_item("same", target=SNOW, at=NOON + 2 * HOUR), at=NOON + 2 * HOUR, number=2))

    assert [item.url for item in warehouse.work_list(NOON, retry_failed=False)] == [SNOW]
    assert rows("select article_id from articles") == [("article-1",)]
    load(page_read(SNOW, at=NOON + 3 * HOUR, article_id="article-2"))
    assert rows("select url, article_id from entries") == [(SNOW, "article-2")]


def test_a_session_in_the_query_of_a_link_does_not_make_the_page_new(load, warehouse):
    first = f"{RAIN}?session=1"
    load(listed(an_item("same", target=first)), page_read(first, at=NOON + HOUR))

    load(
        listed(
            an_item("same", target=f"{RAIN}?session=2", at=NOON + 2 * HOUR),
            at=NOON + 2 * HOUR,
            number=2,
        )
    )

    assert warehouse.work_list(NOON, retry_failed=False) == []


def test_an_item_that_its_feed_took_back_is_not_read(load, rows, warehouse):
    load(listed(an_item("gone"), an_item("kept", target=SNOW)))
    taken_back = Withdrawal(feed_id="feed-1", guid="gone", at=NOON + HOUR)

    load(a_harvest(batch_id="tombstone", withdrawals=(taken_back,)))

    assert [item.url for item in warehouse.work_list(NOON, retry_failed=False)] == [SNOW]
    assert rows("select guid, withdrawn_at from entries order by guid") == [
        ("gone", NOON + HOUR),
        ("kept", None),
    ]


def test_an_item_that_is_listed_again_is_not_taken_back_any_more(load, rows):
    taken_back = Withdrawal(feed_id="feed-1", guid="gone", at=NOON + HOUR)
    load(listed(an_item("gone")), a_harvest(batch_id="tombstone", withdrawals=(taken_back,)))

    load(listed(an_item("gone", at=NOON + 2 * HOUR), at=NOON + 2 * HOUR, number=2))

    assert rows("select withdrawn_at from entries") == [(None,)]


def test_all_that_a_feed_says_of_an_item_is_kept(load, rows):
    sound = Enclosure(url="https://gazette.example/a.mp3", media_type="audio/mpeg", size_bytes=9)
    load(
        listed(
            an_item(
                "one",
                authors=("Ada Holm", "Bo Lind"),
                categories=("Weather",),
                enclosures=(sound,),
                date_problem="'03/02/2026' is ambiguous",
            )
        )
    )

    (row,) = rows("select authors, categories, enclosures, date_problem from entries")

    assert row == (
        ["Ada Holm", "Bo Lind"],
        ["Weather"],
        [{"url": sound.url, "media_type": "audio/mpeg", "size_bytes": 9}],
        "'03/02/2026' is ambiguous",
    )


def test_guids_made_up_for_each_poll_are_seen_through_when_polls_are_loaded_together(load, rows):
    load(
        listed(an_item("first"), an_item("second", target=SNOW, title="Snow"), number=1),
        listed(
            an_item("third", at=NOON + HOUR),
            an_item("fourth", target=SNOW, title="Snow", at=NOON + HOUR),
            at=NOON + HOUR,
            number=2,
        ),
    )

    assert rows("select entry_id, guid from entries order by entry_id") == [
        ("id of first", "third"),
        ("id of second", "fourth"),
    ]


def test_a_page_set_aside_stays_so_under_another_tracking_parameter(load, warehouse):
    gone = a_failure(url=f"{RAIN}?utm_source=1", target=RAIN, reason="http_4xx", next_try_at=None)
    load(
        listed(an_item("one", url=f"{RAIN}?utm_source=1")),
        a_harvest(batch_id="gone", failures=(gone,)),
    )

    load(
        listed(
            an_item("two", title="Rain again", url=f"{RAIN}?utm_source=2", at=NOON + HOUR),
            at=NOON + HOUR,
            number=2,
        )
    )

    assert warehouse.work_list(NOON + HOUR, retry_failed=False) == []


def test_a_page_read_under_another_address_closes_its_failure(load, rows):
    failed = a_failure(url=f"{RAIN}?utm_source=1", target=RAIN)
    load(listed(an_item("one")), a_harvest(batch_id="failed", failures=(failed,)))

    load(page_read(f"{RAIN}?utm_source=2", at=NOON + HOUR, target=RAIN))

    assert rows("select closed_at is not null from failures") == [(True,)]


def test_the_work_list_can_be_cut_short(load, warehouse):
    load(listed(an_item("one"), an_item("two", target=SNOW, title="Snow")))

    first = warehouse.work_list(NOON, retry_failed=False, limit=1)
    rest = warehouse.work_list(NOON, retry_failed=False, but_not={first[0].target})

    assert [item.target for item in [*first, *rest]] == [RAIN, SNOW]
