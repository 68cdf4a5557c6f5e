"""Which language a text is in: by its letters, and by hints where those do not tell."""

import json

import pytest

from extractors.feeds import content_page
from extractors.language import language_of
from extractors.maintext import article_from
from tests.extractors.feed_pages import a_page

ENGLISH = "The council met on Monday evening and agreed to mend the old bridge before winter."


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (ENGLISH, "en"),
        (
            "Der Stadtrat hat am Montag beschlossen, die alte Brücke vor dem Winter zu sichern.",
            "de",
        ),
        ("Le conseil municipal a décidé lundi de réparer le vieux pont avant l'hiver.", "fr"),
        ("市議会は月曜日、冬までに古い橋を修理することを決めたと発表した。", "ja"),
        ("Kommunestyret vedtok mandag kveld å reparere den gamle broen før vinteren kommer.", "no"),
    ],
)
def test_the_text_tells_its_language(text, expected):
    assert language_of(text) == expected


def test_a_page_that_says_another_language_than_its_text_is_not_believed():
    assert language_of(ENGLISH, "de-DE") == "en"


@pytest.mark.parametrize(("hint", "expected"), [("nb-NO", "no"), ("EN_gb", "en"), ("x", None)])
def test_a_text_without_letters_has_the_language_the_page_says(hint, expected):
    assert language_of("12:30", hint) == expected


def test_nothing_at_all_has_no_language():
    assert language_of("") is None


@pytest.mark.parametrize(
    ("text", "hint", "expected"),
    [
        ("Regjeringen har besluttet at skolerne skal have flere penge til nye bøger.", "nb", "no"),
        ("Regjeringen har besluttet at skolerne skal have flere penge til nye bøger.", "da", "da"),
        ("Presiden mengatakan pemerintah akan membangun jembatan baru.", "ms-MY", "ms"),
        ("Vlada je najavila nove mjere za gospodarstvo.", "hr", "hr"),
        ("Vlada je najavila nove mere za privredu.", "sr-Latn", "sr"),
    ],
    ids=["Norwegian", "Danish", "Malay", "Croatian", "Serbian"],
)
def test_between_languages_that_are_alike_the_hint_decides(text, hint, expected):
    assert language_of(text, hint) == expected


@pytest.mark.parametrize(
    ("text", "hint", "expected"),
    [
        ("O goberno anunciou onte novas axudas para o sector pesqueiro de Galicia.", "es", "gl"),
        ("El gobierno anunció ayer nuevas ayudas para el sector pesquero.", "gl", "es"),
        ("De regering heeft gisteren nieuwe maatregelen aangekondigd.", "en", "nl"),
        ("Die regering het gister nuwe maatreëls aangekondig.", "en", "af"),
        ("Le maire a dit hier que le vieux pont sera réparé.", "en-US", "fr"),
    ],
    ids=["Galician", "Spanish", "Dutch", "Afrikaans", "French"],
)
def test_a_hint_does_not_decide_what_the_words_make_plain(text, hint, expected):
    assert language_of(text, hint) == expected


def test_a_short_text_that_may_well_be_english_is():
    assert language_of("Ada Okafor met Tom Reyes in Oslo.") == "en"


def test_of_a_mixed_text_the_language_of_most_of_it_counts():
    said = "Le maire a dit : « oui ». "

    assert language_of(said + 3 * ENGLISH) == "en"


@pytest.mark.parametrize(
    "head",
    [
        '<html lang="bs"><head>',
        '<html><head><meta property="og:locale" content="bs_BA">',
        '<html><head><script type="application/ld+json">'
        '{"@type": "NewsArticle", "headline": "Ceste", "inLanguage": "bs-BA"}</script>',
    ],
    ids=["html", "meta tag", "JSON-LD"],
)
def test_what_a_page_says_reaches_the_tie(head):
    article = article_from(a_page(f"{head}<title>Ceste</title></head>{ALIKE}</html>".encode()))

    assert article.lang == "bs"


ALIKE = (
    "<body><article><h1>Ceste</h1>"
    "<p>Vlada je najavila nove mjere za gospodarstvo. Ministar je rekao da su ceste otvorene.</p>"
    "<p>Grad je kupio nove autobuse i tramvaje. Radovi na mostu traju do jeseni.</p>"
    "<p>Bolnica je dobila novu zgradu i opremu.</p>"
    "</article></body>"
)
RSS = (
    "<rss version='2.0' xmlns:content='http://purl.org/rss/1.0/modules/content/'><channel>"
    "<title>T</title><language>bs</language><item><link>https://gazette.example/a</link>"
    f"<title>Ceste</title><content:encoded><![CDATA[{ALIKE}]]></content:encoded></item></channel></rss>"
)
ATOM = (
    "<feed xmlns='http://www.w3.org/2005/Atom' xml:lang='bs'><entry><id>1</id><title>Ceste</title>"
    f"<link href='https://gazette.example/a'/><content type='html'><![CDATA[{ALIKE}]]></content>"
    "</entry></feed>"
)
JSON = json.dumps(
    {
        "version": "https://jsonfeed.org/version/1.1",
        "language": "bs",
        "items": [{"id": "1", "url": "https://gazette.example/a", "content_html": ALIKE}],
    }
)


@pytest.mark.parametrize("body", [RSS, ATOM, JSON], ids=["RSS", "Atom", "JSON"])
def test_what_a_feed_says_reaches_the_tie_where_the_text_is_its(body):
    page = content_page(a_page(body.encode()), url="https://gazette.example/a")

    article = article_from(page)

    assert article.lang == "bs"
