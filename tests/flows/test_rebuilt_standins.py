"""Texts that feeds gave for pages that could not be had: a rebuild has those that were taken."""

import shutil
from pathlib import Path

import duckdb
import pytest

from tests.fakes import Reply, ScriptedSite
from tests.press import BUDGET, RAIN, STREIK, ingest, onrecord, rows, rss, set_up
from tests.rebuilt import DIVIDED, KEPT, NOT_A_PAGE, SETTLED, a_full_item, kept_by

EXACT = KEPT | {
    "articles": "select * exclude (first_seen_at, last_seen_at) from articles",
    "article_versions": "from article_versions",
}


@pytest.fixture(scope="module")
def lived(tmp_path_factory, model) -> Path:
    """A home that took some texts from its feed, and others not."""
    with ScriptedSite() as site:
        home = set_up(
            tmp_path_factory.mktemp("lived") / "home", site.url("/feed"), site=site, model=model
        )
        live_through(home, site)
    return home


def live_through(home: Path, site: ScriptedSite) -> None:
    site.routes |= {
        "/failing": Reply(status=500),
        "/walled": NOT_A_PAGE,
        "/late": Reply(status=500),
        "/put-off": Reply(status=429, headers={"Retry-After": "7200"}),
        "/feed": rss(
            a_full_item(site.url("/failing"), *DIVIDED, guid="f", title="Works to shut"),
            a_full_item(site.url("/walled"), *BUDGET, guid="w", title="Budget"),
        ),
    }
    assert ingest(home).code == 0
    site.routes["/walled"] = Reply(status=500)
    site.routes["/feed"] = rss(
        a_full_item(site.url("/failing"), *SETTLED, guid="f", title="Works may stay"),
        a_full_item(site.url("/late"), *STREIK, guid="l", title="Streik"),
    )
    poll_again(home)
    assert onrecord("ingest", "--retry-failed", "--home", home).code == 0
    site.routes["/feed"] = rss(
        a_full_item(site.url("/failing"), *DIVIDED, guid="f", title="Works to shut"),
        a_full_item(site.url("/put-off"), *RAIN, guid="p", title="Rain"),
        a_full_item(site.url("/unasked"), *RAIN, guid="u", title="More rain"),
    )
    poll_again(home)


def poll_again(home: Path) -> None:
    """Poll the feed, and ask for one page at most."""
    with duckdb.connect(str(home / "warehouse.duckdb")) as db:
        db.execute("update feeds set next_poll_at = now()")
    assert onrecord("ingest", "--limit", 1, "--home", home).code == 0


@pytest.fixture(scope="module")
def before_and_after(tmp_path_factory, lived):
    home = Path(shutil.copytree(lived, tmp_path_factory.mktemp("rebuilt") / "home"))
    before = kept_by(home, EXACT)
    assert onrecord("reextract", "--rebuild", "--home", home).code == 0
    return before, kept_by(home, EXACT)


@pytest.mark.parametrize("relation", EXACT)
def test_a_rebuild_gives_back(before_and_after, relation):
    before, after = before_and_after

    assert after[relation] == before[relation]


def test_only_the_texts_of_pages_that_were_asked_for_in_vain_were_taken(lived):
    taken = "select title, version from article_versions order by all"

    assert [list(row.values()) for row in rows(lived, taken)] == [
        ["Budget", 1],
        ["Streik", 1],
        ["Works may stay", 2],
        ["Works to shut", 1],
    ]
