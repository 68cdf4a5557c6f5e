import pytest

from extractors.errors import PageError
from extractors.maintext import article_from
from tests.extractors.bridge_pages import PARAGRAPHS, TITLE, a_page, a_story, json_ld


def a_bare_page(title: str, body: str = "", head: str = "") -> str:
    return f"<html><head><title>{title}</title>{head}</head><body>{body}</body></html>"


TEASERS = "".join(f'<h3><a href="/{n}">Story number {n} of the day</a></h3>' for n in range(30))
REFUSED = {
    "consent": a_bare_page(
        "Gazette", "<p>We value your privacy. We and our 812 partners store data.</p>"
        "<button>Accept all cookies</button>",
    ),
    "challenge": a_bare_page("Just a moment...", "<p>Verify you are human</p>"),
    "soft_404": a_bare_page("Page not found", "<h1>404</h1><p>Sorry, it is not here.</p>"),
    "paywall": a_bare_page(
        TITLE, "<p>The council agreed on Monday.</p><p>Subscribe to continue reading</p>",
        json_ld(isAccessibleForFree=False),
    ),
    "index_page": a_bare_page("News of the county", TEASERS),
    "video_only": a_bare_page("The bridge", "<video src=a.mp4></video><p>Watch it fall.</p>"),
    "empty": a_bare_page("", "<div id=app></div>"),
    "not_html": "%PDF-1.7 and so on",
}  # fmt: skip


@pytest.mark.parametrize(("reason", "html"), REFUSED.items(), ids=REFUSED.keys())
def test_what_is_no_article_is_refused_with_its_reason(reason, html):
    with pytest.raises(PageError) as caught:
        article_from(a_page(html))

    assert caught.value.reason == reason
    assert caught.value.detail


def test_a_picture_is_not_html():
    page = a_page(b"\x89PNG\r\n", headers=(("Content-Type", "image/png"),))

    with pytest.raises(PageError) as caught:
        article_from(page)

    assert caught.value.reason == "not_html"


def test_an_article_about_consent_is_an_article():
    about = "<p>Accept all cookies? We value your privacy, sites say; manage cookies, they say.</p>"

    assert PARAGRAPHS[0] in article_from(a_page(a_story(after=about))).text


SHUT = {
    "en": ("Down for maintenance", "We will be back soon"),
    "en, a sentence": ("Gazette | Scheduled maintenance", "The site will be back within the hour."),
    "en, back": ("We'll be back soon!", "Thank you for your patience."),
    "de": ("Wartungsarbeiten", "Unsere Seite wird gerade gewartet und ist gleich wieder da."),
    "fr": ("Site en maintenance", "Nous serons bientôt de retour, merci de votre patience."),
    "es": ("Sitio en mantenimiento", "Volvemos pronto."),
    "it": ("Sito in manutenzione", "Torniamo presto con tutte le notizie."),
    "ja": ("メンテナンス中", "しばらくお待ちください。"),
}


@pytest.mark.parametrize(("heading", "sentence"), SHUT.values(), ids=SHUT.keys())
def test_a_site_shut_for_maintenance_is_no_article(heading, sentence):
    body = f"<h1>{heading}</h1><p>{sentence}</p>"

    with pytest.raises(PageError) as caught:
        article_from(a_page(a_bare_page(heading, body)))

    assert caught.value.reason == "soft_404"


def test_a_brief_about_a_bridge_shut_for_maintenance_is_an_article():
    title = "Lindby bridge closed for maintenance"
    body = f"<article><h1>{title}</h1><p>{PARAGRAPHS[0]}</p></article>"

    assert PARAGRAPHS[0] in article_from(a_page(a_bare_page(title, body))).text


def test_the_beginning_of_a_metered_article_that_offers_the_rest_is_refused():
    head = '<meta property="article:content_tier" content="metered">'
    body = f"<h1>{TITLE}</h1><p>{PARAGRAPHS[0]}</p><p>Subscribe to continue reading</p>"

    with pytest.raises(PageError) as caught:
        article_from(a_page(a_bare_page(TITLE, body, head)))

    assert caught.value.reason == "paywall"


def test_a_small_wall_beside_an_article_is_no_text():
    wall = "<div class=regwall><p>Register with the Gazette today and read all of it.</p></div>"

    assert article_from(a_page(a_story(after=wall))).text == "\n".join(PARAGRAPHS)
