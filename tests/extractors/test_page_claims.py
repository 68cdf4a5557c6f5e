"""Dates and authors that no JSON-LD and no meta tag of a page gives, or not all of them."""

import json
from datetime import UTC, datetime

import pytest

from extractors.pages.htmltree import tree_from
from extractors.pages.metadata import Metadata, metadata_of
from tests.extractors.bridge_pages import TITLE

NOW = datetime(2026, 3, 9, tzinfo=UTC)


def metadata(
    *, head: str = "", before: str = "", after: str = "", path: str = "news/bridge"
) -> Metadata:
    tree = tree_from(
        f"<html><head><title>{TITLE} | Gazette</title>{head}</head><body><main><div>{before}"
        f"<h1>{TITLE}</h1>{after}</div><p>The council met on Monday.</p></main></body></html>"
    )
    assert tree is not None
    return metadata_of(tree, url=f"https://gazette.example/{path}", now=NOW)


def json_ld(*nodes: dict[str, object]) -> str:
    kind = {"@type": "NewsArticle", "headline": TITLE, "datePublished": "2026-03-01"}
    graph = json.dumps([kind | node for node in nodes])
    return f'<script type="application/ld+json">{graph}</script>'


SHOWN = {
    "in the address": {"path": "2026/03/02/bridge"},
    "in the address, with hyphens": {"path": "news/2026-03-02-bridge"},
    "in the address, run together": {"path": "news/20260302/bridge"},
    "at the end of the title": {"head": f'<meta property="og:title" content="{TITLE} | 2.3.2026">'},
    "after the headline": {"after": "<span class='meta_date'>created: 2 March 2026</span>"},
    "with its change": {"after": "<i class=tarih>02.03.2026 - Güncelleme : 05.03.2026</i>"},
    "before the headline": {"before": "<p id=pubDate>Monday, 2 March 2026</p>"},
    "for scripts": {"after": "<div data-publish-date='2026.03.02'></div>"},
}


@pytest.mark.parametrize("parts", SHOWN.values(), ids=SHOWN.keys())
def test_a_day_that_is_only_shown_is_found(parts):
    published = metadata(**parts).published

    assert published
    assert published.precision == "day"
    assert published.at == datetime(2026, 3, 2, tzinfo=UTC)


def test_a_shown_clock_time_sharpens_the_day_of_the_address():
    found = metadata(path="2026/03/02/bridge", after="<b class=date>am: 2. März 2026, 15:25</b>")

    assert found.published
    assert found.published.at == datetime(2026, 3, 2, 15, 25, tzinfo=UTC)
    assert found.warnings == ("no_zone",)


NOT_DATES = {
    "number in the address": {"path": "news/20261302/bridge"},
    "id that goes on": {"path": "news/202603021/bridge"},
    "day to come": {"path": "2026/12/24/bridge"},
    "when it was changed": {"after": "<span class='date-updated'>2 March 2026</span>"},
    "several for scripts": {
        "after": "<i data-pubdate=2026-03-02></i><i data-pubdate=2026-03-03></i>"
    },
    "long text": {"after": f"<p class=date>2 March 2026 {'was a wet Monday, ' * 9}</p>"},
}


@pytest.mark.parametrize("parts", NOT_DATES.values(), ids=NOT_DATES.keys())
def test_what_may_be_no_date_of_publication_is_not_taken_for_it(parts):
    assert metadata(**parts).published is None


def test_a_stated_date_comes_before_a_shown_one():
    found = metadata(head=json_ld({}), after="<i class=date>6 March 2026</i>")

    assert found.published
    assert found.published.at.day == 1


BYLINES = {
    "class in several words": ("<p class='article__author'>Von Ada Lind, Oslo</p>", "Ada Lind"),
    "plural": ("<p class='authorsList'>By Ada Lind</p>", "Ada Lind"),
    "date beside it": ("<p class=byline>News by Ada Lind 2 March 2026 5 min</p>", "Ada Lind"),
    "no class, after the headline": ("<p>von <a href='/x'>Ada Lind</a></p>", "Ada Lind"),
    "label": ("<ul><li><strong>Autorin/Autor</strong> Ada Lind</li></ul>", "Ada Lind"),
}


@pytest.mark.parametrize(("after", "name"), BYLINES.values(), ids=BYLINES.keys())
def test_a_byline_that_is_only_shown_is_found(after, name):
    assert metadata(after=after).authors == (name,)


def test_a_sentence_that_begins_like_a_byline_names_nobody():
    assert metadata(after="<p>By Monday the council will have met.</p>").authors == ()


def test_bylines_side_by_side_are_all_found():
    after = "<div><p class=byline>Ada Lind</p><p class=byline>Bo Ek</p></div><i class=author>Cy</i>"

    assert metadata(after=after).authors == ("Ada Lind", "Bo Ek")


def test_the_site_is_the_author_only_where_nobody_else_is_named():
    head = json_ld({"author": {"name": "Gazette"}, "publisher": {"name": "Gazette"}})

    assert metadata(head=head).authors == ("Gazette",)
    assert metadata(head=head, after="<p class=byline>By Ada Lind</p>").authors == ("Ada Lind",)


def test_a_site_that_signs_with_its_agencies_is_still_the_site():
    head = json_ld({"author": "Gazette", "publisher": {"name": "Gazette"}})

    assert metadata(head=head, after="<p class=byline>red, Gazette/AFP</p>").authors == ("Gazette",)


@pytest.mark.parametrize(
    ("shown", "expected"),
    [
        ("Ada Lind and Bo Ek", ("Ada Lind", "Bo Ek")),
        ("Bo Ek and Cy Roe", ("Ada Lind",)),
        ("Ada Lind; Ada Lind is", ("Ada Lind",)),
    ],
    ids=["with all that are stated", "with others", "with a name gone on"],
)
def test_a_byline_with_more_names_counts_if_it_has_all_that_are_stated(shown, expected):
    head = json_ld({"author": "Ada Lind"})

    assert metadata(head=head, after=f"<p class=byline>{shown}</p>").authors == expected


def test_the_fullest_description_of_the_same_article_gives_the_authors():
    head = json_ld({"author": ["Ada Lind"], "name": TITLE}, {"author": ["Ada Lind", "Bo Ek"]})

    assert metadata(head=head).authors == ("Ada Lind", "Bo Ek")


AUTHORED = {"headline": TITLE, "author": "Ada Lind"}
BEYOND_MENDING = """{"@context": "https://schema.org", "@type": "NewsArticle",
    "headline": "%s", "description": "The "old" bridge is mended.",
    "author": [{"@type": "Person", "name": "Ada Lind"}, {"@type": "Person", "name": "Bo Ek"}],
    "datePublished": "2026-03-02T08:00:00+01:00", "isAccessibleForFree": false,
    "comment": {"datePublished": "2026-03-04", "author": {"name": "Cy Roe"}}"""


def test_json_ld_beyond_mending_still_gives_authors_and_times():
    script = f'<script type="application/ld+json">{BEYOND_MENDING % TITLE}</script>'

    found = metadata(head=script)

    assert found.is_article
    assert found.authors == ("Ada Lind", "Bo Ek")
    assert found.access == "locked"
    assert found.published
    assert found.published.at == datetime(2026, 3, 2, 7, tzinfo=UTC)


@pytest.mark.parametrize("text", ['{"@type": "NewsArticle", "author": "', '"@type": 7', "{" * 9000])
def test_json_ld_without_a_field_to_read_says_nothing(text):
    found = metadata(head=f'<script type="application/ld+json">{text}</script>')

    assert (found.authors, found.published) == ((), None)


def test_values_one_after_the_other_are_all_read():
    nodes = [{"@type": "WebSite"}, {"@type": "BreadcrumbList"}, {"@type": "NewsArticle"} | AUTHORED]

    script = f'<script type="application/ld+json">{" ".join(map(json.dumps, nodes))};</script>'

    assert metadata(head=script).authors == ("Ada Lind",)


WRAPPERS = {
    "old browsers": "<!--\n{}\n//-->",
    "a comment": "<!-- for machines -->{}",
    "between comments": "<!-- -->{}<!-- -->",
    "XML": "<![CDATA[{}]]>",
    "XML in a comment of scripts": "//<![CDATA[\n{}\n//]]>",
    "XML in a comment of styles": "/* <![CDATA[ */ {} /* ]]> */",
    "both": "<!--//--><![CDATA[//><!--\n{}\n//--><!]]>",
    "a statement": "{};\n",
}


@pytest.mark.parametrize("wrapper", WRAPPERS.values(), ids=WRAPPERS.keys())
def test_json_ld_is_read_whole_in_whatever_it_is_wrapped(wrapper):
    node = {"@type": "NewsArticle", "articleSection": "Town", "keywords": ["Bridges", "Rivers"]}
    script = wrapper.replace("{}", json.dumps([node]))

    found = metadata(head=f'<script type="application/ld+json">{script}</script>')

    assert (found.section, found.tags) == ("Town", ("Bridges", "Rivers"))
    assert found.is_article


@pytest.mark.parametrize(
    ("kind", "is_article"),
    [("CollectionPage", False), ("ProfilePage", False), ("SearchResultsPage", False),
     ("WebPage", True)],
)  # fmt: skip
def test_the_articles_that_a_list_is_made_of_are_not_its_own(kind, is_article):
    listed = {"@type": "NewsArticle", "headline": TITLE, "author": "Ada Lind"}

    found = metadata(head=json_ld({"@type": kind, "hasPart": [listed]}))

    assert found.is_article is is_article
    assert found.authors == (("Ada Lind",) if is_article else ())


def test_a_day_and_a_late_hour_of_it_are_one_time_west_of_greenwich():
    head = json_ld({"datePublished": "2026-03-02", "dateModified": "2026-03-03T09:00:00-08:00"})

    found = metadata(head=head, after="<time datetime='2026-03-02T22:00:00-08:00'></time>")

    assert found.published
    assert found.published.at == datetime(2026, 3, 3, 6, tzinfo=UTC)


def test_characters_that_no_text_may_hold_are_left_out_of_json_ld():
    found = metadata(
        head=json_ld({"author": "Ada\ud83d Lind\0", "articleBody": "Rain\ud83d fell."})
    )

    assert found.authors == ("Ada Lind",)
    assert found.claimed_text == "Rain fell."


@pytest.mark.parametrize(
    "body",
    [
        pytest.param("One.\nTwo.", id="plain"),
        pytest.param(["One.", "Two."], id="in pieces"),
        pytest.param({"@value": "One.\nTwo."}, id="a literal"),
        pytest.param("<p>One.</p><p>Two.</p>", id="HTML"),
        pytest.param("One.<br/>Two.", id="line breaks"),
        pytest.param("&lt;b&gt; &amp; One.\nTwo.", id="escaped"),
    ],
)
def test_a_text_is_read_in_whatever_form_it_is_given(body):
    text = metadata(head=json_ld({"articleBody": body})).claimed_text

    lines = [line.strip() for line in text.split("\n") if line.strip()]
    assert [line[-4:] for line in lines] == ["One.", "Two."]
