"""A run that a person judged invalid is left out of figures, and nothing else."""

import shutil
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from extractors.errors import SettingsError
from extractors.records import Harvest
from extractors.versions import judge_change
from tests.builders import (
    NOON,
    a_document,
    a_feed,
    a_fetch,
    a_harvest,
    a_mention,
    a_poll,
    a_quote,
    a_reading,
    an_article,
    an_entity,
    an_entry,
)
from warehouse.door import Warehouse
from warehouse.reader import Reader
from warehouse.staging import stage

URL = "https://gazette.example/1"
#: The figures of an article, of which each view has some.
FIGURES = {
    "quotes_by_speaker_day": "select speaker, quotes, distinct_quotes from quotes_by_speaker_day",
    "speakers_by_outlet": "select speaker, quotes from speakers_by_outlet",
    "co_quoted": "select speaker, other_speaker, articles from co_quoted",
    "quote_sightings": "select article_id, text from quote_sightings",
    "edited_articles": "select versions, substantive_changes, first_title from edited_articles",
    "edited_quotes": "select version, edit, text_before, text from edited_quotes",
    "syndicated_stories": "select articles, outlet_names from syndicated_stories",
    "entity_days": "select name, mentions, articles from entity_days",
    "funnel_by_feed_day": "select entries, entries_read, quotes, distinct_quotes "
    "from funnel_by_feed_day",
    "latency_by_feed": "select entries_read, median_reading_s from latency_by_feed",
}


def a_sight(hour: int, answer: str, *, run_id: str, article: str = "1") -> Harvest:
    """A page of which Ada Holm and Bo Lind are quoted, read so many hours past noon by a run."""
    text = f'"I say {answer} and I say it to everybody," Ada Holm said. Bo Lind said he heard.'
    url = f"https://gazette.example/{article}"
    seen_at = NOON + timedelta(hours=hour)
    document = a_document(
        article=an_article(article_id=article, url=url, text=text, title=f"She says {answer}"),
        quotes=(
            a_quote(start=1, text=text[1:42], speaker="Ada Holm", speaker_id="ada"),
            a_quote(start=60, text="he heard", speaker="Bo Lind", speaker_id="bo", utterance=2),
        ),
        mentions=(a_mention(entity="ada", label="PERSON"),),
        entities=(
            an_entity(entity="ada", name="Ada Holm", label="PERSON"),
            an_entity(entity="bo", name="Bo Lind", label="PERSON"),
        ),
    )
    fetch_id = f"f{article}-{hour}"
    return replace(
        a_harvest(
            batch_id=fetch_id,
            made_at=seen_at,
            fetches=(a_fetch(fetch_id=fetch_id, url=url, final_url=url, started_at=seen_at),),
            readings=(a_reading(fetch_id=fetch_id, seen_at=seen_at, document=document),),
        ),
        run_id=run_id,
    )


def a_listing() -> Harvest:
    """The feed that lists the page, polled by the good run."""
    return a_harvest(
        batch_id="listing",
        feeds=(a_feed(last_polled_at=NOON, added_at=NOON),),
        polls=(a_poll(),),
        entries=(an_entry(entry_id="e1", url=URL),),
    )


@pytest.fixture
def judged(warehouse):
    """Start a run that is bad, and judge it; run-1 is good."""
    warehouse.start_run("bad", started_at=NOON, flow_run_id=None, extractor_version="x1")

    def judge(*, invalid: bool = True, note: str | None = None) -> None:
        warehouse.judge_run("bad", invalid=invalid, note=note)
        warehouse.publish()

    return judge


def figures(rows):
    return {view: sorted(rows(sql)) for view, sql in FIGURES.items()}


GOOD, BAD = "run-1", "bad"
#: Sights of a page in order, and those that tell the same without an invalid run.
COURSES = {
    "a later version": ([("no", GOOD), ("junk", BAD)], [0]),
    "the only version": ([("junk", BAD)], []),
    "the first version": ([("junk", BAD), ("no", GOOD)], [1]),
    "a version between two": ([("no", GOOD), ("junk", BAD), ("yes", GOOD)], [0, 2]),
    "a version between equal ones": ([("no", GOOD), ("junk", BAD), ("no", GOOD)], [0, 2]),
    "what a good run has seen too": ([("no", BAD), ("no", GOOD)], [1]),
    "a second sight": ([("no", GOOD), ("no", BAD)], [0]),
}


@pytest.mark.parametrize("course", COURSES)
def test_figures_are_those_without_the_requests_of_an_invalid_run(
    course, load, rows, judged, prepared_home, tmp_path
):
    sights, kept = COURSES[course]
    harvests = [a_sight(hour, text, run_id=run) for hour, (text, run) in enumerate(sights)]
    without = figures_without(prepared_home, tmp_path, [harvests[each] for each in kept])
    load(a_listing(), *harvests)

    judged()

    found = figures(rows)
    del found["edited_quotes"], without["edited_quotes"]  # numbers of versions stay: see below
    assert found == without


def figures_without(prepared_home, tmp_path, harvests):
    """Return the figures of a warehouse that has these harvests alone."""

    home = Path(shutil.copytree(prepared_home, tmp_path / "without"))
    warehouse = Warehouse(home, judge=judge_change)
    for harvest in (a_listing(), *harvests):
        stage(harvest, home / "staging")
    warehouse.load_staged()
    warehouse.publish()
    with Reader(home) as reader:
        return figures(lambda sql: list(reader.answer(sql, timeout_s=20).rows))


def test_an_edit_is_told_between_the_versions_that_count(load, rows, judged):
    load(
        *(
            a_sight(at, text, run_id=run)
            for at, (text, run) in enumerate(COURSES["a version between two"][0])
        )
    )

    judged()

    assert rows("select version, edit from edited_quotes") == [(3, "altered")]


def test_tables_and_their_current_rows_keep_what_an_invalid_run_has_seen(load, rows, judged):
    load(a_sight(0, "no", run_id=GOOD), a_sight(1, "junk", run_id=BAD))
    asked = "select version, title from articles", "select text from quotes order by all"
    before = [rows(sql) for sql in asked]

    judged()

    assert [rows(sql) for sql in asked] == before
    assert before[0] == [(2, "She says junk")]


def test_polls_of_an_invalid_run_are_not_counted(load, rows, judged):
    listing = a_listing()
    load(listing, replace(listing, batch_id="again", run_id=BAD, polls=(a_poll(poll_id="p2"),)))
    before = rows("select polls from feed_health")

    judged()

    assert (before, rows("select polls from feed_health")) == ([(2,)], [(1,)])


def test_a_run_judged_valid_again_counts_and_keeps_the_note(load, rows, judged):
    load(a_sight(0, "no", run_id=BAD))
    judged(note="old pages")

    judged(invalid=False)

    assert rows("select count(*) from quotes_by_speaker_day") == [(2,)]
    assert rows("select invalid, note from runs where run_id = 'bad'") == [(False, "old pages")]


def test_a_run_that_is_not_there_cannot_be_judged(warehouse):
    with pytest.raises(SettingsError, match="no run nobody"):
        warehouse.judge_run("nobody", invalid=True, note=None)
