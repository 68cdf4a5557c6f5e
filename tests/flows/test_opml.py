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
  <outline type="rss" text="Again" xmlUrl="https://gazette.example/rss"/>
  <outline type="link" text="No feed" url="https://other.example/"/>
</body></opml>"""


def test_nested_outlines_are_read_in_order_with_their_folders():
    assert outlines_in(NESTED) == [
        Outline(
            url="https://gazette.example/rss",
            title="The Gazette",
            site_url="https://gazette.example/",
            folders=("News", "North"),
        ),
        Outline(url="https://cafe.example/feed", title="Café", folders=("News",)),
        Outline(url="https://bare.example/atom"),
    ]


def test_a_bare_ampersand_costs_nothing():
    content = b'<opml><body><outline xmlUrl="https://a.example/?x=1&y=2"/></body></opml>'

    assert len(outlines_in(content)) == 1


@pytest.mark.parametrize(
    "content",
    [b"", b"not xml", b"<html><body>hi</body></html>", b"<opml/>", b"\0\xff"],
)
def test_what_is_not_opml_is_refused(content):
    with pytest.raises(SettingsError):
        outlines_in(content)


def test_no_entity_opens_a_file(tmp_path):
    secret = tmp_path / "secret.txt"
    secret.write_text("secret")
    content = f"""<!DOCTYPE opml [<!ENTITY x SYSTEM "file://{secret}">]>
        <opml><body><outline text="a&x;" xmlUrl="https://a.example/"/></body></opml>"""

    assert "secret" not in repr(outlines_in(content.encode()))


def test_entities_in_entities_do_not_fill_the_memory():
    levels = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 10))
    content = f"""<!DOCTYPE opml [<!ENTITY e0 "ha">{levels}]>
        <opml><body><outline text="&e9;" xmlUrl="https://a.example/"/></body></opml>"""

    assert len(repr(outlines_in(content.encode()))) < 100_000


def test_a_thousand_feeds_come_back_as_they_went():
    outlines = [
        Outline(url=f"https://site{n}.example/feed", title=f"Site {n}", folders=(f"F{n % 7}",))
        for n in range(1_000)
    ]

    found = outlines_in(opml_of(outlines, title="All"))

    assert sorted(found, key=lambda it: it.url) == sorted(outlines, key=lambda it: it.url)


@given(title=st.text(), folder=st.text(min_size=1))
def test_any_title_can_be_written(title, folder):
    outline = Outline(url="https://a.example/?x=1&y=2", title=title, folders=(folder,))

    (found,) = outlines_in(opml_of([outline], title=title))

    assert found.url == outline.url
