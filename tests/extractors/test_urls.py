import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.urls import (
    article_id_of,
    canonical_url,
    entry_id_of,
    feed_id_of,
    outlet_of,
    registrable_domain,
    same_site,
)

VECTORS = {
    "host and scheme in lower case": ("HTTP://News.Example/A", "http://news.example/A"),
    "default port": ("https://news.example:443/a", "https://news.example/a"),
    "other port stays": ("http://news.example:8080/a", "http://news.example:8080/a"),
    "empty path": ("https://news.example", "https://news.example/"),
    "dot segments": ("https://news.example/a/./b/../c", "https://news.example/a/c"),
    "dots above the root": ("https://news.example/../../a", "https://news.example/a"),
    "escaped dots": ("https://news.example/a/%2e%2e/b", "https://news.example/b"),
    "international host": ("https://bücher.example/a", "https://xn--bcher-kva.example/a"),
    "credentials": ("https://jo:secret@news.example/a", "https://news.example/a"),
    "trailing dot of the host": ("https://news.example./a", "https://news.example/a"),
    "fragment": ("https://news.example/a#top", "https://news.example/a"),
    "fragment that is an address": ("https://news.example/#!/a", "https://news.example/#!/a"),
    "utm": ("https://news.example/a?utm_source=x&utm_medium=y", "https://news.example/a"),
    "click ids": ("https://news.example/a?fbclid=1&gclid=2&mc_cid=3", "https://news.example/a"),
    "channel": ("https://news.example/a?ref=rss", "https://news.example/a"),
    "ref that may mean something": (
        "https://news.example/a?ref=17",
        "https://news.example/a?ref=17",
    ),
    "queries in their order": (
        "https://news.example/w?v=1&utm_term=t&q=a&b=",
        "https://news.example/w?v=1&q=a&b=",
    ),
    "escapes": ("https://news.example/%7ejo/%c3%a9 é", "https://news.example/~jo/%C3%A9%20%C3%A9"),
    "stray percent": ("https://news.example/100%", "https://news.example/100%25"),
    "session id": ("https://news.example/a;jsessionid=9F?x=1", "https://news.example/a?x=1"),
    "mobile host": ("https://m.news.example/a", "https://news.example/a"),
    "host that is only named m": ("https://m.example/a", "https://m.example/a"),
    "amp host": ("https://amp.news.example/a", "https://news.example/a"),
    "amp path": ("https://news.example/a/amp/", "https://news.example/a"),
    "amp section": ("https://news.example/amp", "https://news.example/amp"),
    "amp query": ("https://news.example/a?amp=1&id=2", "https://news.example/a?id=2"),
    "amp output": ("https://news.example/a?outputType=amp", "https://news.example/a"),
    "blanks around": ("  https://news.example/a\n", "https://news.example/a"),
    "short form of IPv6": ("http://[0:0:0:0:0:0:0:1]:80/a", "http://[::1]/a"),
}


@pytest.mark.parametrize(("given_url", "expected"), VECTORS.values(), ids=VECTORS.keys())
def test_an_address_has_one_spelling(given_url, expected):
    assert canonical_url(given_url) == expected


@pytest.mark.parametrize("expected", [case[1] for case in VECTORS.values()], ids=VECTORS.keys())
def test_a_canonical_address_is_its_own_canonical_address(expected):
    assert canonical_url(expected) == expected


@pytest.mark.parametrize(
    "url",
    ["ftp://news.example/a", "/a", "", "mailto:jo@news.example", "javascript:void(0)", "http://",
     "http:///a", "http://a b/", "http://news.example:99999/", "http://a\\@news.example/",
     f"http://{'a' * 64}.example/", "http://[::1/"],
)  # fmt: skip
def test_what_is_no_http_address_is_refused(url):
    with pytest.raises(ValueError):  # noqa: PT011  # the message is Python's own for some
        canonical_url(url)


def test_a_relative_address_is_read_against_its_base():
    assert (
        canonical_url("../b?x=1", base="https://news.example/s/a") == "https://news.example/b?x=1"
    )


@given(
    st.builds(
        "https://{}.example/{}?{}#{}".format,
        st.sampled_from(["news", "m.news", "amp.m.news", "www.bücher"]),
        st.text(max_size=30),
        st.text(max_size=30),
        st.text(max_size=10),
    )
)
def test_folding_twice_changes_nothing(url):
    try:
        once = canonical_url(url)
    except ValueError:
        return

    assert canonical_url(once) == once


def test_scheme_and_www_do_not_make_another_article():
    ids = {
        article_id_of(f"{scheme}://{www}news.example/a")
        for scheme in ("http", "https")
        for www in ("", "www.")
    }

    assert len(ids) == 1
    assert len(ids.pop()) == 20


def test_different_addresses_are_different_articles():
    assert article_id_of("https://news.example/a") != article_id_of("https://news.example/b")


def test_an_entry_of_another_feed_has_another_id():
    one, other = feed_id_of("https://news.example/rss"), feed_id_of("https://news.example/atom")

    assert entry_id_of(one, "guid-1") != entry_id_of(other, "guid-1")


@pytest.mark.parametrize(
    ("host", "expected"),
    [
        ("www.news.co.uk", "news.co.uk"),
        ("news.example", "news.example"),
        ("a.b.news.example", "news.example"),
        ("someone.github.io", "someone.github.io"),
        ("co.uk", None),
        ("localhost", None),
        ("127.0.0.1", None),
        ("[::1]", None),
        ("", None),
    ],
)
def test_the_registrable_domain_is_what_somebody_registered(host, expected):
    assert registrable_domain(host) == expected


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://www.news.co.uk/a", "news.co.uk"),
        ("http://127.0.0.1:8000/a", "127.0.0.1:8000"),
        ("http://localhost/a", "localhost:80"),
        ("https://[::1]/a", "[::1]:443"),
    ],
)
def test_an_outlet_is_a_domain_or_host_and_port(url, expected):
    assert outlet_of(url) == expected


def test_subdomains_are_one_site_and_ports_of_a_machine_are_not():
    assert same_site("https://a.news.example/1", "http://b.news.example/2")
    assert not same_site("http://127.0.0.1:8001/1", "http://127.0.0.1:8002/1")
