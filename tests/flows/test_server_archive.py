"""The archive of a home, read by another tool: every byte that was sent, where the rows say."""

import gzip
import zlib

import brotli
import pytest
from backports import zstd
from warcio.archiveiterator import ArchiveIterator

from tests.fakes import NOT_THERE, Reply, ScriptedSite, in_turn
from tests.press import (
    RAIN,
    a_page,
    an_item,
    failures_at,
    feed_of,
    ingest,
    poll_of,
    rss,
    set_up,
    told,
)

STORY = a_page("Rain", RAIN).body
PACKED = {"gzip": gzip.compress, "deflate": zlib.compress, "br": brotli.compress,
          "zstd": zstd.compress, "identity": bytes}  # fmt: skip
PAGES = {
    **{
        f"/{coding}": Reply(body=pack(STORY), headers={"Content-Encoding": coding})
        for coding, pack in PACKED.items()
    },
    "/chunked": Reply(body=STORY, is_chunked=True),
    "/chunked-gzip": Reply(
        body=gzip.compress(STORY), headers={"Content-Encoding": "gzip"}, is_chunked=True
    ),
    "/odd-headers": Reply(
        body=STORY, headers={"X-Odd": 'caf\xc3\xa9 "a: b"', "Content-Type": "text/html"}
    ),
    "/no-article": Reply(body=b"<!doctype html><html><body></body></html>"),
    "/no-html": Reply(body=bytes(range(256)) * 9, headers={"Content-Type": "application/pdf"}),
    "/nothing": Reply(body=b""),
    "/bare-warc": Reply(body=b"WARC/1.1\r\nWARC-Type: response\r\n\r\n" + gzip.compress(STORY)),
}
UNREADABLE = ["/no-article", "/no-html", "/nothing"]


@pytest.fixture(scope="module")
def site():
    with ScriptedSite(PAGES) as site:
        items = [an_item(path, guid=path) for path in (*PAGES, "/detour", "/lost")]
        site.routes |= {
            "/detour": Reply(status=302, headers={"Location": "/identity"}),
            "/lost": NOT_THERE,
            "/feed": in_turn(rss(*items), rss(*items, more="<ttl>60</ttl>")),
            "/same": rss(),
            "/no-feed": Reply(body=b"<!doctype html><html>"),
        }
        yield site


@pytest.fixture(scope="module")
def home(tmp_path_factory, site, model):
    """A home after two passes, of which the first reads the pages."""
    feeds = [site.url(path) for path in ("/feed", "/same", "/no-feed")]
    home = set_up(tmp_path_factory.mktemp("archive"), *feeds, site=site, model=model)
    ingest(home)
    ingest(home, "--limit", 0)
    return home


def record_at(home, row):
    """Return the record that a row names, and its body as it was sent."""
    with (home / "archive" / row["archive_file"]).open("rb") as file:
        file.seek(row["archive_offset"])
        record = next(iter(ArchiveIterator(file)))
        return record, record.raw_stream.read()


def fetch_of(home, url):
    (fetch,) = told(home, "fetches", url=url)
    return fetch


@pytest.mark.parametrize("path", PAGES)
def test_a_page_is_kept_byte_for_byte_where_its_fetch_says(home, site, path):
    fetch = fetch_of(home, site.url(path))

    record, body = record_at(home, fetch)

    assert record.rec_type == "response"
    assert record.rec_headers.get_header("WARC-Target-URI") == site.url(path)
    assert record.http_headers.get_statuscode() == "200"
    assert body == PAGES[path].body
    assert fetch["bytes"] == len(body)
    for name, value in PAGES[path].headers.items():
        # warcio reads headers as UTF-8; those of our scripts are latin-1, as on the wire.
        assert record.http_headers.get_header(name) == value.encode("latin-1").decode()


@pytest.mark.parametrize("path", ["/identity", "/gzip", "/deflate", "/chunked-gzip"])
def test_another_tool_decodes_a_page_to_what_was_read(home, site, path):
    fetch = fetch_of(home, site.url(path))

    with (home / "archive" / fetch["archive_file"]).open("rb") as file:
        file.seek(fetch["archive_offset"])
        content = next(iter(ArchiveIterator(file))).content_stream().read()

    assert content == STORY


@pytest.mark.parametrize("coding", PACKED)
def test_a_page_is_read_in_every_coding(home, site, coding):
    (article,) = told(home, "articles", url=site.url(f"/{coding}"))

    assert "thirty years" in article["text"]


@pytest.mark.parametrize("path", UNREADABLE)
def test_a_page_that_cannot_be_read_is_kept_with_its_failure(home, site, path):
    (failure,) = failures_at(home, site.url(path))

    assert failure["stage"] in ("page", "text")
    assert failure["reason"] in ("not_html", "empty", "soft_404", "index_page", "malformed")
    assert record_at(home, fetch_of(home, site.url(path)))[1] == PAGES[path].body


def test_a_record_is_one_gzip_member(home):
    fetches = told(home, "fetches", status="ok")

    assert len(fetches) >= len(PAGES)
    for fetch in fetches:
        with (home / "archive" / fetch["archive_file"]).open("rb") as file:
            file.seek(fetch["archive_offset"])
            member = zlib.decompressobj(31)
            content = member.decompress(file.read())

        assert content.startswith(b"WARC/1.1\r\n")
        assert content.count(b"\nWARC-Record-ID:") == 1
        assert member.unused_data[:2] in (b"", b"\x1f\x8b")


def test_every_record_of_the_archive_is_whole_and_has_its_digest(home):
    uris, ids = [], []
    for path in sorted(home.glob("archive/*.warc.gz")):
        with path.open("rb") as file:
            for record in ArchiveIterator(file, check_digests="raise"):
                record.raw_stream.read()
                ids.append(record.rec_headers.get_header("WARC-Record-ID"))
                if record.rec_type == "response":
                    uris.append(record.rec_headers.get_header("WARC-Target-URI"))

    assert len(set(ids)) == len(ids)
    assert {fetch["final_url"] for fetch in told(home, "fetches", status="ok")} < set(uris)


def test_a_page_is_kept_under_the_address_that_answered(home, site):
    fetch = fetch_of(home, site.url("/detour"))

    record, body = record_at(home, fetch)

    assert record.rec_headers.get_header("WARC-Target-URI") == fetch["final_url"]
    assert (fetch["final_url"], body) == (site.url("/identity"), STORY)


def test_a_page_that_was_not_there_leaves_no_place_in_the_archive(home, site):
    fetch = fetch_of(home, site.url("/lost"))

    assert (fetch["status"], fetch["http_status"]) == ("failed", 404)
    assert (fetch["archive_file"], fetch["archive_offset"]) == (None, None)


def test_a_feed_body_is_kept_each_time_it_changed(home, site):
    feed_id = feed_of(home, site.url("/feed"))["feed_id"]
    bodies = [record_at(home, poll)[1] for poll in told(home, "polls", feed_id=feed_id)]

    assert [b"<ttl>" in body for body in bodies] == [False, True]
    assert record_at(home, poll_of(home, site.url("/same"), 0))[1] == rss().body
    assert poll_of(home, site.url("/same"), 1)["archive_file"] is None


def test_a_body_that_is_no_feed_is_kept_too(home, site):
    assert poll_of(home, site.url("/no-feed"), 0)["status"] == "failed"
    assert record_at(home, poll_of(home, site.url("/no-feed"), 0))[1] == b"<!doctype html><html>"
