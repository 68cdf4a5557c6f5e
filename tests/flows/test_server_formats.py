"""Feeds in every format, under every label and in every coding, good, bad and broken."""

import gzip
import json
import zlib

import brotli
import pytest
from backports import zstd

from tests.fakes import Reply, ScriptedSite
from tests.press import (
    an_item,
    entries_of,
    failures_at,
    feed_of,
    ingest,
    onrecord,
    poll_of,
    rss,
    set_up,
    told,
)

TITLES = ["Budget", "Rain"]
RSS = rss(an_item("/rain", title="Rain"), an_item("/budget", title="Budget")).body
NEWS_NS = "http://www.google.com/schemas/sitemap-news/0.9"
SITEMAP_NS = "http://www.sitemaps.org/schemas/sitemap/0.9"


def xml(text, **headers):
    return Reply(body=text.encode(), headers=headers or {"Content-Type": "text/xml"})


def rdf(version_uri):
    items = "".join(
        f'<item rdf:about="http://press.example/{title}"><title>{title}</title>'
        f"<link>http://press.example/{title}</link></item>"
        for title in TITLES
    )
    return xml(
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" '
        f'xmlns="{version_uri}"><channel><title>Press</title></channel>{items}</rdf:RDF>'
    )


def rss_of(version):
    items = "".join(
        f"<item><title>{title}</title><link>http://press.example/{title}</link></item>"
        for title in TITLES
    )
    return xml(f'<rss version="{version}"><channel><title>Press</title>{items}</channel></rss>')


def atom(namespace, more=""):
    entries = "".join(
        f"<entry><id>tag:press.example,2026:{title}</id><title>{title}</title>"
        f'<link href="{title}"/><updated>2024-03-05T07:00:00Z</updated></entry>'
        for title in TITLES
    )
    return xml(f'<feed xmlns="{namespace}"{more}><title>Press</title>{entries}</feed>')


def json_feed(version, **changes):
    items = [{"id": title, "title": title, "url": f"http://x.example/{title}"} for title in TITLES]
    feed = {"version": version, "title": "Press", "items": items} | changes
    return Reply(body=json.dumps(feed).encode(), headers={"Content-Type": "application/feed+json"})


def sitemap_of(*titles):
    urls = "".join(
        f"<url><loc>http://press.example/{title}</loc><n:news><n:publication><n:name>Press</n:name>"
        "<n:language>en</n:language></n:publication>"
        "<n:publication_date>2024-03-05T07:00:00Z</n:publication_date>"
        f"<n:title>{title}</n:title></n:news></url>"
        for title in titles
    )
    return xml(f'<urlset xmlns="{SITEMAP_NS}" xmlns:n="{NEWS_NS}">{urls}</urlset>')


def index_of(*urls):
    listed = "".join(f"<sitemap><loc>{url}</loc></sitemap>" for url in urls)
    return xml(f'<sitemapindex xmlns="{SITEMAP_NS}">{listed}</sitemapindex>')


FORMATS = {
    "RSS 0.91": rss_of("0.91"),
    "RSS 0.92": rss_of("0.92"),
    "RSS 2.0": rss_of("2.0"),
    "RSS of no version": xml(RSS.decode().replace(' version="2.0"', "")),
    "RSS 0.90, RDF": rdf("http://channel.netscape.com/rdf/simple/0.9/"),
    "RSS 1.0, RDF": rdf("http://purl.org/rss/1.0/"),
    "Atom 0.3": atom("http://purl.org/atom/ns#", ' version="0.3"'),
    "Atom 1.0": atom("http://www.w3.org/2005/Atom"),
    "JSON Feed 1.0": json_feed("https://jsonfeed.org/version/1"),
    "JSON Feed 1.1": json_feed("https://jsonfeed.org/version/1.1"),
    "news sitemap": sitemap_of(*TITLES),
    "news sitemap in a .gz": Reply(body=gzip.compress(sitemap_of(*TITLES).body)),
    "RSS in a .gz": Reply(body=gzip.compress(RSS), headers={"Content-Type": "application/gzip"}),
}
LABELS = {
    "called HTML": {"Content-Type": "text/html; charset=utf-8"},
    "called text": {"Content-Type": "text/plain"},
    "called JSON": {"Content-Type": "application/json"},
    "called a picture": {"Content-Type": "image/png"},
    "called nothing": {},
    "called nonsense": {"Content-Type": ";;;"},
    "called of a charset that is none": {"Content-Type": "text/xml; charset=klingon"},
}
CODINGS = {
    "gzip": ("gzip", gzip.compress(RSS)),
    "x-gzip": ("x-gzip", gzip.compress(RSS)),
    "gzip in capitals": ("GZIP", gzip.compress(RSS)),
    "gzip of two members": ("gzip", gzip.compress(RSS[:40]) + gzip.compress(RSS[40:])),
    "deflate": ("deflate", zlib.compress(RSS)),
    "raw deflate": ("deflate", zlib.compress(RSS, wbits=-15)),
    "br": ("br", brotli.compress(RSS)),
    "zstd": ("zstd", zstd.compress(RSS)),
    "identity": ("identity", RSS),
    "gzip, then br": ("gzip, br", brotli.compress(gzip.compress(RSS))),
    "gzip that is none": ("gzip", RSS),
}
#: Ill-formed, but with items that can be had.
ILL_FORMED = {
    "leading blanks": b"\n\n  " + RSS,
    "a byte order mark": b"\xef\xbb\xbf" + RSS,
    "a zero byte": RSS.replace(b"Larkhaven", b"Lark\0haven"),
    "a bare ampersand": RSS.replace(b"Larkhaven", b"Lark & Haven"),
    "an unknown entity": RSS.replace(b"Larkhaven", b"Lark&nbsp;&haven;"),
    "a character past the last": RSS.replace(b"Larkhaven", b"Lark&#1114112;haven"),
    "half a surrogate pair": RSS.replace(b"Larkhaven", b"Lark&#55296;haven"),
    "a place in odd terms": RSS.replace(
        b"<item>", b'<item><gml:Point srsName="EPSG:abc"><gml:pos>1 2</gml:pos></gml:Point>', 1
    ),
    "a backslash in a DOCTYPE": rb'<!DOCTYPE rss [<!ENTITY a "\d">]>' + RSS,
    "a wrong charset": b'<?xml version="1.0" encoding="utf-16"?>' + RSS,
    "UTF-16": RSS.decode().encode("utf-16"),
    "no end of the channel": RSS.replace(b"</channel>", b""),
    "comments after its end": RSS + b"<!-- made in 3 ms -->",
}
#: What is no feed, and the reasons that may be told.
NO_FEEDS = {
    "a page": (Reply(body=b"<!doctype html><html><body>News</body></html>"), {"not_feed"}),
    "a text": (Reply(body=b"The harbour is closed."), {"not_feed", "malformed"}),
    "another JSON": (Reply(body=b'{"error": "not found"}'), {"not_feed"}),
    "broken JSON": (Reply(body=b'{"version": "https://jsonfeed.org/version/1", '), {"malformed"}),
    "nothing": (Reply(body=b""), {"empty"}),
    "blanks": (Reply(body=b" \n\t "), {"empty"}),
    "another XML": (Reply(body=b'<svg xmlns="http://www.w3.org/2000/svg"/>'), {"not_feed"}),
    "a picture": (Reply(body=b"\x89PNG\r\n\x1a\n" + bytes(200)), {"not_feed", "malformed"}),
    "gzip cut short": (
        Reply(body=gzip.compress(RSS)[:-12], headers={"Content-Encoding": "gzip"}),
        {"malformed", "reset"},
    ),
    "an unknown coding": (
        Reply(body=RSS[::-1], headers={"Content-Encoding": "aes128gcm"}),
        {"malformed", "not_feed"},
    ),
}

ACCENTED = RSS.decode().replace("Larkhaven", "Café Zürich")
#: How a feed's bytes are made and what is said about them.
CHARSETS = {
    "UTF-8, said nowhere": ("utf-8", "", "text/xml"),
    "UTF-8, called latin-1": ("utf-8", "", "text/xml; charset=iso-8859-1"),
    "latin-1, says the header": ("latin-1", "", "text/xml; charset=iso-8859-1"),
    "latin-1, says the document": ("latin-1", "iso-8859-1", "application/rss+xml"),
    "cp1252, says the document": ("cp1252", "windows-1252", "text/xml"),
    "UTF-16, says its mark": ("utf-16", "utf-16", "application/xml"),
    "UTF-16, says nobody": ("utf-16-le", "", "application/xml"),
}


def encoded(codec, declared, label):
    declaration = f'<?xml version="1.0" encoding="{declared}"?>' if declared else ""
    return Reply(body=(declaration + ACCENTED).encode(codec), headers={"Content-Type": label})


GOOD = {
    **FORMATS,
    **{name: Reply(body=RSS, headers=headers) for name, headers in LABELS.items()},
    **{
        f"coded as {name}": Reply(body=body, headers={"Content-Encoding": coding})
        for name, (coding, body) in CODINGS.items()
    },
    **{f"with {name}": Reply(body=body) for name, body in ILL_FORMED.items()},
    **{name: encoded(*how) for name, how in CHARSETS.items()},
}
ALL = GOOD | {name: reply for name, (reply, _) in NO_FEEDS.items()}


def at(site, name):
    return site.url(f"/{list(ALL).index(name)}")


OTHERS = ("/cut", "/index", "/index-of-itself", "/index-of-many", "/prying")
KEY = "the key of the harbour"


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    secret = tmp_path_factory.mktemp("secrets") / "key.txt"
    secret.write_text(KEY, encoding="utf-8")
    prying = RSS.replace(b"Larkhaven", b"&a;").replace(b"Rain", b"&a;")
    with ScriptedSite({f"/{number}": reply for number, reply in enumerate(ALL.values())}) as site:
        site.routes |= {
            "/prying": xml(
                f'<!DOCTYPE rss [<!ENTITY a SYSTEM "{secret.as_uri()}">]>{prying.decode()}'
            ),
            "/cut": xml(RSS.decode().partition("<title>Budget")[0]),
            "/index": index_of(site.url("/part-1"), site.url("/part-2.gz"), site.url("/gone")),
            "/index-of-itself": index_of(site.url("/index-of-itself"), site.url("/part-1")),
            "/index-of-many": index_of(*(site.url(f"/part?{n}") for n in range(2000))),
            "/part": sitemap_of("Budget"),
            "/part-1": sitemap_of("Rain"),
            "/part-2.gz": Reply(body=gzip.compress(sitemap_of("Budget").body)),
            "/site": xml(
                '<!doctype html><html><head><link rel="alternate" type="application/rss+xml" '
                'href="/0"></head><body>News</body></html>',
                **{"Content-Type": "text/html"},
            ),
        }
        yield site


@pytest.fixture(scope="module")
def home(tmp_path_factory, site, model):
    """A home after a pass over all feeds of the site, no page read."""
    feeds = [
        *(at(site, name) for name in ALL),
        *(site.url(path) for path in OTHERS),
    ]
    home = set_up(tmp_path_factory.mktemp("formats"), *feeds, site=site, model=model)
    assert ingest(home, "--limit", 0).code == 0
    return home


@pytest.mark.parametrize("name", GOOD)
def test_a_feed_is_read_whatever_it_is_and_is_called(home, site, name):
    poll = poll_of(home, at(site, name))
    entries = entries_of(home, at(site, name))

    assert (poll["status"], poll["error"]) == ("new", None)
    assert (poll["entries_seen"], poll["entries_new"]) == (2, 2)
    assert [entry["title"] for entry in entries] == TITLES
    assert all(entry["url"].startswith("http") for entry in entries)


@pytest.mark.parametrize("name", CHARSETS)
def test_a_feed_is_read_in_its_charset(home, site, name):
    assert feed_of(home, at(site, name))["title"] == "Café Zürich"


@pytest.mark.parametrize("name", NO_FEEDS)
def test_what_is_no_feed_is_a_failure_that_says_so(home, site, name):
    (failure,) = failures_at(home, at(site, name))

    assert (failure["stage"], failure["closed_at"]) == ("feed", None)
    assert failure["reason"] in NO_FEEDS[name][1]
    assert failure["detail"]
    assert poll_of(home, at(site, name))["status"] == "failed"
    assert entries_of(home, at(site, name)) == []


def test_of_a_feed_that_was_cut_short_the_whole_items_are_kept(home, site):
    assert [entry["title"] for entry in entries_of(home, site.url("/cut"))] == ["Rain"]


def test_a_sitemap_index_gives_what_its_parts_list(home, site):
    assert [entry["title"] for entry in entries_of(home, site.url("/index"))] == TITLES
    assert site.count("/part-2.gz") == 1


def test_a_sitemap_index_without_end_costs_some_requests_and_no_more(home, site):
    assert home.exists()
    assert site.count("/index-of-itself") == 1
    assert 0 < sum(seen.path.startswith("/part?") for seen in site.seen) < 200


def test_no_file_of_this_machine_gets_into_a_feed(home, site):
    assert poll_of(home, site.url("/prying"))["status"] in ("new", "failed")
    assert KEY not in json.dumps([told(home, "feeds"), told(home, "entries")])


def test_a_site_is_subscribed_by_the_feed_it_declares(tmp_path, site, model):
    home = set_up(tmp_path / "home", site=site, model=model)

    said = onrecord("feeds", "add", site.url("/site"), "--home", home)

    assert said.code == 0
    assert f'"{site.url("/0")}"' in (home / "onrecord.toml").read_text(encoding="utf-8")
