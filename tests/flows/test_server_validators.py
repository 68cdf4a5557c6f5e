"""Servers that tell what has changed, in every spelling, and some that get it wrong."""

import gzip
from dataclasses import replace

import pytest

from tests.fakes import Reply, ScriptedSite, in_turn
from tests.press import (
    an_item,
    conditional,
    entries_of,
    feed_of,
    ingest,
    poll_of,
    rows,
    rss,
    set_up,
)

NEWS = rss(an_item(guid="a", title="Rain"))
MORE = rss(an_item(guid="a", title="Rain"), an_item(guid="b", title="Budget"))
#: A server sends these headers, and answers 304 to whoever sends back the very same.
VALIDATORS = {
    "strong": {"ETag": '"abc"'},
    "weak": {"ETag": 'W/"abc"'},
    "without quotes": {"ETag": "abc"},
    "with one quote": {"ETag": '"abc'},
    "with blanks": {"ETag": '"a  b c"'},
    "with a comma": {"ETag": '"a", "b"'},
    "of nothing": {"ETag": '""'},
    "with odd characters": {"ETag": '"{a}:b/c=?\'&<d>\\"'},
    "not ASCII": {"ETag": '"caf\xc3\xa9"'},
    "weak, small": {"ETag": 'w/"abc"'},
    "a date": {"Last-Modified": "Tue, 03 Mar 2026 07:00:00 GMT"},
    "a date of another zone": {"Last-Modified": "Tue, 03 Mar 2026 09:00:00 +0200"},
    "no date": {"Last-Modified": "yesterday-ish"},
    "both": {"ETag": '"abc"', "Last-Modified": "Tue, 03 Mar 2026 07:00:00 GMT"},
}
_ECHOED_AS = {"ETag": "if-none-match", "Last-Modified": "if-modified-since"}
#: After this many answers of 304 in a row one is no longer believed.
MOST_BELIEVED = 8
TABLES = ("entries", "fetches", "articles", "article_versions", "quotes", "mentions", "failures")


def validating(headers):
    def answer(seen):
        is_same = all(
            seen.headers.get(_ECHOED_AS[name]) == value for name, value in headers.items()
        )
        return Reply(status=304, headers=headers) if is_same else replace(NEWS, headers=headers)

    return answer


def lying_since(number):
    """Return a route that says from the request of that number on that nothing has changed."""

    def answer(seen):
        asked.append(seen)
        body = NEWS if len(asked) < number else MORE
        is_believed = "if-none-match" in seen.headers
        return Reply(status=304) if is_believed else replace(body, headers={"ETag": '"same"'})

    asked = []
    return answer


@pytest.fixture(scope="module")
def site():
    with ScriptedSite() as site:
        site.routes |= {f"/{name}": validating(VALIDATORS[each]) for each, name in PATHS.items()}
        site.routes |= {
            "/silent": NEWS,
            "/packed": in_turn(
                replace(NEWS, body=gzip.compress(NEWS.body), headers={"Content-Encoding": "gzip"}),
                NEWS,
            ),
            "/edited": in_turn(
                replace(NEWS, headers={"ETag": '"1"'}),
                replace(MORE, headers={"ETag": '"2"'}),
                conditional(replace(MORE, headers={"ETag": '"2"'})),
            ),
            "/forgetful": in_turn(replace(NEWS, headers={"ETag": '"1"'}), MORE),
            "/detour": Reply(status=302, headers={"Location": "/behind"}),
            "/behind": conditional(replace(NEWS, headers={"ETag": '"1"'})),
            "/mended": in_turn(
                Reply(body=b"<p>Back soon.</p>", headers={"ETag": '"1"'}),
                conditional(replace(NEWS, headers={"ETag": '"1"'})),
            ),
            "/rude": Reply(status=304),
            "/lying": lying_since(2),
        }
        yield site


PATHS = {name: f"validator-{number}" for number, name in enumerate(VALIDATORS)}


@pytest.fixture(scope="module")
def home(tmp_path_factory, site, model):
    """A home that has polled every feed of the site twice."""
    feeds = [site.url(path) for path in site.routes if path not in ("/robots.txt", "/behind")]
    home = set_up(tmp_path_factory.mktemp("validators"), *feeds, site=site, model=model)
    ingest(home)
    ingest(home)
    return home


@pytest.mark.parametrize("name", VALIDATORS)
def test_a_validator_goes_back_as_it_came_and_its_304_means_unchanged(home, site, name):
    path = f"/{PATHS[name]}"

    first, second = site.asked(path)[:2]

    assert not {"if-none-match", "if-modified-since"} & first.headers.keys()
    assert {echo: second.headers.get(echo) for echo in _ECHOED_AS.values()} == {
        echo: VALIDATORS[name].get(validator) for validator, echo in _ECHOED_AS.items()
    }
    poll = poll_of(home, site.url(path), 1)
    assert (poll["status"], poll["http_status"]) == ("unchanged", 304)
    assert (poll["bytes"], poll["entries_new"], poll["error"]) == (0, 0, None)
    kept = feed_of(home, site.url(path))
    assert kept["etag"] == VALIDATORS[name].get("ETag")
    assert kept["last_modified"] == VALIDATORS[name].get("Last-Modified")


@pytest.mark.parametrize("path", ["/silent", "/packed"])
def test_the_same_body_is_unchanged_however_it_is_sent(home, site, path):
    statuses = [poll_of(home, site.url(path), number)["status"] for number in (0, 1)]

    assert statuses == ["new", "unchanged"]
    assert poll_of(home, site.url(path), 1)["http_status"] == 200


def test_an_edited_feed_brings_its_new_validator(home, site):
    assert poll_of(home, site.url("/edited"), 1)["status"] == "new"
    assert poll_of(home, site.url("/edited"), 1)["entries_new"] == 1
    assert feed_of(home, site.url("/edited"))["etag"] == '"2"'


def test_a_validator_that_a_server_no_longer_sends_is_forgotten(home, site):
    assert feed_of(home, site.url("/forgetful"))["etag"] is None


def test_a_304_from_behind_a_redirect_counts(home, site):
    poll = poll_of(home, site.url("/detour"), 1)

    assert (poll["status"], poll["http_status"]) == ("unchanged", 304)


def test_what_could_not_be_read_leaves_no_validator_that_hides_what_comes_next(home, site):
    assert poll_of(home, site.url("/mended"), 0)["status"] == "failed"
    assert poll_of(home, site.url("/mended"), 1)["status"] == "new"
    assert [entry["guid"] for entry in entries_of(home, site.url("/mended"))] == ["a"]


def test_a_304_to_whoever_has_nothing_is_a_failure(home, site):
    assert [poll_of(home, site.url("/rude"), number)["status"] for number in (0, 1)] == [
        "failed",
        "failed",
    ]


def test_of_an_unchanged_feed_nothing_is_written_but_its_poll_and_its_own_row(home, site):
    feed = ["--feed", site.url("/silent"), "--feed", site.url(f"/{PATHS['strong']}")]
    before = {table: rows(home, f"from {table} order by all") for table in TABLES}
    polls = len(rows(home, "from polls"))
    archived = sum(path.stat().st_size for path in home.glob("archive/*.warc.gz"))

    said = ingest(home, *feed)

    assert (said.code, said.json["entries_new"]) == (0, 0)
    assert {table: rows(home, f"from {table} order by all") for table in TABLES} == before
    assert len(rows(home, "from polls")) == polls + 2
    assert sum(path.stat().st_size for path in home.glob("archive/*.warc.gz")) == archived


def test_after_some_304s_in_a_row_a_feed_is_asked_for_in_full(home, site):
    feed = ["--feed", site.url("/lying")]

    for _ in range(MOST_BELIEVED):
        ingest(home, *feed)

    conditions = ["if-none-match" in seen.headers for seen in site.asked("/lying")]
    assert conditions[: MOST_BELIEVED + 2] == [False, *[True] * MOST_BELIEVED, False]
    assert [entry["guid"] for entry in entries_of(home, site.url("/lying"))] == ["b", "a"]
