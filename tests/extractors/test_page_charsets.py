import pytest

from extractors.maintext import article_from
from tests.extractors.bridge_pages import PARAGRAPHS, a_page, a_story

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
