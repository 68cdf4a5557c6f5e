"""What is put on the wire for an address, and where a redirect leads."""

import contextlib
from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.hops import RedirectError, Trail, UnusableUrlError, wire_url

SENT = [
    ("http://a.example", "http://a.example/"),
    ("http://a.example/", "http://a.example/"),
    ("HTTP://A.Example/B", "http://a.example/B"),
    ("  http://a.example/\n", "http://a.example/"),
    ("http://a.example/b\t\r\nc", "http://a.example/bc"),
    ("http://a.ex\tample/", "http://a.example/"),
    ("http://a.example/b c?d e", "http://a.example/b%20c?d%20e"),
    ("http:\\\\a.example\\b", "http://a.example/b"),
    ("http://a.example\\@b.example/", "http://a.example/@b.example/"),
    ("http://a.example/b?c\\d", "http://a.example/b?c%5Cd"),
    ("http://a.example/b#c", "http://a.example/b"),
    ("http://a.example?b", "http://a.example/?b"),
    ("http://a.example/?", "http://a.example/"),
    ("http://a.example:8080/", "http://a.example:8080/"),
    ("http://a.example:/", "http://a.example/"),
    ("https://a.example:443/", "https://a.example:443/"),
    ("http://user:pass@a.example/", "http://user:pass@a.example/"),
    ("http://us er:p@ss@a.example/", "http://us%20er:p%40ss@a.example/"),
    ("http://a.example/%7Eb%2f%zz%", "http://a.example/%7Eb%2f%zz%"),
    ("http://a.example/../b/./c", "http://a.example/../b/./c"),
    ("http://a.example/caf\u00e9?\u00fc=\u4eac", "http://a.example/caf%C3%A9?%C3%BC=%E4%BA%AC"),
    ("http://a.example/\udce9", "http://a.example/%E9"),
    ("http://a.example/<b>\"`{|}^'", "http://a.example/%3Cb%3E%22%60%7B|%7D%5E'"),
    ("http://a.example/\x00\x7f", "http://a.example/%00%7F"),
    ("http://a.example/b;c=d", "http://a.example/b;c=d"),
    ("http://a.example/b//c", "http://a.example/b//c"),
    ("http://a_b.example/", "http://a_b.example/"),
    ("http://a.example./", "http://a.example./"),
    ("http://B\u00fccher.example/", "http://xn--bcher-kva.example/"),
    ("http://xn--bcher-kva.example/", "http://xn--bcher-kva.example/"),
    ("http://a\u3002example/", "http://a.example/"),
    ("http://\uff21.example/", "http://a.example/"),
    ("http://\U0001f4a7.example/", "http://xn--js8h.example/"),
    ("http://[2001:DB8::1]/", "http://[2001:db8::1]/"),
    ("http://[::1]:80/b", "http://[::1]:80/b"),
    ("http://[::ffff:127.0.0.1]/", "http://[::ffff:127.0.0.1]/"),
    ("http://127.0.0.1./", "http://127.0.0.1/"),
    ("http://127.1/", "http://127.0.0.1/"),
    ("http://0/", "http://0.0.0.0/"),
    ("http://2130706433/", "http://127.0.0.1/"),
    ("http://0x7F000001/", "http://127.0.0.1/"),
    ("http://0x7f.1/", "http://127.0.0.1/"),
    ("http://0177.0.0.01/", "http://127.0.0.1/"),
    ("http://192.168.257/", "http://192.168.1.1/"),
    ("http://1.0x/", "http://1.0.0.0/"),
    ("http://\uff11\uff12\uff17.0.0.1/", "http://127.0.0.1/"),
    ("http://1e3.example/", "http://1e3.example/"),
    ("http://4.example/", "http://4.example/"),
]
UNUSABLE = [
    "", "a.example", "//a.example/", "/b", "http:", "http:///b", "http:a.example", "http://",
    "ftp://a.example/", "file:///etc/passwd", "javascript:alert(1)", "data:text/html,x",
    "gopher://a.example/", "feed://a.example/", "http+unix://%2Ftmp%2Fx/",
    "http://a b.example/", "http://a%2eexample/", "http://a<b.example/", "http://a*.example/",
    "http://user@/", "http://:80/", "http://?b", "http://#b",
    "http://a.example:65536/", "http://a.example:-1/", "http://a.example:8o/",
    "http://a.example:80\uff11/", "http://[::1/", "http://::1/", "http://[::g]/", "http://[]/",
    "http://[fe80::1%25eth0]/", "http://[::1]b/", "http://[127.0.0.1]/", "http://[v1.a]/",
    "http://256.0.0.1/", "http://1.2.3.4.5/", "http://4294967296/", "http://1.2.3.256/",
    "http://09.0.0.1/", "http://a.1/", "http://1..1/", "http://0x7g.1/", f"http://{'9' * 5000}/",
    "http://\u00ad/", "http://a\udce9.example/", "http://a.example/\ud800",
]  # fmt: skip
REDIRECTED = [
    ("/d", "http://a.example/d"),
    ("d", "http://a.example/b/d"),
    ("./d", "http://a.example/b/d"),
    ("../d", "http://a.example/d"),
    ("../../../d", "http://a.example/d"),
    ("?e", "http://a.example/b/c?e"),
    ("//b.example/d", "http://b.example/d"),
    ("\\\\b.example\\d", "http://b.example/d"),
    ("\\d", "http://a.example/d"),
    ("https://b.example", "https://b.example/"),
    ("HTTPS://B.EXAMPLE/", "https://b.example/"),
    (" https://b.example/d \t", "https://b.example/d"),
    ("/d#e", "http://a.example/d"),
    ("/d e", "http://a.example/d%20e"),
    ("/caf\u00c3\u00a9", "http://a.example/caf%C3%A9"),
    ("/caf\u00e9", "http://a.example/caf%E9"),
    ("http://2130706433/", "http://127.0.0.1/"),
    ("http:d", "http://a.example/b/d"),
]


@pytest.mark.parametrize(("url", "sent"), SENT)
def test_an_address_goes_out_in_ascii_and_otherwise_as_it_is(url, sent):
    assert wire_url(url) == sent


@pytest.mark.parametrize("url", UNUSABLE)
def test_what_cannot_be_asked_for_is_refused_in_a_sentence(url):
    with pytest.raises(UnusableUrlError) as refused:
        wire_url(url)

    assert 20 < len(str(refused.value)) < 400


@pytest.mark.parametrize(("location", "target"), REDIRECTED)
def test_a_redirect_leads_where_a_browser_would_go(location, target):
    trail = Trail(url="http://a.example/b/c?x=1")

    assert trail.after(302, location).url == target


@pytest.mark.parametrize("location", ["file:///etc/passwd", "data:,x", "//[", "https:d"])
def test_a_redirect_out_of_http_is_refused(location):
    with pytest.raises(UnusableUrlError):
        Trail(url="http://a.example/b").after(302, location)


@pytest.mark.parametrize("location", [None, "", "  ", "/b", "#again", "\\b", "//"])
def test_a_redirect_to_nowhere_new_is_refused(location):
    with pytest.raises(RedirectError):
        Trail(url="http://a.example/b").after(302, location)


@given(st.text(max_size=40).map("http://a.example/".__add__) | st.text(max_size=60))
def test_what_is_ready_for_the_wire_stays_as_it_is(text):
    with contextlib.suppress(UnusableUrlError):
        ready = wire_url(text)

        assert ready.isascii()
        assert wire_url(ready) == ready
        assert urlsplit(ready).scheme in ("http", "https")


@given(st.text(st.characters(max_codepoint=255), max_size=60))
def test_any_location_leads_to_an_address_or_is_refused(location):
    with contextlib.suppress(UnusableUrlError, RedirectError):
        reached = Trail(url="http://a.example/b").after(301, location).url

        assert wire_url(reached) == reached


@pytest.mark.parametrize(
    "url",
    [
        "ftp://ann:s3cret@a.example/",
        "http://ann:s3cret@a.example:port/",
        "http://ann:s3/cret@a.example/",
        "http://ann:s3#cret@a.example/",
        "http:ann:s3cret@a.example",
        "http://ann:s3cret@[::g]/",
        "http://ann:s3cret@",
    ],
)
def test_why_an_address_cannot_be_asked_is_said_without_its_password(url):
    with pytest.raises(UnusableUrlError) as refused:
        wire_url(url)

    assert "s3" not in str(refused.value)
    assert "cret" not in str(refused.value)


def test_a_name_and_password_that_a_redirect_gives_are_left_out():
    trail = Trail(url="http://a.example/").after(302, "http://ann:s3cret@b.example/c")

    assert trail.url == "http://b.example/c"
