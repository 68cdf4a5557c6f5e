"""What the scripts of a page hold about its article, where nothing else on it does."""

import json
from datetime import UTC, datetime
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.pages.htmltree import tree_from
from extractors.pages.metadata import Metadata, metadata_of
from extractors.pages.scripts import claims_in_scripts
from tests.extractors.bridge_pages import TITLE

OTHER = "Westmere sells its ferry after forty years"
TIME = "2026-03-02T08:00:00+01:00"
NOW = datetime(2026, 3, 9, tzinfo=UTC)
#: Only what is worse than linear passes this.
MAX_CPU_S = 10


def metadata(*scripts: str, body: str = "") -> Metadata:
    inside = "".join(f"<script>{script}</script>" for script in scripts)
    tree = tree_from(f"<title>{TITLE}</title>{inside}<h1>{TITLE}</h1>{body}<p>The council met.</p>")
    assert tree is not None
    return metadata_of(tree, url="https://gazette.example/news/bridge", now=NOW)


def story(title: str = TITLE, **fields: object) -> dict[str, object]:
    return {"title": title} | fields


SPELT = {
    "state": json.dumps({"article": story(datePublished=TIME)}),
    "camel": json.dumps(story(firstPublicationDate=TIME)),
    "snake": json.dumps(story(first_published_at=TIME)),
    "in an object": json.dumps(story(publicationDate={"utc": TIME})),
    "epoch": json.dumps(story(webPublicationDate=1772434800000)),
    "script": f"dataLayer.push({{'title': '{TITLE}', 'pub_date': '{TIME}'}})",
    "string in a string": f"self.push([1,{json.dumps(json.dumps(story(published=TIME)))}])",
    "without the headline": f"var pubdate = '{TIME}';",
}


@pytest.mark.parametrize("script", SPELT.values(), ids=SPELT.keys())
def test_a_time_that_only_a_script_holds_is_found(script):
    published = metadata(script).published

    assert published
    assert published.at == datetime(2026, 3, 2, 7, tzinfo=UTC)


def test_of_several_articles_the_one_with_the_headline_counts():
    stories = [
        story(OTHER, publishedAt="2026-01-05T10:00:00Z", authors=["Cy Roe"], teaser="x" * 500),
        story(publishedAt=TIME, authors=[{"name": "Ada Lind"}, {"name": "Bo Ek"}]),
    ]

    found = metadata(json.dumps({"stories": stories}))

    assert found.authors == ("Ada Lind", "Bo Ek")
    assert found.published
    assert found.published.at.day == 2


def test_scripts_of_two_minds_without_the_headline_say_nothing():
    stories = [
        story(OTHER, publishedAt="2026-01-05T10:00:00Z", author="Cy Roe"),
        story("More", publishedAt=TIME, author="Ada Lind"),
    ]

    found = metadata(json.dumps(stories))

    assert (found.published, found.authors) == (None, ())


def test_a_script_sharpens_the_day_that_is_shown_and_no_other():
    day = "<p class=date>2 March 2026</p>"

    same = metadata(json.dumps(story(published=TIME)), body=day).published
    other = metadata(json.dumps(story(published="2026-02-20T10:00:00Z")), body=day).published

    assert same
    assert other
    assert same.at == datetime(2026, 3, 2, 7, tzinfo=UTC)
    assert (other.at, other.precision) == (datetime(2026, 3, 2, tzinfo=UTC), "day")


NOT_THE_ARTICLES = {
    "time of a change": {"lastPublishedAt": TIME},
    "time of an update": {"updated_published": TIME},
    "publisher": {"publisher": "2026-03-02 08:00"},
    "no time": {"published": "the day before yesterday"},
    "no name": {"author": "html", "authors": ["author_1"]},
}


@pytest.mark.parametrize("fields", NOT_THE_ARTICLES.values(), ids=NOT_THE_ARTICLES.keys())
def test_what_only_resembles_a_time_or_a_name_is_left_out(fields):
    found = metadata(json.dumps(story(**fields)))

    assert (found.published, found.authors) == (None, ())


def test_who_signs_on_the_page_comes_before_a_script():
    script = json.dumps(story(author="Cy Roe"))

    assert metadata(script, body="<p class=byline>By Ada Lind</p>").authors == ("Ada Lind",)


@given(st.text(alphabet="pub \"'\\:{}[]author2026-03T"), st.lists(st.text(), max_size=3))
def test_whatever_a_script_holds_it_is_read_without_a_fault(script, headlines):
    tree = tree_from(f"<script>{script}</script><p>Rain.</p>")

    assert tree is not None
    assert claims_in_scripts(tree, headlines).source == "page"


@pytest.mark.parametrize("title", ["é", "é" * 3, "Regn", "雨が降る橋"])
def test_a_headline_that_stands_everywhere_in_a_script_costs_no_more_than_the_script(title):
    times = " ".join(f'"publishedAt":"{TIME}"' for _ in range(300))
    tree = tree_from(f"<script>{times}{title * 300_000}</script><p>Rain.</p>")
    assert tree is not None
    began = process_time()

    found = claims_in_scripts(tree, [title])

    assert process_time() - began < MAX_CPU_S
    assert found.published == (TIME,)
