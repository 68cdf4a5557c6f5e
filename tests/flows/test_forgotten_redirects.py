"""A forgotten article is asked for by none of its addresses, wherever redirects lead."""

from pathlib import Path

import pytest

from tests.fakes import Reply, ScriptedSite
from tests.press import RAIN, a_page, an_item, column, ingest, onrecord, rss, set_up

WAITING = "select url from waiting_pages"
TITLES = "select title from entries order by title"


@pytest.fixture
def site():
    with ScriptedSite() as site:
        site.routes |= {
            "/story": a_page("Rain closes the harbour", RAIN),
            "/short": Reply(status=302, headers={"Location": site.url("/story")}),
            "/feed": rss(an_item(site.url("/story"), guid="s", title="Rain")),
        }
        yield site


@pytest.fixture
def home(tmp_path, site, model) -> Path:
    return set_up(tmp_path / "home", site.url("/feed"), site=site, model=model)


def test_what_leads_to_it_leaves_the_work_list_and_is_not_followed(home, site):
    ingest(home)
    onrecord("forget", site.url("/story"), "--home", home)
    site.routes["/feed"] = rss(an_item(site.url("/short"), guid="x", title="Rain again"))
    site.seen.clear()

    passes = [ingest(home), ingest(home)]

    assert [each.code for each in passes] == [0, 0]
    assert (site.count("/short"), site.count("/story")) == (1, 0)
    assert column(home, WAITING) == []
    assert column(home, TITLES) == []


@pytest.mark.parametrize(
    ("forgotten", "other"), [("/short", "/story"), ("/story", "/short")], ids=lambda path: path[1:]
)
def test_forgetting_one_end_of_a_redirect_that_failed_forgets_the_other(
    home, site, forgotten, other
):
    site.routes["/feed"] = rss(
        an_item(site.url("/story"), guid="s", title="Rain"),
        an_item(site.url("/short"), guid="x", title="Rain, in short"),
    )
    site.routes["/story"] = Reply(status=500)
    ingest(home)
    site.routes["/story"] = a_page("Rain closes the harbour", RAIN)

    said = onrecord("forget", site.url(forgotten), "--home", home)
    site.seen.clear()
    ingest(home)

    assert said.code == 0
    assert site.count(other) == 0
    assert column(home, WAITING) == []


def test_a_page_to_which_others_are_sent_too_is_not_forgotten_with_one_of_them(home, site):
    site.routes["/login"] = Reply(status=403)
    for path in ("/story", "/short"):
        site.routes[path] = Reply(status=302, headers={"Location": site.url("/login")})
    site.routes["/feed"] = rss(
        an_item(site.url("/story"), guid="s", title="Rain"),
        an_item(site.url("/short"), guid="x", title="Other"),
    )
    ingest(home)

    onrecord("forget", site.url("/story"), "--home", home)
    site.routes["/short"] = a_page("Rain closes the harbour", RAIN)
    ingest(home)

    assert column(home, TITLES) == ["Other"]
    assert column(home, "select count(*) from articles") == [1]
