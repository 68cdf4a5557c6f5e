"""Records give way to others of the same length, and tombstones are read back."""

import gzip
import io
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.urls import article_id_of
from flows.archive import ArchiveWriter, read_page
from flows.blanking import Sought, blank
from flows.exchange import Request, Response
from flows.tombstones import TombstoneError, bury, forgotten, key_of
from flows.warc import gzip_member, members_of
from tests.archived import all_records
from tests.builders import NOON, a_fetch

GONE = "https://gazette.example/gone"
OTHER = "https://gazette.example/other"


def a_response(url: str, body: bytes, *, raw: bytes | None = None, **headers: str) -> Response:
    return Response(
        fetch_id=article_id_of(url).ljust(32, "0"),
        request=Request(url=url),
        final_url=url,
        started_at=NOON,
        duration_ms=5,
        http_status=200,
        reason_phrase="OK",
        headers=tuple(headers.items()),
        raw=body if raw is None else raw,
        body=body,
    )


def a_feed(*items: str) -> bytes:
    listed = "".join(f"<item>{item}</item>" for item in items)
    return f"<rss version='2.0'><channel><title>G</title>{listed}</channel></rss>".encode()


@pytest.fixture
def archive(tmp_path):
    """An archive with a page that is to go between two others."""
    folder = tmp_path / "archive"
    with ArchiveWriter(folder, "run-1") as writer:
        for url in (f"{OTHER}1", GONE, f"{OTHER}2"):
            writer.append(a_response(url, b"<p>quokka</p>"), kind="page", requested_url=url)
    return folder


def search(archive, *, fetch_ids=(), addresses=(GONE,), alive=None):
    bury(archive, {key_of(GONE)}, at=NOON)
    sought = Sought(
        tombstones=forgotten(archive),
        fetch_ids=frozenset(fetch_ids),
        addresses=frozenset(addresses),
    )
    return blank(archive, sought, is_alive=lambda run_id: run_id == alive)


@given(content=st.binary(max_size=300), more=st.integers(0, 70_000))
def test_a_member_is_padded_to_every_length(content, more):
    plain = gzip_member(content)

    member = gzip_member(content, size=len(plain) + more)

    assert len(member) == len(plain) + more
    assert gzip.decompress(member) == content
    assert next(end for _, end, _ in members_of(io.BytesIO(member + plain))) == len(member)


def test_the_note_of_what_stood_in_for_it_is_blanked_and_others_stay(tmp_path):
    with ArchiveWriter(tmp_path, "run-1") as writer:
        body = writer.append(a_response(OTHER, b""), kind="feed", requested_url=OTHER)
        for url in (GONE, f"{OTHER}1"):
            fetch = a_fetch(fetch_id=article_id_of(url).ljust(32, "0"), url=url, error="http_5xx")
            writer.note_stand_in(fetch, body)
    before = list(all_records(tmp_path))

    found = search(tmp_path)

    assert found.records == 1
    assert list(all_records(tmp_path)) == [before[0], before[2]]
    assert (before[2].text_at, before[2].error) == (body, "http_5xx")
    [path] = tmp_path.glob("*-run-1-*")
    assert GONE.encode() not in gzip.decompress(path.read_bytes())


def test_what_stands_behind_a_blanked_record_keeps_its_place(archive):
    before = list(all_records(archive))

    found = search(archive)

    assert (found.records, found.damaged) == (1, ())
    assert list(all_records(archive)) == [before[0], before[2]]
    refs = [(record.ref.file, record.ref.offset) for record in all_records(archive)]
    assert [read_page(archive, *ref).body for ref in refs] == [b"<p>quokka</p>"] * 2


def test_a_second_search_finds_nothing_and_takes_away_what_a_killed_one_left(archive):
    search(archive)
    (archive / ".x.warc.gz.blanking").write_bytes(b"quokka")

    again = search(archive)

    assert again.records == 0
    assert not list(archive.glob(".*"))


def test_a_torn_last_record_goes_and_damage_before_the_end_is_told(archive):
    [path] = archive.glob("20*.warc.gz")
    whole = path.read_bytes()
    path.write_bytes(whole + whole[-200:-50])
    torn = path.with_name(path.name.replace("-000", "-001"))
    torn.write_bytes(whole + whole[:120])
    damaged = path.with_name(path.name.replace("-000", "-002"))
    damaged.write_bytes(whole[:20] + bytes(20) + whole[40:])

    found = search(archive)

    assert torn.stat().st_size == len(whole)
    assert found.damaged == (damaged.name,)


def test_the_file_of_a_run_that_still_writes_is_left_alone(archive):
    [path] = archive.glob("20*.warc.gz")
    begun = path.with_name(path.name.replace("run-1", "run-2"))
    begun.write_bytes(path.read_bytes()[:-50])
    before = begun.read_bytes()

    found = search(archive, alive="run-2")

    assert (found.records, found.damaged) == (1, ())
    assert begun.read_bytes() == before


@pytest.mark.parametrize("addresses", [(GONE,), ()], ids=["by its address", "by its poll"])
def test_a_feed_loses_the_item_alone(tmp_path, addresses):
    body = a_feed(f"<link>{OTHER}</link>", f"<link>{GONE}</link><title>quokka</title>")
    packed = gzip.compress(body)
    response = a_response("https://gazette.example/feed", body, raw=packed)
    response = replace(response, headers=(("Content-Encoding", "gzip"), ("X-Kept", "yes")))
    with ArchiveWriter(tmp_path, "run-1") as writer:
        ref = writer.append(response, kind="feed", requested_url=response.final_url)
    ids = () if addresses else (response.fetch_id,)

    search(tmp_path, fetch_ids=ids, addresses=addresses)

    page = read_page(tmp_path, ref.file, ref.offset)
    assert page.body == a_feed(f"<link>{OTHER}</link>")
    assert page.headers == (("X-Kept", "yes"),)
    assert page.fetch_id == response.fetch_id


@pytest.mark.parametrize("raw", [b"\x1f\x8b\x08 torn", b"\xff" * 9], ids=["torn", "another coding"])
def test_a_body_that_nobody_can_read_goes_as_a_whole(tmp_path, raw):
    response = a_response("https://gazette.example/feed", b"", raw=raw)
    response = replace(response, headers=(("Content-Encoding", "gzip"),))
    with ArchiveWriter(tmp_path, "run-1") as writer:
        writer.append(response, kind="feed", requested_url=response.final_url)

    found = search(tmp_path, fetch_ids=(response.fetch_id,))

    assert found.records == 1
    assert list(all_records(tmp_path)) == []


def test_a_feed_that_takes_more_room_without_its_packing_goes_as_a_whole(tmp_path):
    brotli = pytest.importorskip("brotli")
    others = [f"<link>{OTHER}{number}</link><title>{number * 7}</title>" for number in range(300)]
    body = a_feed(*others, f"<link>{GONE}</link>")
    packed = brotli.compress(body, quality=11)
    response = a_response("https://gazette.example/feed", body, raw=packed)
    response = replace(response, headers=(("Content-Encoding", "br"),))
    with ArchiveWriter(tmp_path, "run-1") as writer:
        writer.append(response, kind="feed", requested_url=response.final_url)

    search(tmp_path)

    assert list(all_records(tmp_path)) == []


def test_a_tombstone_covers_every_spelling_and_tells_none(tmp_path):
    bury(tmp_path, {key_of(f"{GONE}?utm_source=x")}, at=NOON)
    bury(tmp_path, {key_of(OTHER)}, at=NOON)

    stones = forgotten(tmp_path)

    assert stones.covers("http://www.gazette.example/gone/")
    assert stones.covers(f"https://www.google.com/url?url={GONE}")
    assert stones.covers(OTHER)
    assert not stones.covers("https://gazette.example/")
    assert b"gazette" not in gzip.decompress((tmp_path / "forgotten.warc.gz").read_bytes())
    assert list(all_records(tmp_path)) == []


def test_tombstones_that_are_set_at_the_same_time_all_stand(tmp_path):
    keys = [key_of(f"{OTHER}{number}") for number in range(24)]

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda key: bury(tmp_path, {key}, at=NOON), keys))

    assert forgotten(tmp_path).keys == set(keys)


def test_damaged_tombstones_are_not_overlooked(tmp_path):
    bury(tmp_path, {key_of(GONE)}, at=NOON)
    path = tmp_path / "forgotten.warc.gz"
    path.write_bytes(path.read_bytes()[:-3])

    with pytest.raises(TombstoneError, match="restore it from a backup"):
        forgotten(tmp_path)


def test_an_archive_without_tombstones_covers_nothing(tmp_path):
    assert not forgotten(tmp_path).covers(GONE)
