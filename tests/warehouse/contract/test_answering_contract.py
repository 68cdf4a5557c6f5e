"""What whoever answers is asked to do: from one published state, reading and nothing else."""

from datetime import timedelta

import pytest

from extractors.errors import QueryError, SettingsError
from tests.builders import NOON, a_document, a_fetch, a_harvest, a_reading, an_article

DAY = timedelta(days=1)
TEXTS = "select text from articles"


def seen(fetch_id, text, at):
    article = an_article(text=text)
    return a_harvest(
        batch_id=fetch_id,
        made_at=at,
        fetches=(a_fetch(fetch_id=fetch_id, url=article.url, started_at=at),),
        readings=(a_reading(fetch_id=fetch_id, seen_at=at, document=a_document(article=article)),),
    )


@pytest.fixture
def edited(engine):
    """A warehouse with an article that was rewritten a day later."""
    engine.load(seen("f1", "Rain fell on Oslo.", NOON))
    engine.load(seen("f2", "Snow fell on Bergen and stayed.", NOON + DAY))
    return engine


def test_what_is_loaded_shows_once_it_is_published(engine):
    engine.load()
    engine.stage(seen("f1", "Rain fell on Oslo.", NOON))
    engine.loader().load_staged()
    before = engine.rows(TEXTS)

    engine.loader().publish()

    assert (before, engine.rows(TEXTS)) == ([], [("Rain fell on Oslo.",)])


def test_an_open_reader_keeps_its_state_whatever_is_published(engine):
    engine.load(seen("f1", "Rain fell on Oslo.", NOON))
    reader = engine.reader()
    engine.load(seen("f2", "Snow fell on Bergen and stayed.", NOON + DAY))

    kept = reader.answer(TEXTS, timeout_s=20).rows
    reader.close()

    assert (kept, engine.rows(TEXTS)) == (
        (("Rain fell on Oslo.",),),
        [("Snow fell on Bergen and stayed.",)],
    )


@pytest.mark.parametrize(
    ("days", "texts"),
    [
        (-1, []),
        (0, [("Rain fell on Oslo.",)]),
        (1, [("Snow fell on Bergen and stayed.",)]),
    ],
    ids=["before", "between", "after"],
)
def test_as_of_a_time_the_texts_of_that_time_are_current(edited, days, texts):
    assert edited.rows(TEXTS, as_of=NOON + days * DAY) == texts


def test_values_are_parameters(edited):
    found = edited.rows("select count(*) from articles where text = $text", text="x' or 'x' = 'x")

    assert found == [(0,)]


def test_times_come_in_utc(edited):
    [(seen_at,)] = edited.rows("select seen_at from article_versions where version = 1")

    assert (seen_at, seen_at.utcoffset()) == (NOON, timedelta())


@pytest.mark.parametrize(
    "sql",
    [
        "delete from articles",
        "create table x as select 1",
        "select 1; select 2",
        "select * from '/etc/hostname'",
        "selekt 1",
    ],
)
def test_what_does_more_than_read_is_refused(edited, sql):
    reader = edited.reader()

    with pytest.raises(QueryError):
        reader.answer(sql, timeout_s=20)

    reader.close()


def test_a_question_that_takes_too_long_is_given_up(edited):
    reader = edited.reader()
    endless = "select count(*) from range(1000000) a, range(1000000) b, range(1000000) c"

    with pytest.raises(QueryError, match="no answer within"):
        reader.answer(endless, timeout_s=0.2)

    reader.close()


def test_saved_questions_are_asked_by_name(edited):
    reader = edited.reader()

    found = reader.ask("edited_articles", timeout_s=20)

    assert len(found.rows) == 1
    with pytest.raises(SettingsError, match="no saved question"):
        reader.ask("nobody_saved_this", timeout_s=20)
    reader.close()
