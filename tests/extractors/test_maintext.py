import json
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractors.errors import PageError
from extractors.maintext import article_from, forget_caches
from extractors.records import Page

PARAGRAPHS = (
    "The council of Lindby agreed on Monday to mend the old bridge over the river before the"
    " winter, after three years of quarrels about who would have to pay for the work.",
    "“We have waited long enough, and the bridge has not,” the mayor, Ada Lind, told a full hall"
    " of residents who had come to hear how the members of the council would vote.",
    "Engineers had warned in spring that two of the five pillars were cracked, and that lorries"
    " should no longer be let across until the stone had been looked at from all sides.",
    "The repair is to cost four million crowns, of which the county has promised to pay half if"
    " the work is finished before the first frost, which usually comes in late October.",
)
BODY = "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)
TITLE = "Lindby mends its bridge before the winter"


def a_page(html: str | bytes, **fields: object) -> Page:
    url = "https://gazette.example/2026/bridge"
    given = {
        "fetch_id": "fetch-1",
        "url": url,
        "final_url": url,
        "fetched_at": datetime(2026, 3, 3, tzinfo=UTC),
        "http_status": 200,
        "headers": (("Content-Type", "text/html; charset=utf-8"),),
        "body": html.encode() if isinstance(html, str) else html,
    }
    return Page(**given | fields)  # type: ignore[arg-type]


def a_story(head: str = "", before: str = "", after: str = "") -> str:
    return (
        f"<html lang=en><head><title>{TITLE} | Gazette</title>{head}</head><body><main><article>"
        f"<h1>{TITLE}</h1>{before}{BODY}{after}</article></main></body></html>"
    )


def json_ld(**fields: object) -> str:
    node = {"@context": "https://schema.org", "@type": "NewsArticle", "headline": TITLE} | fields
    return f'<script type="application/ld+json">{json.dumps(node)}</script>'


def text_with(**parts: str) -> str:
    return article_from(a_page(a_story(**parts))).text


def test_the_text_is_the_paragraphs_one_a_line():
    article = article_from(a_page(a_story()))

    assert article.text == "\n".join(PARAGRAPHS)
    assert article.lang == "en"
    assert article.outlet == "gazette.example"


def test_every_paragraph_is_where_its_offsets_say():
    article = article_from(a_page(a_story(after="<h2>What it costs</h2>" + BODY.upper())))

    lines = [article.text[p.start : p.end] for p in article.paragraphs]

    assert lines == article.text.split("\n")
    assert "heading" in {p.role for p in article.paragraphs}


NOT_TEXT = {
    "caption": {"before": "<figure><img><figcaption>The bridge in May.</figcaption></figure>"},
    "caption by class": {"after": '<div class="wp-caption-text">The bridge in May.</div>'},
    "credit": {"before": "<p>Photo: Jo Doe/Agency</p>"},
    "byline": {"before": "<p>By Ada Quill</p>"},
    "stamp": {"before": "<p>Updated 2 March 2026, 14:05</p>"},
    "promotion": {"after": "<p>Read more: The river in numbers</p>"},
    "follow": {"after": "<p>Follow Ada Quill on Facebook and Twitter.</p>"},
    "newsletter box": {"after": '<div class="newsletter-signup"><p>News by post.</p></div>'},
    "agency": {"after": "<p>(AFP)</p>"},
    "teaser link": {"after": '<p><a href="/b">The river in numbers, year by year</a></p>'},
    "headline once more": {"before": f"<p>{TITLE}</p>"},
    "embedded post": {"after": '<blockquote class="twitter-tweet"><p>So it is.</p></blockquote>'},
    "script": {"after": "<script>var a = '<p>nothing</p>'</script>"},
    "next article": {"after": f"</article><article><h1>Other news</h1>{BODY.lower()}"},
}


@pytest.mark.parametrize("parts", NOT_TEXT.values(), ids=NOT_TEXT.keys())
def test_what_is_not_the_article_is_not_in_its_text(parts):
    assert text_with(**parts) == "\n".join(PARAGRAPHS)


def test_captions_are_kept_beside_the_text():
    caption = "<figure><img><figcaption>The bridge in May.</figcaption></figure>"

    article = article_from(a_page(a_story(before=caption)))

    assert article.captions == ("The bridge in May.",)


def test_the_line_that_repeats_the_description_is_the_standfirst():
    summary = "The council has voted, and the stone masons start work on the pillars next week"
    head = f'<meta name="description" content="{summary}">'

    article = article_from(a_page(a_story(head=head, before=f"<p>{summary}.</p>")))

    first = article.paragraphs[0]
    assert first.role == "standfirst"
    assert article.text[first.start : first.end] == f"{summary}."


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


CHARSETS = {
    "byte order mark": ("\ufeff" + a_story()).encode("utf-16-le"),
    "declared": a_story(head="<meta charset=windows-1252>").encode("cp1252"),
    "declared late": a_story(head=f"<style>{'x' * 3000}</style><meta charset=cp1252>").encode(
        "cp1252"
    ),
    "only detected": a_story().encode("cp1252"),
    "declared wrongly": a_story(head="<meta charset=iso-8859-1>").encode(),
}


@pytest.mark.parametrize("body", CHARSETS.values(), ids=CHARSETS.keys())
def test_characters_survive_every_charset(body):
    article = article_from(a_page(body, headers=(("content-type", "text/html"),)))

    assert article.text == "\n".join(PARAGRAPHS)


@pytest.mark.parametrize("charset", ["idna", "unicode_escape", "rot13", "no-such-charset"])
def test_a_charset_that_no_browser_knows_is_not_believed(charset):
    header = (("Content-Type", f"text/html; charset={charset}"),)

    article = article_from(a_page(a_story().encode("cp1252"), headers=header))

    assert article.text == "\n".join(PARAGRAPHS)


def test_a_charset_in_the_header_is_followed():
    header = (("Content-Type", "text/html; charset=windows-1251"),)
    words = "Городской совет решил в понедельник починить старый мост через реку. " * 8

    article = article_from(a_page(f"<p>{words}</p>".encode("cp1251"), headers=header))

    assert article.text == words.strip()


def test_text_that_only_a_script_holds_is_found():
    payload = json.dumps(f'{BODY}<div class="caption">A caption.</div>').replace("<", "\\u003c")
    html = f"<html><head><title>{TITLE}</title></head><body><script>push([1,{payload}])</script>"

    assert article_from(a_page(html)).text == "\n".join(PARAGRAPHS)


def test_text_that_only_json_ld_holds_is_found():
    head = json_ld(articleBody="\n".join(PARAGRAPHS))

    article = article_from(a_page(f"<html><head>{head}</head><body><div></div></body></html>"))

    assert article.text == "\n".join(PARAGRAPHS)


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

    assert PARAGRAPHS[0] in text_with(after=about)


BOMBS = {
    "nothing": b"",
    "only NUL": b"\0" * 1000,
    "nested once more than anybody can": b"<div>" * 10_000 + BODY.encode(),
    "nested and mixed": b"<ul><li><b>" * 5_000 + BODY.encode(),
    "no body": b"<html><head><title>x</title></head></html>",
    "frames": b"<html><frameset><frame src=a></frameset></html>",
    "characters that are none": b"<p>\xed\xa0\x80 &#55296; &#1114112; &#0;</p>" + BODY.encode(),
    "deep JSON": b'<script type="application/ld+json">' + b"[" * 100_000 + b"</script>",
    "title of separators": b"<title>" + b" - a" * 20_000 + b"</title>" + BODY.encode(),
    "attributes": b"<p " + b"a=b " * 100_000 + b">x</p>",
    "unclosed comment": b"<!--" * 10_000,
    "open brackets": b"<p>" + b"(" * 100_000 + b"</p>",
    "slashes": b"<p>" + b"a/" * 50_000 + b"</p>",
    "many lines": b"<article>" + b"<p>It rains on Lindby.</p>" * 5_000,
}


@pytest.mark.parametrize("body", BOMBS.values(), ids=BOMBS.keys())
def test_a_broken_page_gives_an_article_or_a_page_error(body):
    try:
        article = article_from(a_page(body))
    except PageError:
        return

    assert article.text


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            ["<p>", "</p>", "<div class=share>", "</div>", "<h1>", "<a href=x>", "<br>", "<li>",
             "<article>", "<figure>", "<figcaption>", "<time datetime=2026>", "<meta name=author>",
             '<script type="application/ld+json">{"@type":["Article"],"author":[[]]}', "</script>",
             "It rains on Lindby again. ", "\x00\x0b", "&#0;", "<!--", "<table><td>", PARAGRAPHS[0]]
        ),
        max_size=40,
    )
)  # fmt: skip
def test_any_mixture_of_tags_gives_an_article_or_a_page_error(pieces):
    try:
        article = article_from(a_page("".join(pieces)))
    except PageError:
        return

    assert [article.text[p.start : p.end] for p in article.paragraphs] == article.text.split("\n")


@pytest.mark.parametrize("tag", ["<div>", "<b>", "<ul><li>"])
def test_text_below_ten_thousand_tags_is_found(tag):
    html = tag * 10_000 + BODY

    assert PARAGRAPHS[1] in article_from(a_page(html)).text


def test_nul_in_a_page_leaves_no_trace():
    html = a_story().encode().replace(b"mayor", b"ma\0yor")

    assert article_from(a_page(html)).text == "\n".join(PARAGRAPHS)


def test_a_very_long_text_is_kept_whole_with_a_warning():
    long = " ".join(f"word{n}" for n in range(150_000))

    article = article_from(a_page(f"<article><p>{long}</p></article>"))

    assert article.text == long
    assert article.warnings == ("too_long",)


def test_caches_can_be_forgotten_between_pages():
    before = article_from(a_page(a_story()))

    forget_caches()

    assert article_from(a_page(a_story())) == before


def test_a_page_from_nowhere_is_known_by_what_it_says_of_itself():
    said = '<link rel="canonical" href="https://gazette.example/rain">'

    nowhere = article_from(a_page(a_story(), url="", final_url=""))
    stated = article_from(a_page(a_story(head=said), url="", final_url=""))

    assert (nowhere.url, nowhere.outlet) == ("", None)
    assert (stated.url, stated.outlet) == ("https://gazette.example/rain", "gazette.example")
