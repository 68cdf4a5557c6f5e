"""Times, bylines and headlines that stand about the head of an article."""

import json
from datetime import UTC, datetime

import pytest

from extractors.pages.htmltree import tree_from
from extractors.pages.metadata import Metadata, metadata_of
from tests.extractors.bridge_pages import TITLE

NOW = datetime(2026, 3, 9, tzinfo=UTC)
DAY = datetime(2026, 3, 2, tzinfo=UTC)


def metadata(
    *, head: str = "", before: str = "", after: str = "", end: str = "", title: str = TITLE
) -> Metadata:
    tree = tree_from(
        f"<html><head>{head}</head><body>{before}<article><header><h1>{title}</h1>{after}</header>"
        f"<p>The council met on Monday.</p></article>{end}</body></html>"
    )
    assert tree is not None
    return metadata_of(tree, url="https://gazette.example/news/bridge", now=NOW)


SHOWN = {
    "time": "<time datetime='2026-03-02'></time>",
    "time in words": "<time>2 March 2026</time>",
    "microdata": "<span itemprop=datePublished content='2026-03-02'>today</span>",
    "RDFa": "<span property='schema:datePublished' content='2026-03-02'>today</span>",
    "microformat": "<abbr class=published title='2026-03-02'>today</abbr>",
    "in a holder for time zones": "<p class=updating-zone><time class=published>2026-03-02</time>",
    "beside a change": "<p>Updated <time>5 March 2026</time> Published <time>2 March 2026</time>",
    "list of terms": "<dl><dt>입력</dt><dd>2026.03.02</dd><dt>수정</dt><dd>2026.03.05</dd></dl>",
    "change first": "<dl><dt>수정</dt><dd>2026.03.05</dd><dt>입력</dt><dd>2026.03.02</dd></dl>",
    "line without a name": "<div><span>02.03.2026</span></div>",
    "label": "<div>Giriş: 02.03.2026</div>",
    "test name": "<div data-testid='byline-publishedDate'>2 March 2026</div>",
}


@pytest.mark.parametrize("after", SHOWN.values(), ids=SHOWN.keys())
def test_a_day_at_the_head_is_found(after):
    published = metadata(after=after).published

    assert published
    assert published.at == DAY


ELSEWHERE = {
    "in a teaser": {"end": "<a href=/ferry><h2>Ferry</h2><time>2026-01-05</time></a>"},
    "beside": {"end": "<aside><time>2026-01-05</time></aside>"},
    "before the article": {"before": "<nav><time>2026-01-05</time></nav>"},
    "after one in words": {
        "after": "<time>3 hours ago</time><p itemprop=datePublished content='2026-03-02'>",
        "end": "<time>2026-01-05</time>",
    },
}


@pytest.mark.parametrize("parts", ELSEWHERE.values(), ids=ELSEWHERE.keys())
def test_a_time_of_another_article_yields_to_what_the_head_shows(parts):
    after = parts.get("after", "<p class=date>2 March 2026</p>")

    published = metadata(**{**parts, "after": after}).published

    assert published
    assert published.at == DAY


def test_a_sentence_with_a_date_is_no_date_of_publication():
    after = "<p>On 2 March 2026 the council of Lindby is to meet again.</p>"

    assert metadata(after=after).published is None


BYLINES = {
    "pieces": "<div class=byline>News<span>By</span><b>Ada Lind</b><i>Travel Reporter</i></div>",
    "two in pieces": "<p class=byline><b>Ada Lind</b><b>Bo Ek</b></p>",
    "list": "<p class=authors>By ADA LIND, <b>BO EK</b> and CY ROE</p>",
    "linked": "<div>Words <a href='/authors/ada-lind'>Ada Lind</a>, <a href=/x>Oslo</a></div>",
    "address": "<address>Von <span>Ada Lind und Bo Ek, dpa</span></address>",
    "line": "<p>Von <span>Ada Lind</span>, <span>t-gazette</span></p>",
    "name twice": "<a rel=author>Ada Lind <span itemprop=name>Ada Lind</span></a>",
    "email": "<p class=author>서울 <b>김민수</b> 기자 kim@gazette.example</p>",
    "picture first": "<p class=author>Foto: Cy Roe</p><p class=author>Ada Lind</p>",
    "controls": "<ul class=author-list><li class=author>Ada Lind<li class=author>Show authors</ul>",
    "picture that links": "<a rel=author><img src=a.png></a><a rel=author>Ada Lind</a>",
}
NAMES = {
    "two in pieces": ("Ada Lind", "Bo Ek"),
    "list": ("Ada Lind", "Bo Ek", "Cy Roe"),
    "address": ("Ada Lind", "Bo Ek", "dpa"),
    "email": ("김민수",),
}


@pytest.mark.parametrize("case", BYLINES, ids=str)
def test_a_byline_gives_its_names_and_nothing_else(case):
    assert metadata(after=BYLINES[case]).authors == NAMES.get(case, ("Ada Lind",))


def test_a_bold_name_to_the_right_signs_from_below():
    below = "<p style='text-align:right;'><strong>Lê Thị Mai</strong></p>"

    assert metadata(after=below).authors == ("Lê Thị Mai",)


def test_a_byline_in_a_teaser_is_not_the_articles():
    teaser = (
        "<a href=/ferry><h2>Westmere sells its ferry after forty years in service</h2>"
        "<div class=author>Cy Roe</div></a>"
    )

    assert metadata(end=teaser).authors == ()


@pytest.mark.parametrize("name", ["citation_author", "dc.creator"])
def test_names_of_libraries_are_turned_round(name):
    head = f'<meta name="{name}" content="Lind, Ada"><meta name="{name}" content="Ek, Bo">'

    assert metadata(head=head).authors == ("Ada Lind", "Bo Ek")


def test_the_headline_comes_before_what_the_title_element_says():
    found = metadata(head="<title>Bridge mended in Lindby, council says | Gazette</title>")

    assert found.title == TITLE


@pytest.mark.parametrize("heading", ["Gazette", "Local news", "津波注意報"])
def test_a_heading_as_short_as_the_name_of_a_section_yields_to_the_title_element(heading):
    assert metadata(head=f"<title>{TITLE}</title>", title=heading).title == TITLE


SHARED = {
    "kicker": (f"Public works: {TITLE}", TITLE),
    "quoted kicker": (f"“It was time”: {TITLE}", TITLE),
    "what comes after": (f"{TITLE}, and what it cost", TITLE),
    "only the kicker is shared": (f"Public works: {TITLE}", "Public works"),
    "cut off": (f"{TITLE}, and what it cost", f"{TITLE[:30]}…"),
    "cut off at a bare quotation mark": (f'{TITLE} "for good"', f'{TITLE} "for good"'),
    "other words": (f"Public works: {TITLE}", "A bridge is mended in Lindby"),
}


@pytest.mark.parametrize(("headline", "shared"), SHARED.values(), ids=SHARED.keys())
def test_what_the_title_for_sharing_leaves_out_is_no_part_of_the_headline(headline, shared):
    news = json.dumps({"@type": "NewsArticle", "headline": headline, "datePublished": "2026-03-02"})
    head = (
        f'<script type="application/ld+json">{news}</script>'
        f'<meta property="og:title" content="{shared}">'
    )

    assert metadata(head=head).title == (TITLE if shared == TITLE else headline)


@pytest.mark.parametrize("end", [" | Gazette", " * Gazette", "：Gazette", "ㅣGazette", "｜Gazette"])
def test_the_name_of_the_site_is_cut_off_behind_whatever_mark(end):
    found = metadata(head=f'<meta property="og:title" content="{TITLE}{end}">', title="News")

    assert found.title == TITLE
