"""What is asked to poll a feed, and how the answers of its parts come together."""

from dataclasses import replace
from datetime import timedelta

import pytest

from extractors.feeds import FeedContent
from extractors.records import FeedPart
from flows.archive import ArchiveRef
from flows.assembly import Assembly
from flows.exchange import Approach, Attempt, DeferredError, Request, RequestError, Response
from flows.harvesting import harvest_of
from flows.jobs import Trouble
from flows.polling import Asked, Question, parts_of
from flows.subscriptions import Subscription
from tests.builders import NOON, a_feed, a_harvest, an_entry

FEED = "https://gazette.example/index.xml"
ONE, TWO = "https://gazette.example/1.xml", "https://gazette.example/2.xml"
KEY = Approach(headers={"Authorization": "key"}, verify_tls=False)


def a_question(**fields):
    given = {"feed": a_feed(url=FEED), "subscription": Subscription(url=FEED, approach=KEY)}
    return Question(**given | fields)


def a_content(*entries, parts=(), **fields):
    return FeedContent(title="Gazette", link=None, entries=entries, ttl_s=0, parts=parts, **fields)


def answered(question, content=None, *, status=200, headers=()):
    """What came of `question`: a body if there is content or trouble, else nothing new."""
    response = Response(
        fetch_id=f"poll of {question.url}",
        request=Request(url=question.url, kind="feed"),
        final_url=question.url,
        started_at=NOON,
        duration_ms=5,
        http_status=status,
        reason_phrase="",
        headers=headers,
        raw=b"",
        body=b"",
    )
    return Asked(
        question=question,
        answer=response,
        attempt=an_attempt(question, status),
        body_hash="new",
        archived=ArchiveRef(file="f", offset=0) if content else None,
        content=content,
    )


def an_attempt(question, status):
    return Attempt(
        fetch_id=f"poll of {question.url}",
        started_at=NOON,
        duration_ms=5,
        final_url=question.url,
        http_status=status,
        received_bytes=9,
    )


def refused(question, error):
    return Asked(question=question, answer=error, attempt=an_attempt(question, None))


def harvested(*answers, known=()):
    polled, missing = Assembly().take(answers)
    assert missing == []
    return harvest_of(polled, known, batch=a_harvest())


def index(*urls, held=()):
    """An index that lists `urls`, read; and the questions for them."""
    feed = a_feed(url=FEED, parts=held)
    asked = answered(a_question(feed=feed), a_content(parts=urls))
    return asked, parts_of(asked)


@pytest.mark.parametrize(
    ("fields", "has_key", "verify_tls"),
    [
        pytest.param({}, True, False, id="the feed"),
        pytest.param({"part": FeedPart(url=ONE)}, True, False, id="a part beside it"),
        pytest.param(
            {"part": FeedPart(url="https://maps.gazette.example/1.xml")},
            False,
            False,
            id="a part on another host of the site",
        ),
        pytest.param(
            {"feed": a_feed(url="https://evil.example/feed")}, False, True, id="a feed that moved"
        ),
    ],
)
def test_a_key_goes_to_the_server_it_was_given_for_alone(fields, has_key, verify_tls):
    approach = a_question(**fields).request.approach

    assert (bool(approach.headers), approach.verify_tls) == (has_key, verify_tls)


@pytest.mark.parametrize(
    ("feed", "etag"),
    [(a_feed(etag='"v"'), '"v"'), (a_feed(etag='"v"', not_modified_in_a_row=8), None)],
    ids=["mostly", "after eight answers of 304"],
)
def test_validators_are_sent_but_now_and_then(feed, etag):
    assert a_question(feed=feed).request.etag == etag


def test_an_index_leads_to_the_parts_it_lists_with_what_is_known_of_them():
    held = FeedPart(url=ONE, etag='"1"')

    _, questions = index(ONE, TWO, held=(held,))

    assert [each.part for each in questions] == [held, FeedPart(url=TWO)]


def test_an_index_that_did_not_change_leads_to_the_parts_it_listed_before():
    feed = a_feed(url=FEED, parts=(FeedPart(url=ONE),))

    questions = parts_of(answered(a_question(feed=feed), status=304))

    assert [each.url for each in questions] == [ONE]


def test_an_index_in_an_index_leads_no_further():
    _, (part,) = index(ONE)

    assert parts_of(answered(part, a_content(parts=(TWO,)))) == []


def test_a_feed_is_whole_when_its_last_part_has_come():
    asked, questions = index(ONE, TWO)
    first, second = (answered(each, a_content(an_entry())) for each in questions)
    assembly = Assembly()

    steps = [assembly.take(answers) for answers in ([asked], [second], [first])]

    assert [len(whole) for whole, _ in steps] == [0, 0, 1]
    assert steps[0][1] == questions
    assert steps[2][0][0].all == (asked, second, first)


def test_what_the_parts_list_is_harvested_with_their_feed():
    asked, (one, two) = index(ONE, TWO)
    answers = [
        asked,
        answered(one, a_content(an_entry(entry_id="e1")), headers=(("ETag", '"new"'),)),
        refused(two, RequestError(TWO, "timeout", "too slow")),
    ]
    assembly = Assembly()
    polled = [each for answer in answers for each in assembly.take([answer])[0]]

    harvest = harvest_of(polled, known=(), batch=a_harvest())

    (feed,) = harvest.feeds
    assert [entry.entry_id for entry in harvest.entries] == ["e1"]
    assert [(poll.url, poll.status) for poll in harvest.polls] == [
        (FEED, "new"),
        (ONE, "new"),
        (TWO, "failed"),
    ]
    assert [(failure.url, failure.reason) for failure in harvest.failures] == [(TWO, "timeout")]
    assert feed.parts == (FeedPart(url=ONE, etag='"new"', body_hash="new"), FeedPart(url=TWO))
    assert feed.failures_in_a_row == 0


def test_a_feed_that_breaks_off_is_asked_for_in_full_next_time():
    torn = a_content(an_entry(), is_whole=False)

    harvest = harvested(answered(a_question(), torn, headers=(("ETag", '"half"'),)))

    (feed,) = harvest.feeds
    assert (feed.etag, feed.body_hash, len(harvest.entries)) == (None, "new", 1)


def test_a_feed_that_cannot_be_read_keeps_the_validators_of_the_last_good_one():
    question = a_question(feed=a_feed(url=FEED, etag='"good"', body_hash="good"))
    trouble = Trouble(reason="not_feed", detail="a web page")

    harvest = harvested(answered(question, trouble, headers=(("ETag", '"bad"'),)))

    (feed,), (poll,), (failure,) = harvest.feeds, harvest.polls, harvest.failures
    assert (feed.etag, feed.body_hash, feed.failures_in_a_row) == ('"good"', "good", 1)
    assert (poll.status, poll.archive_file) == ("failed", "f")
    assert failure.detail.startswith("a web page. ")
    assert failure.next_try_at == feed.next_poll_at


@pytest.mark.parametrize("was_asked", [True, False])
def test_a_feed_that_was_put_off_has_not_failed(was_asked):
    question = a_question()
    attempt = an_attempt(question, 503) if was_asked else None
    until = NOON + timedelta(hours=3)

    harvest = harvested(refused(question, DeferredError(FEED, "later", until, attempt)))

    (feed,) = harvest.feeds
    assert (feed.failures_in_a_row, feed.not_before, harvest.failures) == (0, until, ())
    assert [poll.status for poll in harvest.polls] == (["deferred"] if was_asked else [])


def test_known_entries_do_not_count_as_news():
    entries = [an_entry(entry_id=f"e{n}", published=None) for n in range(4)]
    question = a_question(feed=replace(a_feed(url=FEED), last_polled_at=NOON - timedelta(hours=1)))

    busy = harvested(answered(question, a_content(*entries)))
    quiet = harvested(answered(question, a_content(*entries)), known={"e0", "e1", "e2", "e3"})

    assert sum(busy.feeds[0].hourly_rates) > sum(quiet.feeds[0].hourly_rates)
