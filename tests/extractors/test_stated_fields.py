from datetime import UTC, datetime, timedelta

import pytest

from extractors.maintext import article_from
from tests.extractors.bridge_pages import BODY, TITLE, a_page, a_story, json_ld


def test_json_ld_comes_before_meta_tags():
    head = json_ld(
        author=[{"@type": "Person", "name": "By Ada Quill"}],
        datePublished="2026-03-02T15:05:00+01:00",
        dateModified="2026-03-02T16:00:00+01:00",
        isAccessibleForFree=False,
    )
    head += '<meta name="author" content="Somebody Else">'

    article = article_from(a_page(a_story(head=head)))

    assert article.title == TITLE
    assert article.authors == ("Ada Quill",)
    assert article.published
    assert article.published.at == datetime(2026, 3, 2, 14, 5, tzinfo=UTC)
    assert article.published.at.utcoffset() == timedelta(hours=1)
    assert article.modified
    assert article.access == "locked"


def test_json_ld_with_a_trailing_comma_in_a_graph_is_still_read():
    head = (
        '<script type="application/ld+json">{"@graph": [{"@type": "WebPage"},'
        '{"@type": "NewsArticle", "headline": "A", "datePublished": "2026-03-02T10:00:00Z",}]}'
        "</script>"
    )

    article = article_from(a_page(a_story(head=head)))

    assert article.title == "A"
    assert article.published


def test_the_title_is_without_the_name_of_the_site():
    html = f"<html><head><title>{TITLE} | The Gazette</title></head><body>{BODY}</body></html>"
    site = '<meta property="og:site_name" content="The Gazette">'

    article = article_from(a_page(html.replace("<title>", f"{site}<title>")))

    assert article.title == TITLE


def test_a_time_without_offset_is_utc_with_a_warning():
    head = json_ld(datePublished="2026-03-02T14:05:00")

    article = article_from(a_page(a_story(head=head)))

    assert article.published
    assert article.published.at == datetime(2026, 3, 2, 14, 5, tzinfo=UTC)
    assert article.warnings == ("no_zone",)


def test_a_time_without_offset_has_the_offset_the_page_uses_elsewhere():
    head = json_ld(datePublished="2026-03-02T15:05:00", dateModified="2026-03-02T16:00:00+01:00")

    article = article_from(a_page(a_story(head=head)))

    assert article.published
    assert article.published.at == datetime(2026, 3, 2, 14, 5, tzinfo=UTC)


def test_a_date_in_the_future_is_a_slip():
    article = article_from(a_page(a_story(head=json_ld(datePublished="2036-03-02T14:05:00Z"))))

    assert article.published is None


@pytest.mark.parametrize(
    ("href", "expected"),
    [
        ("https://www.gazette.example/bridge", "https://www.gazette.example/bridge"),
        ("https://herald.example/bridge", "https://gazette.example/2026/bridge"),
        ("https://gazette.example/", "https://gazette.example/2026/bridge"),
    ],
    ids=["same site", "another site", "front page"],
)
def test_a_canonical_link_counts_on_the_same_site(href, expected):
    article = article_from(a_page(a_story(head=f'<link rel="canonical" href="{href}">')))

    assert article.url == expected


def test_an_agency_is_named_and_its_trailer_left_out():
    article = article_from(a_page(a_story(after="<p>© AFP</p>")))

    assert article.agency == "AFP"
    assert "AFP" not in article.text


@pytest.mark.parametrize(
    ("path", "expected"), [("opinion/bridge", "opinion"), ("live/bridge", "live"), ("a", "article")]
)
def test_the_address_tells_the_kind_of_page(path, expected):
    page = a_page(a_story(), final_url=f"https://gazette.example/{path}")

    assert article_from(page).page_kind == expected


def test_a_page_from_nowhere_is_known_by_what_it_says_of_itself():
    said = '<link rel="canonical" href="https://gazette.example/rain">'

    nowhere = article_from(a_page(a_story(), url="", final_url=""))
    stated = article_from(a_page(a_story(head=said), url="", final_url=""))

    assert (nowhere.url, nowhere.outlet) == ("", None)
    assert (stated.url, stated.outlet) == ("https://gazette.example/rain", "gazette.example")
