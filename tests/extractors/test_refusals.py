from dataclasses import replace

import pytest

from extractors.errors import PageError
from extractors.maintext import article_from
from tests.extractors.feed_pages import a_page
from tests.extractors.kept_pages import FLASH, KEPT
from tests.extractors.refused_lists import EMPTY, INDEX, NOT_HTML, VIDEO
from tests.extractors.refused_pages import (
    CHALLENGE,
    CONSENT,
    PAYWALL,
    SOFT_404,
    shell,
    teasers,
)

URL = "https://gazette.example/news/old-pier"
REFUSED = {
    f"{reason}: {name}": (reason, html)
    for reason, pages in {
        "consent": CONSENT,
        "challenge": CHALLENGE,
        "paywall": PAYWALL,
        "soft_404": SOFT_404,
        "index_page": INDEX,
        "video_only": VIDEO,
        "empty": EMPTY,
    }.items()
    for name, html in pages.items()
}


def reason_of(body: bytes, media_type: str = "text/html; charset=utf-8", url: str = URL) -> str:
    try:
        article_from(a_page(body, media_type, url))
    except PageError as error:
        return error.reason
    return "article"


@pytest.mark.parametrize(("reason", "html"), REFUSED.values(), ids=REFUSED.keys())
def test_a_page_that_is_no_article_is_refused_with_its_reason(reason, html):
    assert reason_of(html.encode()) == reason


@pytest.mark.parametrize(("body", "media_type"), NOT_HTML.values(), ids=NOT_HTML.keys())
def test_a_file_of_another_kind_is_not_html_whatever_it_is_called(body, media_type):
    assert reason_of(body, media_type) == "not_html"


@pytest.mark.parametrize("html", KEPT.values(), ids=KEPT.keys())
def test_an_article_is_one_whatever_stands_around_it(html):
    assert reason_of(html.encode()) == "article"


def test_a_page_at_the_address_of_a_consent_form_is_one():
    html = shell("Gazette", "<p>We and our partners need a moment of your time.</p>", site=False)

    reason = reason_of(html.encode(), url="https://consent.gazette.example/?to=/news/old-pier")

    assert reason == "consent"


@pytest.mark.parametrize("path", ["author/mara-quill", "tag/ferries", ""])
def test_a_list_with_an_introduction_is_a_list_where_its_address_says_so(path):
    html = shell("Mara Quill", f"<h1>Mara Quill</h1><p>{FLASH}</p>{teasers(20)}")

    assert reason_of(html.encode(), url=f"https://gazette.example/{path}") == "index_page"


def test_an_article_that_leads_to_the_front_page_is_missing():
    page = replace(a_page(KEPT["flash"].encode(), "text/html", URL), final_url=f"{URL[:23]}/")

    with pytest.raises(PageError) as caught:
        article_from(page)

    assert caught.value.reason == "soft_404"


@pytest.mark.parametrize("media_type", ["application/octet-stream", "text/plain", ""])
def test_html_under_a_careless_type_is_read(media_type):
    assert reason_of(KEPT["plain"].encode(), media_type) == "article"
