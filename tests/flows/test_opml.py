"""Lists of feeds from and for other readers."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.errors import SettingsError
from flows.opml import Outline, opml_of, outlines_in

NESTED = b"""<?xml version="1.0" encoding="ISO-8859-1"?>
<opml version="1.0"><head><title>My feeds</title></head><body>
  <outline text="News">
    <outline text="North">
      <outline type="rss" text="Gazette" title="The Gazette" xmlUrl="https://gazette.example/rss"
               htmlUrl="https://gazette.example/"/>
    </outline>
    <outline type="rss" text="Caf\xe9" XMLURL=" https://cafe.example/feed "/>
  </outline>
  <outline type="rss" xmlUrl="https://bare.example/atom"/>
  <outline text="Later"><outline text="Again" xmlUrl="https://gazette.example/rss"/></outline>
  <outline type="link" text="No feed" url="https://other.example/"/>
  <outline type="include" text="Not ours" url="https://other.example/list.opml"/>
</body></opml>"""
URL = "https://a.example/feed"
FEED = f'<outline xmlUrl="{URL}"/>'


def a_list(*outlines, before=""):
    return f"{before}<opml><body>{''.join(outlines)}</body></opml>"


def an_outline(attributes, inner=""):
    return f"<outline {attributes}>{inner}</outline>" if inner else f"<outline {attributes}/>"


def test_nested_outlines_are_read_in_order_with_their_folders_and_each_once():
    assert outlines_in(NESTED) == [
        Outline(
            url="https://gazette.example/rss", title="The Gazette", folder=("News", "North")
        ),
        Outline(url="https://cafe.example/feed", title="Café", folder=("News",)),
        Outline(url="https://bare.example/atom"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("attributes", "url", "title"),
    [
        (f'text="A" xmlUrl="{URL}"', URL, "A"),
        (f"text='say \"A\"' xmlUrl='{URL}'", URL, 'say "A"'),
        (f'TEXT="A" xmlurl = "{URL}"', URL, "A"),
        (f'text="A" title="The A" xmlUrl="{URL}"', URL, "The A"),
        (f'text="A" title=" " xmlUrl="{URL}"', URL, "A"),
        (f'text="{URL}" title="" xmlUrl="{URL}"', URL, None),
        (f'text="A\r\n  B" xmlUrl="{URL}"', URL, "A   B"),
        (f'text="A &amp; B&#10;&#x43;" xmlUrl="{URL}"', URL, "A & B\nC"),
        (f'text="caf&eacute;&nbsp;A" xmlUrl="{URL}"', URL, "café\xa0A"),
        (f'text="A & B &none; &#99999999;" xmlUrl="{URL}"', URL, "A & B &none; &#99999999;"),
        (f'text="A < B > C" xmlUrl="{URL}"', URL, "A < B > C"),
        (f'text=A isOpen xmlUrl={URL}', URL, "A"),
        (f'text="A" text="B" xmlUrl="{URL}"', URL, "A"),
        (f'text="A" xmlUrl="{URL}?a=1&copy=2&amp;lt=3"', f"{URL}?a=1&copy=2&lt=3", "A"),
        ('text="A" xmlUrl="feed://a.example/feed"', "http://a.example/feed", "A"),
        (f'text="A" xmlUrl="feed:{URL}"', URL, "A"),
        (f'text="A" xmlUrl="FEED://{URL}"', URL, "A"),
        ('text="A" xmlUrl="javascript:alert(1)"', "javascript:alert(1)", "A"),
    ],
)  # fmt: skip
def test_an_outline_is_read_as_it_is_meant(attributes, url, title):
    found = outlines_in(a_list(an_outline(attributes), an_outline('xmlUrl="last"')).encode())

    assert found == [Outline(url=url, title=title), Outline(url="last")]


@pytest.mark.parametrize(
    ("before", "charset"),
    [
        ("", "utf-8"),
        ("<?xml version='1.0' encoding='UTF-8'?>", "utf-8"),
        ("\ufeff\n", "utf-8"),
        ("\ufeff<?xml version='1.0' encoding='UTF-16'?>", "utf-16-le"),
        ("\ufeff", "utf-16-be"),
        ("<?xml version='1.0' encoding='ISO-8859-1'?>", "latin-1"),
        ("<?xml version='1.0' encoding='windows-1252'?>", "cp1252"),
        ("<?xml version='1.0' encoding='no such'?>", "utf-8"),
    ],
)
def test_a_list_in_any_charset_is_read(before, charset):
    content = a_list(an_outline(f'text="Größe" xmlUrl="{URL}"'), before=before)

    found = outlines_in(content.encode(charset))

    assert found == [Outline(url=URL, title="Größe")]


@pytest.mark.parametrize(
    "content",
    [
        f"<OPML version='1.1'><Body><Outline xmlUrl='{URL}'></OUTLINE></Body></OPML>",
        a_list(FEED, before="<!-- <opml><body><outline xmlUrl='x'/> -->"),
        a_list("<![CDATA[<outline xmlUrl='x'/>]]>", FEED),
        f"<opml><head><outline xmlUrl='x'/></head><body>{FEED}",
        f"<opml><body></outline></outline>{FEED}</body>",
    ],
    ids=["letters", "comment", "cdata", "head", "closed too often"],
)
def test_what_stands_around_the_outlines_does_not_matter(content):
    assert outlines_in(content.encode()) == [Outline(url=URL)]


def test_a_list_that_breaks_off_is_read_as_far_as_it_goes():
    content = a_list(an_outline('text="F"', an_outline(f'xmlUrl="{URL}"'))).partition("</out")[0]

    assert outlines_in(f'{content}<outline text="B" xmlUrl="htt'.encode())[0].url == URL


@pytest.mark.parametrize(
    "content",
    [b"", b"not xml", b"<html><body>hi</body></html>", b"<opml/>", b"<body/><opml/>", b"\0\xff",
     b"<opml><head>", b"<!-- <opml><body></body></opml>"],
)  # fmt: skip
def test_what_is_not_opml_is_refused(content):
    with pytest.raises(SettingsError):
        outlines_in(content)


def test_no_entity_opens_a_file(tmp_path):
    secret = tmp_path / "secret.txt"
    secret.write_text("secret words")
    entity = f'<!DOCTYPE opml [<!ENTITY x SYSTEM "{secret.as_uri()}">]>'

    found = outlines_in(a_list(an_outline(f'text="a&x;" xmlUrl="{URL}"'), before=entity).encode())

    assert found == [Outline(url=URL, title="a&x;")]


def test_entities_in_entities_do_not_unfold():
    levels = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 10))
    laughs = f'<!DOCTYPE opml [<!ENTITY e0 "ha">{levels}]>'

    found = outlines_in(a_list(an_outline(f'text="&e9;" xmlUrl="{URL}"'), before=laughs).encode())

    assert found == [Outline(url=URL, title="&e9;")]


def test_folders_nested_without_end_cost_no_feed():
    deep, depth = an_outline('xmlUrl="deep"'), 50_000
    nested = '<outline text="f">' * depth + deep + "</outline>" * depth

    found = outlines_in(a_list(nested, an_outline('xmlUrl="last"')).encode())

    assert [(each.url, each.folder[:2]) for each in found] == [("deep", ("f", "f")), ("last", ())]
    assert len(found[0].folder) < 100


@pytest.mark.parametrize(
    "piece", ['<outline a="', "<outline a='\"", "<!--", "<outline a ", "<![CDATA[", "&#"]
)
def test_what_is_never_closed_takes_no_more_time_than_its_length(piece):
    """Half a megabyte: looked at again from each piece, it would take minutes."""
    content = a_list(FEED, piece * (500_000 // len(piece)))

    assert outlines_in(content.encode())[0].url == URL


def test_a_thousand_feeds_come_back_as_they_went():
    outlines = [
        Outline(url=f"https://site{n}.example/feed", title=f"Site {n}", folder=(f"F{n // 9}", "G"))
        for n in range(1_000)
    ]

    assert outlines_in(opml_of(outlines, title="All")) == outlines


NAMES = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cc", "Cn"], include_characters="\n\t\r"),
    min_size=1,
).filter(str.strip)
OUTLINES = st.builds(
    Outline,
    url=st.integers(0, 10**6).map(lambda number: f"https://a.example/?x=1&lt={number}#'\""),
    title=st.none() | NAMES,
    folder=st.lists(NAMES, max_size=3).map(tuple),
)


@given(outlines=st.lists(OUTLINES, unique_by=lambda each: each.url, max_size=5), title=st.text())
def test_any_list_comes_back_as_it_went(outlines, title):
    found = outlines_in(opml_of(outlines, title=title))

    assert sorted(found, key=lambda it: it.url) == sorted(outlines, key=lambda it: it.url)
    assert outlines_in(opml_of(found, title=title)) == found
