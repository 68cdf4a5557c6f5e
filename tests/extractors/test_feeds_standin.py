"""The text that a feed gives itself, read in place of a page."""

import json

import pytest

from extractors.feeds import content_page
from extractors.maintext import article_from
from tests.extractors.feed_pages import SEEN_AT, a_page, rss, shown_moment

URL = "https://gazette.example/2026/ferry"
PARAGRAPHS = (
    "The ferry was back in service on Monday after eleven weeks in dry dock, and four hundred "
    "people came down to the quay to see her leave.",
    "“We have waited long enough,” said Ida Holm, the harbour master, “and the town has waited "
    "with us.”",
    "The repair cost twice what the council had set aside in the autumn, because the shaft was "
    "bent and a new one had to be turned abroad.",
    "Per Lind, who has sailed on her since 1998, said that he had missed the noise. “You do not "
    "sleep well without it,” he said.",
)
HTML = "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)
RSS = f"""<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"
xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>T</title>
<item><title>Other</title><link>/other</link><description>Only a summary.</description></item>
<item><title>Ferry &amp;amp; crew "back"</title><link>{URL}?utm_source=rss</link>
<dc:creator>Mara Stone</dc:creator><dc:creator>Olu Bright</dc:creator>
<pubDate>Sun, 01 Mar 2026 08:30:00 +0100</pubDate>
<content:encoded><![CDATA[{HTML}]]></content:encoded></item></channel></rss>"""
ATOM = f"""<feed xmlns="http://www.w3.org/2005/Atom"><entry><id>1</id>
<title>Ferry &amp; crew "back"</title><link href="{URL}"/>
<author><name>Mara Stone</name></author><author><name>Olu Bright</name></author>
<published>2026-03-01T08:30:00+01:00</published>
<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">{HTML}</div></content>
</entry></feed>"""
JSON = json.dumps(
    {
        "items": [
            {
                "id": "1",
                "title": 'Ferry & crew "back"',
                "url": URL,
                "content_text": "\n\n".join(PARAGRAPHS),
                "authors": [{"name": "Mara Stone"}, {"name": "Olu Bright"}],
                "date_published": "2026-03-01T08:30:00+01:00",
            }
        ]
    }
)


@pytest.mark.parametrize("body", [RSS, ATOM, JSON], ids=["RSS", "Atom", "JSON"])
def test_the_text_of_a_feed_is_read_as_its_page_would_be(body):
    article = article_from(content_page(a_page(body.encode()), url=f"{URL}#comments"))

    assert article.text == "\n".join(PARAGRAPHS)
    assert article.url == URL
    assert article.title == 'Ferry & crew "back"'
    assert article.authors == ("Mara Stone", "Olu Bright")
    assert shown_moment(article.published) == "2026-03-01T08:30:00+01:00"


def test_the_page_tells_of_the_fetch_it_is_from():
    feed = a_page(RSS.encode())

    page = content_page(feed, url=URL)

    assert (page.fetch_id, page.fetched_at, page.http_status) == (feed.fetch_id, SEEN_AT, 200)
    assert page.url == page.final_url == f"{URL}?utm_source=rss"
    assert page.header("content-type") == "text/html; charset=utf-8"
    assert page == content_page(feed, url=URL)


def test_markup_in_what_a_feed_says_of_an_article_stays_text():
    body = ATOM.replace('"back"', "&lt;/title&gt;&lt;script&gt;")

    page = content_page(a_page(body.encode()), url=URL)

    assert b"<script>" not in page.body


@pytest.mark.parametrize("url", ["https://gazette.example/other", "https://gazette.example/none"])
def test_without_the_text_of_an_article_there_is_no_page(url):
    assert content_page(a_page(RSS.encode()), url=url) is None


def test_an_address_that_nobody_can_ask_for_has_no_page():
    assert content_page(a_page(rss("<title>A</title>")), url="https://gazette.e\x85/a") is None
