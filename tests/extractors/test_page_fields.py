"""Section, tags, lead image and access of a page, and what of it gave each field."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.maintext import article_from
from extractors.pages.pictures import lead_image_of
from extractors.pages.topics import tags_of
from extractors.records import Article
from tests.extractors.bridge_pages import TITLE, a_page

BODY = "".join(
    f"<p>The council of Lindby met on day {day} and talked for two hours about the old bridge.</p>"
    for day in range(8)
)
PHOTO = "https://pics.example/bridge.jpg"


def article(*, head: str = "", before: str = "", after: str = "") -> Article:
    html = (
        f'<html lang="en"><head><title>{TITLE}</title><meta property="og:site_name"'
        f' content="Lindby Gazette">{head}</head><body>{before}<article><h1>{TITLE}</h1>{BODY}'
        f"{after}</article></body></html>"
    )
    url = "https://gazette.example/news/bridge"
    return article_from(a_page(html, url=url, final_url=url, headers=()))


def meta(name: str, *contents: str) -> str:
    return "".join(f'<meta property="{name}" content="{content}">' for content in contents)


def json_ld(*nodes: dict[str, object], **fields: object) -> str:
    news = {"@type": "NewsArticle", "headline": TITLE, "datePublished": "2026-03-01"}
    graph = json.dumps([news | fields, *nodes])
    return f'<script type="application/ld+json">{graph}</script>'


def trail(*names: str) -> dict[str, object]:
    steps = [{"@type": "ListItem", "name": name, "item": f"/{name}"} for name in names]
    return {"@type": "BreadcrumbList", "itemListElement": steps}


SECTIONS = {
    "JSON-LD": ({"head": json_ld(articleSection="Town")}, "Town", "json-ld"),
    "the first of several": ({"head": json_ld(articleSection=["Town", "News"])}, "Town", "json-ld"),
    "an object": ({"head": json_ld(articleSection={"name": "Town"})}, "Town", "json-ld"),
    "run together": ({"head": json_ld(articleSection="Town,Bridges,News")}, "Town", "json-ld"),
    "with a comma": (
        {"head": json_ld(articleSection="Arts, Culture")},
        "Arts, Culture",
        "json-ld",
    ),
    "meta": ({"head": meta("article:section", "Town")}, "Town", "meta"),
    "trail in JSON-LD": ({"head": json_ld(trail("Home", "News", "Town"))}, "Town", "json-ld"),
    "trail that ends with the article": (
        {"head": json_ld(trail("Home", "Town", "Lindby mends its bridge"))},
        "Town",
        "json-ld",
    ),
    "trail on the page": (
        {"before": "<nav class=breadcrumbs><a href=/>Home</a> <a href=/t>Town</a></nav>"},
        "Town",
        "page",
    ),
    "the site is none": (
        {"head": json_ld(articleSection="Lindby Gazette") + meta("article:section", "Town")},
        "Town",
        "meta",
    ),
    "a path is none": ({"head": meta("article:section", "/news/town")}, None, None),
}


@pytest.mark.parametrize(
    ("parts", "section", "source"), SECTIONS.values(), ids=[f"section: {id}" for id in SECTIONS]
)
def test_the_section_is_the_one_the_page_names(parts, section, source):
    found = article(**parts)

    assert (found.section, dict(found.sources).get("section")) == (section, source)


TAGS = {
    "a list": (json_ld(keywords=["Bridges", "Town council"]), "json-ld"),
    "one text": (json_ld(keywords="Bridges, Town council"), "json-ld"),
    "defined terms": (
        json_ld(keywords=[{"@type": "DefinedTerm", "name": "Bridges"}, {"name": "Town council"}]),
        "json-ld",
    ),
    "many elements": (meta("article:tag", "Bridges", "#Town council"), "meta"),
    "keywords": (meta("keywords", "Bridges;Town council;bridges"), "meta"),
    "sailthru": (meta("sailthru.tags", "Bridges,Town council"), "meta"),
    "chosen before searched for": (
        meta("keywords", "news, lindby") + meta("parsely-tags", "Bridges,Town council"),
        "meta",
    ),
    "keys of machines left out": (
        json_ld(
            keywords=["NLP Category: Politics", "Bridges", "page-type:story", "Town council",
                      "26157981-b4f7-4929-adc1-e860c6f03636", "100312362", TITLE, "Lindby Gazette"]
        ),
        "json-ld",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("head", "source"), TAGS.values(), ids=TAGS.keys())
def test_tags_come_clean_and_in_order(head, source):
    found = article(head=head)

    assert found.tags == ("Bridges", "Town council")
    assert dict(found.sources)["tags"] == source


def test_links_that_lead_to_tags_count_where_nothing_else_names_any():
    found = article(after="<a rel=tag href=/t/1>Bridges</a> <a rel='nofollow tag' href=/2>Town</a>")

    assert found.tags == ("Bridges", "Town")
    assert dict(found.sources)["tags"] == "page"


def test_what_an_article_is_about_or_mentions_is_no_tag():
    assert article(head=json_ld(about={"name": "Bridges"}, mentions=[{"name": "Oslo"}])).tags == ()


@given(st.lists(st.text(max_size=90), max_size=40))
def test_tags_are_few_short_trimmed_and_each_there_once(stated):
    tags = tags_of(stated, {"gazette"}, [TITLE])

    assert len(tags) <= 30
    assert len({tag.casefold() for tag in tags}) == len(tags)
    assert all(tag == tag.strip(" #") and 0 < len(tag) <= 60 for tag in tags)


IMAGES = {
    "og": (meta("og:image", PHOTO) + json_ld(image="https://pics.example/other.jpg"), "meta"),
    "og, secure": (meta("og:image:secure_url", PHOTO), "meta"),
    "twitter": (meta("twitter:image", PHOTO), "meta"),
    "JSON-LD address": (json_ld(image=PHOTO), "json-ld"),
    "JSON-LD object": (json_ld(image=[{"@type": "ImageObject", "contentUrl": PHOTO}]), "json-ld"),
    "JSON-LD reference": (
        json_ld({"@type": "WebPage", "primaryImageOfPage": {"@id": "#p", "url": PHOTO}}),
        "json-ld",
    ),
    "thumbnail": (json_ld(thumbnailUrl=PHOTO), "json-ld"),
    "no icon": (
        json_ld(image=[{"url": "https://pics.example/i.jpg", "width": 32}, PHOTO]),
        "json-ld",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("head", "source"), IMAGES.values(), ids=IMAGES.keys())
def test_the_lead_image_is_found_wherever_it_is_stated(head, source):
    found = article(head=head)

    assert found.lead_image == PHOTO
    assert dict(found.sources)["lead_image"] == source


def test_the_first_figure_leads_where_nothing_is_stated():
    figure = "<figure><img src=/dot.gif width=1><img src='/p/bridge one.jpg'></figure>"

    assert article(after=figure).lead_image == "https://gazette.example/p/bridge%20one.jpg"


@pytest.mark.parametrize(
    "address",
    [
        "https://pics.example/logo.png",
        "https://pics.example/assets/gazette-logo-1200x630.jpg",
        "https://pics.example/og-default-1200x630.png",
        "/static/share.png",
        "/img/placeholder.jpg",
        "/img/no-image.jpg",
        "/img/mark.svg",
        "https://count.example/pixel.gif?page=7",
        "data:image/gif;base64,R0lGODlhAQABAAAAACw=",
        "ftp://pics.example/bridge.jpg",
        "https://[pics/bridge.jpg",
        "https://pics.example/" + "x" * 3000,
        "",
    ],
)
def test_what_is_no_photograph_does_not_lead(address):
    assert lead_image_of([address], "https://gazette.example/news/bridge") is None


@pytest.mark.parametrize(
    "address",
    [
        "https://pics.example/image.jpg",
        "https://pics.example/sites/default/files/bridge.jpg",
        "https://pics.example/1200x630/iconic-bridge.jpg",
        "https://pics.example/a1/logotherapy.jpg?w=1200",
    ],
)
def test_a_photograph_with_a_plain_name_leads(address):
    assert lead_image_of(["/logo.png", address], "https://gazette.example/") == address


def test_a_relative_picture_of_a_page_from_nowhere_is_none():
    assert (
        lead_image_of(["/bridge.jpg", "//pics.example/b.jpg"], "") == "https://pics.example/b.jpg"
    )


LOCKED_PART = {"@type": "WebPageElement", "isAccessibleForFree": "False", "cssSelector": ".pay"}
ACCESS = {
    "true": (json_ld(isAccessibleForFree=True), "free"),
    "true in words": (json_ld(isAccessibleForFree="True"), "free"),
    "an address": (json_ld(isAccessibleForFree="http://schema.org/False"), "locked"),
    "false": (json_ld(isAccessibleForFree=False), "locked"),
    "a part behind a wall": (json_ld(hasPart=[LOCKED_PART]), "locked"),
    "tier": (meta("article:content_tier", "metered"), "metered"),
    "tier, in capitals": (meta("article:content_tier", "Locked"), "locked"),
    "microdata": ("<meta itemprop=isAccessibleForFree content=False>", "locked"),
    "paid": ("<meta name=k5a:paid content=1>", "locked"),
    "not free, for it is metered": (
        json_ld(isAccessibleForFree=False) + meta("article:content_tier", "metered"),
        "metered",
    ),
    "free by template, locked by tier": (
        json_ld(isAccessibleForFree=True) + meta("article:content_tier", "locked"),
        "locked",
    ),
    "not free, free by template": (
        json_ld(isAccessibleForFree=False) + meta("article:content_tier", "free"),
        "locked",
    ),
    "a film that is not free": (
        json_ld({"@type": "VideoObject", "isAccessibleForFree": False}, isAccessibleForFree=True),
        "free",
    ),
    "nothing": ("", "unknown"),
    "rubbish": (json_ld(isAccessibleForFree="perhaps"), "unknown"),
}


@pytest.mark.parametrize(("head", "access"), ACCESS.values(), ids=ACCESS.keys())
def test_access_is_what_the_statements_of_a_page_make_together(head, access):
    assert article(head=head).access == access


def test_each_field_that_has_a_value_says_where_it_is_from():
    found = article(
        head=json_ld(author="Ada Lind") + meta("article:section", "Town"),
        after="<p>(AFP)</p>",
    )

    assert dict(found.sources) == {
        "url": "address",
        "title": "json-ld",
        "authors": "json-ld",
        "published": "json-ld",
        "lang": "meta",
        "agency": "text",
        "section": "meta",
    }
