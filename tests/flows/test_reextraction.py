"""What older extractors have read is read again from the archive, and nothing is asked for."""

import shutil
from pathlib import Path

import duckdb
import pytest
import spacy

from flows.home import Home
from flows.hosting import Host, Stand
from flows.locks import held_alone
from flows.reextraction import Manner, Rereading
from flows.reextraction import reextract as read_again
from flows.settings import load_settings
from tests.fakes import ScriptedSite
from tests.press import BUDGET, RAIN, a_feed_of, a_page, column, ingest, onrecord, rows, set_up

#: The stages' findings, as an older extractor of each has left them.
FOUND = """
    select article_id, title, text, version, change, text_source, extractor_version,
        (select count(*) from quote_versions q where q.article_id = v.article_id) as quotes,
        (select count(*) from mention_versions m where m.article_id = v.article_id) as mentions
    from article_versions v
    order by article_id, version
"""
BY = "select distinct extractor_version from {} order by 1"


@pytest.fixture(scope="module")
def site():
    with ScriptedSite() as site:
        yield site


@pytest.fixture(scope="module")
def better_model(tmp_path_factory, model) -> Path:
    """The model's next version."""
    nlp = spacy.load(model)
    nlp.meta["version"] = "2.0"
    folder = tmp_path_factory.mktemp("models") / "better"
    nlp.to_disk(folder)
    return folder


@pytest.fixture(scope="module")
def read_home(tmp_path_factory, site, model) -> Path:
    """A home with two articles, `/rain` and `/budget`, each from a run of its own."""
    site.routes |= {
        "/feed": a_feed_of([site.url("/rain")]),
        "/rain": a_page("Rain closes the harbour", RAIN),
        "/budget": a_page("Council adopts its budget", BUDGET),
    }
    folder = tmp_path_factory.mktemp("read")
    home = set_up(folder / "home", site.url("/feed"), site=site, model=model)
    assert ingest(home).code == 0
    assert onrecord("add", site.url("/budget"), "--home", home).code == 0
    return home


@pytest.fixture
def home(tmp_path, site, read_home) -> Path:
    site.seen.clear()
    return Path(shutil.copytree(read_home, tmp_path / "home"))


@pytest.fixture
def outdated(home, model, better_model) -> Path:
    """A home whose settings name a better model than the one that has read its pages."""
    settings = home / "onrecord.toml"
    settings.write_text(settings.read_text().replace(str(model), str(better_model)))
    return home


def reextract(home, *words):
    return onrecord("reextract", "--home", home, "--json", *words)


def test_todays_extractors_replace_what_older_ones_found_and_ask_nobody(outdated, site):
    said = reextract(outdated)

    assert (said.code, said.json["outcome"]) == (0, "done")
    assert said.json["quotes"] > 0
    assert site.seen == []
    assert column(outdated, "select version from article_versions") == [1, 1]
    for relation in ("articles", "quotes", "mentions"):
        [by] = column(outdated, BY.format(relation))
        assert "en_light-2.0" in by


def test_whoever_looks_on_is_told_how_far_it_has_come(outdated):
    stands: list[Stand] = []
    manner = Manner(host=Host(watch=stands.append))

    read_again(Home(outdated), load_settings(outdated, {}), Rereading(), manner)

    [stand] = stands
    assert stand.told == "2 pages read"
    assert 0 < stand.share <= 1


def test_what_todays_extractors_have_read_costs_nothing(outdated):
    reextract(outdated)
    found = rows(outdated, FOUND)

    again = reextract(outdated)

    assert (again.code, again.json["quotes"], again.json["mentions"]) == (0, 0, 0)
    assert rows(outdated, FOUND) == found


def test_a_page_that_is_no_longer_archived_stays_as_it_is(outdated):
    [file] = column(outdated, "select archive_file from fetches where url like '%/budget'")
    (outdated / "archive" / file).unlink()

    said = reextract(outdated)

    assert (said.code, said.json["outcome"]) == (0, "done")
    assert "pages left as they were: 1;" in said.json["note"]
    assert said.json["note"] in said.err
    kept = "select extractor_version like '%en_light-1.0%' from articles where url like '%/budget'"
    assert column(outdated, kept) == [True]


@pytest.mark.parametrize(
    ("stage", "texts"),
    [("text", "today's"), ("quotes", "older"), ("entities", "older"), (None, "today's")],
)
def test_only_the_stage_of_texts_changes_a_text(outdated, stage, texts):
    make_older(outdated, "/rain", text="An older text of a page about rain.")

    said = reextract(outdated, *(("--stage", stage) if stage else ()))

    [text] = column(outdated, "select text from articles where url like '%/rain'")
    assert said.code == 0
    assert text.startswith("An older text" if texts == "older" else "Heavy rain")
    assert ("left as they were" in (said.json["note"] or "")) == (texts == "older")
    [is_new] = column(
        outdated, "select extractor_version like '%2.0%' from articles where url like '%/budget'"
    )
    assert is_new == (stage != "text")


def test_only_articles_seen_since_are_looked_at(outdated):
    with duckdb.connect(str(outdated / "warehouse.duckdb")) as db:
        db.execute("update article_heads set last_seen_at = '2026-01-01' where url like '%/rain'")

    reextract(outdated, "--since", "2026-01-02")

    seen = "select url[-5:] from articles where extractor_version like '%2.0%'"
    assert column(outdated, seen) == ["udget"]


def test_it_leaves_while_a_pass_is_running(outdated):
    with held_alone(Home(outdated).run_lock, "busy", wait_s=None):
        said, waited = reextract(outdated), reextract(outdated, "--wait", 0.1)

    assert (said.code, waited.code) == (0, 1)
    assert said.json == {"active": "busy"}


def make_older(home: Path, path: str, *, text: str) -> None:
    """Have the extractor of texts before today's have read `text` from a page."""
    older = "regexp_replace(extractor_version, 'text[0-9]+', 'text0')"
    with duckdb.connect(str(home / "warehouse.duckdb")) as db:
        [(fetch_id,)] = db.execute(
            "select fetch_id from fetches where text_hash is not null and ends_with(url, $path)",
            {"path": path},
        ).fetchall()
        db.execute(
            f"update fetches set text_hash = 'older', extractor_version = {older}"
            " where fetch_id = $id",
            {"id": fetch_id},
        )
        db.execute(
            f"update article_versions set text_hash = 'older', text = $text,"
            f" extractor_version = {older} where fetch_id = $id",
            {"id": fetch_id, "text": text},
        )
