"""What kind of article a page is, and the agency it is from."""

import json

import pytest

from extractors.maintext import article_from
from extractors.pages.agencies import agency_among, agency_in
from extractors.records import Article
from tests.extractors.bridge_pages import TITLE, a_page

LINE = "<p>The council of Lindby met on day {} and talked for two hours about the bridge.</p>"
DATED = {"headline": TITLE, "datePublished": "2026-03-01"}
FILM = {"@type": "VideoObject", "name": TITLE, "uploadDate": "2026-03-01"}


def article(
    *, head: str = "", title: str = TITLE, path: str = "news/bridge", lines: int = 20
) -> Article:
    html = (
        f'<html lang="en"><head><title>{title}</title>{head}</head><body><article><h1>{title}</h1>'
        f"{''.join(map(LINE.format, range(lines)))}</article></body></html>"
    )
    url = f"https://gazette.example/{path}"
    return article_from(a_page(html, url=url, final_url=url, headers=()))


def json_ld(*nodes: dict[str, object]) -> str:
    return f'<script type="application/ld+json">{json.dumps({"@graph": list(nodes)})}</script>'


def news(**fields: object) -> dict[str, object]:
    return {"@type": "NewsArticle", **DATED, **fields}


def meta(name: str, content: str) -> str:
    return f'<meta property="{name}" content="{content}">'


KINDS = {
    "news": ({"head": json_ld(news())}, "article", None),
    "live blog": ({"head": json_ld({"@type": "LiveBlogPosting", **DATED})}, "live", "json-ld"),
    "live blog beside news": (
        {"head": json_ld(news(), {"@type": "LiveBlogPosting", **DATED})},
        "live",
        "json-ld",
    ),
    "live blog within a page": (
        {"head": json_ld({"@type": "WebPage", "mainEntity": {"@type": ["LiveBlogPosting"]}})},
        "live",
        "json-ld",
    ),
    "opinion": ({"head": json_ld(news(**{"@type": "OpinionNewsArticle"}))}, "opinion", "json-ld"),
    "flag of opinion": ({"head": meta("article:opinion", "true")}, "opinion", "meta"),
    "section": ({"head": json_ld(news(articleSection="Kommentar"))}, "opinion", "json-ld"),
    "section in meta": ({"head": meta("article:section", "Leserbriefe")}, "opinion", "meta"),
    "folder": ({"path": "live-updates/bridge"}, "live", "address"),
    "headline": ({"title": f"Opinion: {TITLE}"}, "opinion", "page"),
    "live headline": ({"title": f"Live updates: {TITLE}"}, "live", "page"),
    "film": ({"head": json_ld(FILM), "lines": 6}, "video", "json-ld"),
    "news about a film": ({"head": json_ld(news(mainEntity=FILM)), "lines": 6}, "video", "json-ld"),
    "film beside much text": ({"head": json_ld(FILM)}, "article", None),
    "news with a film": ({"head": json_ld(news(video=FILM)), "lines": 6}, "article", None),
    "page of film by its tags": ({"head": meta("og:type", "video.other")}, "video", "meta"),
    "gallery": (
        {"head": json_ld({"@type": "ImageGallery", **DATED}), "lines": 6},
        "gallery",
        "json-ld",
    ),
    "section of galleries": (
        {"head": meta("article:section", "In pictures"), "lines": 6},
        "gallery",
        "meta",
    ),
    "much text among films": ({"head": meta("article:section", "Videos")}, "article", None),
    "opinion poll": ({"title": "Opinion polls close in Lindby after a long day"}, "article", None),
    "life": ({"title": "Live music returns to the old bridge of Lindby"}, "article", None),
}  # fmt: skip


@pytest.mark.parametrize(("parts", "kind", "source"), KINDS.values(), ids=KINDS.keys())
def test_the_kind_is_what_the_page_says_and_has_room_for(parts, kind, source):
    found = article(**parts)

    assert found.page_kind == kind
    if source != "page":
        assert dict(found.sources).get("page_kind") == source


@pytest.mark.parametrize(
    "fields",
    [
        {"sourceOrganization": {"@type": "Organization", "name": "Agence France-Presse"}},
        {"creditText": "AFP"},
        {"copyrightHolder": [{"name": "AFP"}]},
        {"author": {"@type": "Organization", "name": "AFP"}},
        {"author": "Ada Lind, AFP"},
    ],
    ids=["source", "credit", "rights", "author", "behind the author"],
)
def test_wire_copy_is_known_by_what_json_ld_credits(fields):
    found = article(head=json_ld(news(**fields)))

    assert found.agency == "AFP"
    assert dict(found.sources)["agency"] == "json-ld"


def test_an_agency_in_a_credit_of_meta_tags_is_found():
    assert article(head=meta("article:source", "Reuters")).agency == "Reuters"


@pytest.mark.parametrize(
    ("name", "agency"),
    [
        ("The Associated Press", "AP"),
        ("Associated Press writers", "AP"),
        ("AP Newsroom", "AP"),
        ("Reuters Staff", "Reuters"),
        ("dpa Hamburg", "dpa"),
        ("Agencia EFE", "EFE"),
        ("Agence Belga", "Belga"),
        ("PA Media", "PA Media"),
        ("Bloomberg News", "Bloomberg"),
        ("AA Lind", None),
        ("PA Ek", None),
        ("Lindby Gazette", None),
    ],
)
def test_a_name_is_an_agency_whole_or_with_its_desk_and_never_initials(name, agency):
    assert agency_among([name]) == agency


@pytest.mark.parametrize(
    ("lines", "agency"),
    [
        (["What it costs.", "LINDBY (Reuters) - The bridge is mended.", "Rain fell."], "Reuters"),
        (["Rain fell.", "The council met. (dpa/lnw)"], "dpa"),
        (["Rain fell.", "The council met. [AFP]"], "AFP"),
        (["Rain fell.", "© AFP", "More on Lindby"], "AFP"),
        (["The (AP) sign is old.", "Rain fell.", "It was wet.", "It is dry."], None),
    ],
    ids=["under a standfirst", "with a desk", "brackets", "above a promotion", "in the text"],
)
def test_an_agency_signs_at_head_or_foot_of_the_text(lines, agency):
    assert agency_in(lines) == agency
