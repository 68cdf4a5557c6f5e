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
from tests.extractors.address_cases import FOLDED, KEPT, OTHER_ARTICLE, SAME_ARTICLE

#: What breaks addresses apart, or is folded in them.
PIECES = st.sampled_from(
    ["/", "//", ".", "..", "/amp", ".amp", "amp;", "&amp;", "&", "=", "?", "#", "#!", "%", "%2e",
     "%2F", "%25", "%6a", ";jsessionid=", "jsessionid", "utm_source=", "ref=", "rss", "m.", "a",
     "/index.html", ".amp.html", "/amphtml", "/print", "print=1",
     "google.com/amp/s/", "é", "ß", "\ud800", "\u3000", " ", "\t", "\\", "@", ":", "+", "|"]
)  # fmt: skip
HOSTS = st.sampled_from(
    ["news", "m.news", "amp.m.news", "en.m.news", "www.bücher", "straße", "M", "jo:p@news"]
)
TRACKING = st.sampled_from(
    ["utm_source=rss", "fbclid=1", "ref=newsletter", "amp", "amp=1", "xtor=RSS-1", "CMP=share"]
)


@pytest.mark.parametrize(("given_url", "expected"), FOLDED.values(), ids=FOLDED.keys())
def test_an_address_has_one_spelling(given_url, expected):
    assert canonical_url(given_url) == expected


@pytest.mark.parametrize("url", KEPT.values(), ids=KEPT.keys())
def test_what_may_mean_something_stays(url):
    assert canonical_url(url) == url


@pytest.mark.parametrize("expected", [case[1] for case in FOLDED.values()], ids=FOLDED.keys())
def test_a_canonical_address_is_its_own_canonical_address(expected):
    assert canonical_url(expected) == expected


@pytest.mark.parametrize(("one", "other"), OTHER_ARTICLE.values(), ids=OTHER_ARTICLE.keys())
def test_addresses_that_may_mean_two_articles_have_two_ids(one, other):
    assert article_id_of(canonical_url(one)) != article_id_of(canonical_url(other))


@pytest.mark.parametrize(("one", "other"), SAME_ARTICLE.values(), ids=SAME_ARTICLE.keys())
def test_addresses_that_answer_with_one_page_have_one_id(one, other):
    assert article_id_of(canonical_url(one)) == article_id_of(canonical_url(other))


def test_an_address_deep_inside_viewers_is_refused():
    wrapped = "https://www.google.com/amp/s/" + "m.google.com/amp/s/" * 1_000 + "news.example/a"

    with pytest.raises(ValueError, match="address in an address"):
        canonical_url(wrapped)


@pytest.mark.parametrize(
    "url",
    ["ftp://news.example/a", "/a", "", "mailto:jo@news.example", "javascript:void(0)", "http://",
     "http:///a", "http://a b/", "http://news.example:99999/", "http://a\\@news.example/",
     f"http://{'a' * 64}.example/", "http://[::1/", "http://[v1.x]/", "http://[fe80::1%25eth0]/",
     "http://news..example/", "http://ß..example/", "http://%6Eews.example/", "//news.example/a",
     f"http://{'ß' * 60}.example/", f"http://{'a.' * 200}example/", "http://\ud800.example/",
     "http://news.example:8o/", "data:text/html,a", "https:news.example/a", "news.example/a"],
)  # fmt: skip
def test_what_is_no_http_address_is_refused(url):
    with pytest.raises(ValueError):  # noqa: PT011  # the message is Python's own for some
        canonical_url(url)


def test_a_relative_address_is_read_against_its_base():
    assert (
        canonical_url("../b?x=1", base="https://news.example/s/a") == "https://news.example/b?x=1"
    )


@given(HOSTS, st.lists(PIECES | st.text(max_size=3), max_size=12))
def test_folding_twice_changes_nothing(host, pieces):
    try:
        once = canonical_url(f"https://{host}.example/{''.join(pieces)}")
    except ValueError:
        return

    assert canonical_url(once) == once
    assert once.isascii()
    assert not set(once) & set(' \t\n"<>\\')


@given(st.lists(st.sampled_from(["id=1", "p=2", "q=a%20b", "id=1"]), max_size=4), st.data())
def test_tracking_anywhere_in_a_query_makes_no_other_page(fields, data):
    page = "https://news.example/story"
    at = data.draw(st.integers(min_value=0, max_value=len(fields)))
    tracked = [*fields[:at], data.draw(TRACKING), *fields[at:]]

    assert canonical_url(f"{page}?{'&'.join(tracked)}") == canonical_url(
        f"{page}?{'&'.join(fields)}"
    )


@pytest.mark.parametrize(
    "piece", ["/amp", ".amp", "../", "&amp;", "amp;", ";jsessionid=", "%", "m."]
)
def test_an_address_of_a_million_characters_is_folded_in_one_go(piece):
    url = f"https://news.example/a{piece * (1_000_000 // len(piece))}"

    once = canonical_url(url)

    assert canonical_url(once) == once


def test_an_id_is_twenty_hexadecimal_digits():
    article_id = article_id_of("https://news.example/a")

    assert len(article_id) == 20
    assert not set(article_id) - set("0123456789abcdef")


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
