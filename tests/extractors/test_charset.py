"""Pages in every charset that news come in, stated by nobody, one or several, truly or not."""

import codecs

import pytest

from extractors.pages.charset import decoded

TEXTS = {
    "utf-8": "“Žižek” 北京",
    "windows-1252": "He said “yes” – it’s 5 € in the café of Zoë",
    "gb18030": "北京市政府星期一宣布修复旧桥",
    "gbk": "北京市政府星期一宣布修复旧桥",
    "shift_jis": "東京都は月曜日に古い橋の修理を発表した",
    "euc-jp": "東京都は月曜日に古い橋の修理を発表した",
    "iso-2022-jp": "東京都は月曜日に古い橋の修理を発表した",
    "euc-kr": "서울시는 월요일에 낡은 다리를 고친다고 밝혔다",
    "big5": "臺北市政府星期一宣布修復舊橋",
    "koi8-r": "Москва объявила в понедельник о ремонте старого моста",
    "windows-1251": "Москва объявила в понедельник о ремонте старого моста",
    "windows-1250": "Žluťoučký kůň příšerně úpěl ďábelské ódy v Łodzi",
    "windows-1253": "Η Αθήνα ανακοίνωσε τη Δευτέρα την επισκευή της γέφυρας",
    "windows-1254": "İstanbul Büyükşehir Belediyesi köprüyü onaracağını açıkladı",
    "windows-1256": "أعلنت بلدية المدينة يوم الاثنين إصلاح الجسر القديم",
    "iso-8859-2": "Žluťoučký kůň příšerně úpěl ďábelské ódy",
    "iso-8859-9": "İstanbul Büyükşehir Belediyesi köprüyü onaracağını açıkladı",
    "iso-8859-15": "Le pont coûte 5 € à l'œuvre",
}
CASES = pytest.mark.parametrize(("charset", "text"), TEXTS.items(), ids=TEXTS.keys())
DECLARATIONS = {
    "meta": "<meta charset={}>",
    "http-equiv without quotes": "<meta http-equiv=Content-Type content=text/html;charset={}>",
    "http-equiv with odd quotes": "<META content='text/html; charset = \"{}\"' http-equiv=x />",
    "beyond byte 1,024": f"<!--{'-' * 1_100}--><meta charset='{{}}'>",
    "beyond byte 5,000": f"<style>{'a{{}}' * 1_800}</style><meta charset='{{}}'>",
}


def a_page(text: str, charset: str, head: str = "", lang: str = "") -> bytes:
    body = "".join(f"<p>{text} {number}</p>" for number in range(12))
    return f"<html {lang}><head>{head}</head><body>{body}</body></html>".encode(charset)


def has(characters: str, text: str) -> bool:
    return f"<p>{text} 0</p>" in characters and f"<p>{text} 11</p>" in characters


@CASES
def test_a_charset_that_the_header_states_is_read(charset, text):
    body = a_page(text, charset)

    characters = decoded(body, f'text/html; Charset="{charset.upper()}"')

    assert has(characters, text)


@pytest.mark.parametrize("form", DECLARATIONS.values(), ids=DECLARATIONS.keys())
@CASES
def test_a_charset_that_the_page_declares_is_read(charset, text, form):
    body = a_page(text, charset, head=form.format(charset))

    characters = decoded(body, "text/html")

    assert has(characters, text)


@CASES
def test_a_charset_in_the_prolog_is_read(charset, text):
    prolog = f'<?xml version="1.0" encoding="{charset}"?>'.encode()

    characters = decoded(prolog + a_page(text, charset), "application/xhtml+xml")

    assert has(characters, text)


@pytest.mark.parametrize("default", ["utf-8", "iso-8859-1"])
@CASES
def test_a_page_is_believed_where_the_header_is_a_servers_default(charset, text, default):
    body = a_page(text, charset, head=f"<meta charset={charset}>")

    characters = decoded(body, f"text/html; charset={default}")

    assert has(characters, text)


@pytest.mark.parametrize("false", ["utf-8", "iso-8859-1"])
@CASES
def test_a_header_is_believed_where_the_page_declares_what_its_template_said(charset, text, false):
    body = a_page(text, charset, head=f"<meta charset={false}>")

    characters = decoded(body, f"text/html; charset={charset}")

    assert has(characters, text)


@pytest.mark.parametrize(
    ("charset", "lang"),
    [
        ("euc-kr", "ko"), ("windows-1251", "ru"), ("windows-1253", "el-GR"), ("shift_jis", "ja"),
        ("gb18030", "zh"), ("windows-1250", "cs"), ("windows-1256", "ar"), ("windows-1252", "en"),
        ("windows-1254", "tr"), ("iso-2022-jp", "ja"), ("utf-8", "en"),
    ],
)  # fmt: skip
def test_a_charset_that_nobody_states_is_guessed(charset, lang):
    body = a_page(TEXTS[charset], charset, lang=f"lang={lang}")

    characters = decoded(body, "text/html")

    assert has(characters, TEXTS[charset])


@pytest.mark.parametrize("header", ["text/html", "text/html; charset=iso-8859-1"])
def test_a_lone_bad_byte_costs_one_character_and_no_more(header):
    body = a_page(TEXTS["utf-8"], "utf-8").replace(b" 5<", b"\xff 5<")

    characters = decoded(body, header)

    assert has(characters, TEXTS["utf-8"])
    assert characters.count("\ufffd") == 1


@pytest.mark.parametrize("charset", ["windows-1252", "windows-1251", "big5", "euc-kr"])
def test_a_lone_bad_byte_leaves_the_declared_charset(charset):
    body = a_page(TEXTS[charset], charset, head=f"<meta charset={charset}>")

    characters = decoded(body.replace(b" 5<", b" 5\xff\x81\x8d<"), "text/html")

    assert has(characters, TEXTS[charset])


@pytest.mark.parametrize("mark", ["", "\ufeff"], ids=["unmarked", "marked"])
@pytest.mark.parametrize("charset", ["utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("stated", ["utf-16", "utf-8", "iso-8859-1"])
def test_utf_16_is_told_by_its_bytes(charset, mark, stated):
    body = mark.encode(charset) + a_page("Žluťoučký 北京", charset, head="<meta charset=utf-8>")

    characters = decoded(body, f"text/html; charset={stated}")

    assert has(characters, "Žluťoučký 北京")


def test_a_mark_outdoes_header_and_page():
    body = codecs.BOM_UTF8 + a_page("Žižek", "utf-8", head="<meta charset=koi8-r>")

    characters = decoded(body, "text/html; charset=windows-1251")

    assert has(characters, "Žižek")
