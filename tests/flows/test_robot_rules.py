"""How a robots.txt is read: a table of our own, one rule of RFC 9309 or of Google's a row."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.robotrules import MAX_CRAWL_DELAY_S, RobotsRules


def for_all(*rules):
    return "\n".join(("User-agent: *", *rules))


FOR_US = {
    "our name": "User-agent: onrecord\nDisallow: /x",
    "in any case": "USER-AGENT: ONRECORD\nDISALLOW: /x",
    "with a version": "User-agent: OnRecord/2.0\nDisallow: /x",
    "with more words": "User-agent: onrecord crawler\nDisallow: /x",
    "with a star": "User-agent: onrecord*\nDisallow: /x",
    "for all": "User-agent: *\nDisallow: /x",
    "for all, with a comment": "User-agent: * # all\nDisallow: /x # this",
    "first of two names": "User-agent: onrecord\nUser-agent: other\nDisallow: /x",
    "second of two names": "User-agent: other\nUser-agent: onrecord\nDisallow: /x",
    "second of our groups": "User-agent: onrecord\nDisallow: /a\n\nUser-agent: other\nAllow: /\n\n"
    "User-agent: onrecord\nDisallow: /x",
    "empty lines within": "User-agent: onrecord\n\n\nDisallow: /x",
    "comments within": "# a\nUser-agent: onrecord\n# b\nDisallow: /x",
    "a sitemap within": "User-agent: onrecord\nSitemap: /s\nUser-agent: other\nDisallow: /x",
    "CRLF": "User-agent: *\r\nDisallow: /x\r\n",
    "CR": "User-agent: *\rDisallow: /x\r",
    "no blanks": "User-agent:*\nDisallow:/x",
    "many blanks": "  User-agent :  *  \n\tDisallow :\t/x  ",
    "no colon": "User-agent *\nDisallow /x",
    "no hyphen": "Useragent: *\nDisallow: /x",
    "misspelt": "User-agent: *\nDisalow: /x",
    "no end of line": "User-agent: *\nAllow: /y\nDisallow: /x",
    "ours after the one for all": "User-agent: *\nAllow: /\nUser-agent: onrecord\nDisallow: /x",
}
NOT_FOR_US = {
    "nothing": "",
    "a page": "<!doctype html><html><body>User-agent? Disallow!</body></html>",
    "the beginning of our name": "User-agent: onrec\nDisallow: /x",
    "two letters of it": "User-agent: on\nDisallow: /x",
    "a longer name": "User-agent: onrecord-news\nDisallow: /x",
    "the end of our name": "User-agent: record\nDisallow: /x",
    "another name": "User-agent: other\nDisallow: /x",
    "no name": "User-agent:\nDisallow: /x",
    "no group": "Disallow: /x",
    "before any group": "Disallow: /x\nUser-agent: *\nDisallow: /y",
    "ours comes first": "User-agent: *\nDisallow: /\nUser-agent: onrecord\nAllow: /",
    "ours is empty": "User-agent: *\nDisallow: /\n\nUser-agent: onrecord\nDisallow:",
    "ours says nothing": "User-agent: *\nDisallow: /\n\nUser-agent: onrecord\n",
    "a delay between": "User-agent: onrecord\nCrawl-delay: 2\nUser-agent: other\nDisallow: /x",
    "an unknown rule": "User-agent: *\nNoindex: /x",
    "a line end that is none": "User-agent: *\nDisallow: /y\u2028Disallow: /x",
}
PATHS = [
    ("Disallow:", "/x", True),
    ("Disallow: /", "/", False),
    ("Disallow: x", "/x", True),
    ("Disallow: /x", "/x.html", False),
    ("Disallow: /x", "/y/x", True),
    ("Disallow: /x", "/X", True),
    ("Disallow: /x/", "/x", True),
    ("Disallow: /x$", "/x", False),
    ("Disallow: /x$", "/xy", True),
    ("Disallow: /x$", "/x?y", True),
    ("Disallow: /x$y", "/x$y", False),
    ("Disallow: /*.pdf$", "/a.pdf", False),
    ("Disallow: /*.pdf$", "/a.pdf?b", True),
    ("Disallow: /*.pdf", "/a.pdf?b", False),
    ("Disallow: /a*b*c", "/aXbYcZ", False),
    ("Disallow: /a***b", "/ab", False),
    ("Disallow: /*/x/*/y", "/a/x/b/c/y", False),
    ("Disallow: */b", "/a/b", False),
    ("Disallow: /*?*s=", "/?q=1&s=2", False),
    ("Disallow: /x?", "/x", True),
    ("Disallow: /x?a=1&b=2", "/x?a=1&b=2&c=3", False),
    ("Disallow: /x;p", "/x;p=1", False),
    ("Disallow: /a//b", "/a//b", False),
    ("Disallow: https://a.example/x", "/x", True),
    ("Disallow: /caf\u00e9", "/caf%C3%A9", False),
    ("Disallow: /caf%c3%a9", "/caf%C3%A9", False),
    ("Disallow: /%7Ea", "/~a", False),
    ("Disallow: /~a", "/%7Ea", False),
    ("Disallow: /a%2Fb", "/a/b", True),
    ("Disallow: /a%2Fb", "/a%2fb", False),
    ("Disallow: /a/b", "/a%2Fb", True),
    ("Disallow: /a%2A", "/a*", False),
    ("Disallow: /a%2A", "/ab", True),
    ("Disallow: /a%24", "/a$", False),
    ("Disallow: /a%24", "/a", True),
    ("Disallow: /%zz", "/%zz", False),
    ("Disallow: /\nAllow: /a", "/ab", True),
    ("Allow: /a\nDisallow: /ab", "/abc", False),
    ("Allow: /a\nDisallow: /a", "/a", True),
    ("Disallow: /a\nAllow: /a", "/a", True),
    ("Allow: /$\nDisallow: /", "/", True),
    ("Allow: /$\nDisallow: /", "/x", False),
    ("Allow: /p\nDisallow: /*.html", "/p/x.html", False),
    ("Allow: /page\nDisallow: /*.htm", "/page.htm", False),
    ("Disallow: /\nAllow:", "/x", False),
    (f"Disallow: /{'a' * 3000}", f"/{'a' * 3001}", False),
    (f"Disallow: /{'*a' * 40}b", f"/{'a' * 200}", True),
]


def allows(text, path):
    return RobotsRules(text=text).allows(f"https://gazette.example{path}")


@pytest.mark.parametrize("text", FOR_US.values(), ids=FOR_US)
def test_a_group_that_is_for_us_binds_us(text):
    assert not allows(text, "/x")


@pytest.mark.parametrize("text", NOT_FOR_US.values(), ids=NOT_FOR_US)
def test_a_group_that_is_not_for_us_does_not(text):
    assert allows(text, "/x")


@pytest.mark.parametrize(("rules", "path", "allowed"), PATHS)
def test_the_longest_rule_that_fits_decides(rules, path, allowed):
    assert allows(for_all(rules), path) is allowed


@pytest.mark.parametrize(
    ("text", "delay_s"),
    [
        ("User-agent: *\nCrawl-delay: 5", 5),
        ("User-agent: *\nCrawl-delay: 0.5", 0.5),
        ("User-agent: *\nCrawl-delay: 86400", MAX_CRAWL_DELAY_S),
        ("User-agent: *\nCrawl-delay: -3", 0),
        ("User-agent: *\nCrawl-delay: inf", 0),
        ("User-agent: *\nCrawl-delay: nan", 0),
        ("User-agent: *\nCrawl-delay: soon", 0),
        ("User-agent: *\nCrawl-delay:", 0),
        ("User-agent: other\nCrawl-delay: 5", 0),
        ("User-agent: *\nCrawl-delay: 5\n\nUser-agent: onrecord\nDisallow: /x", 0),
        ("User-agent: OnRecord/1\nCrawl-delay: 5", 5),
        ("", 0),
    ],
)
def test_the_crawl_delay_is_that_of_our_group_up_to_two_minutes(text, delay_s):
    assert RobotsRules(text=text).crawl_delay_s == delay_s


@given(st.text(max_size=200), st.text(st.characters(max_codepoint=127), max_size=20))
def test_any_text_is_rules_of_some_kind(text, path):
    rules = RobotsRules(text=f"User-agent: *\nDisallow: /{text}\n{text}")

    assert 0 <= rules.crawl_delay_s <= MAX_CRAWL_DELAY_S
    assert rules.allows(f"https://gazette.example/{path}") in (True, False)
