"""The WARC archive."""

import gzip
import uuid
from datetime import UTC, datetime

import pytest
from warcio.archiveiterator import ArchiveIterator

from flows.archive import (
    ArchiveError,
    ArchiveWriter,
    read_page,
    records_of_run,
)
from flows.exchange import Request, Response, page_of
from flows.torntails import mend_tail
from tests.archived import all_records

TEXT = b"<p>Rain fell on the harbour.</p>" * 50
URL = "https://gazette.example/rain"


def a_response(**changes):
    given = {
        "fetch_id": uuid.uuid4().hex,
        "request": Request(url=URL),
        "final_url": URL,
        "started_at": datetime(2026, 3, 1, 12, 0, 0, 123456, tzinfo=UTC),
        "duration_ms": 42,
        "http_status": 200,
        "reason_phrase": "OK",
        "headers": (("Content-Type", "text/html"),),
        "raw": TEXT,
        "body": TEXT,
    }
    return Response(**given | changes)


def archived(folder, *responses, run_id="run-1", **how):
    with ArchiveWriter(folder, run_id, **how) as writer:
        return [writer.append(each, kind="page", requested_url=URL) for each in responses]


def records_as_warcio_reads_them(path):
    with path.open("rb") as file:
        records = ArchiveIterator(file, check_digests="raise")
        return [(each.rec_type, each.rec_headers, each.content_stream().read()) for each in records]


def test_a_page_comes_back_as_it_was_fetched(tmp_path):
    response = a_response(final_url=f"{URL}?full", headers=(("X-Town", "Mün\xfc"), ("ETag", '"a"')))

    (ref,) = archived(tmp_path, response)
    page = read_page(tmp_path, ref.file, ref.offset)

    assert page == page_of(response)


def test_the_body_is_stored_content_encoded_and_read_decoded(tmp_path):
    packed = gzip.compress(TEXT)
    headers = (("Content-Encoding", "gzip"), ("Transfer-Encoding", "chunked"))

    (ref,) = archived(tmp_path, a_response(raw=packed, headers=headers))

    assert read_page(tmp_path, ref.file, ref.offset).body == TEXT
    assert packed in gzip.decompress((tmp_path / ref.file).read_bytes())
    assert read_page(tmp_path, ref.file, ref.offset).headers == (("Content-Encoding", "gzip"),)


def test_any_record_can_be_read_by_its_offset(tmp_path):
    responses = [a_response(body=b"%d" % n, raw=b"%d" % n) for n in range(20)]

    refs = archived(tmp_path, *responses)

    bodies = [read_page(tmp_path, ref.file, ref.offset).body for ref in reversed(refs)]
    assert bodies == [b"%d" % n for n in reversed(range(20))]


def test_warcio_reads_the_file_and_finds_its_digests_right(tmp_path):
    first, second = archived(tmp_path, a_response(), a_response(raw=b"", body=b""))

    records = records_as_warcio_reads_them(tmp_path / first.file)

    assert [kind for kind, _, _ in records] == ["warcinfo", "response", "response"]
    assert b"run-1" in records[0][2]
    assert records[1][1].protocol == "WARC/1.1"
    assert records[1][1].get_header("WARC-Target-URI") == URL
    assert records[1][1].get_header("WARC-Date") == "2026-03-01T12:00:00.123456Z"
    assert records[1][2] == TEXT
    assert second.offset > first.offset


def test_the_records_of_a_run_tell_all_a_recovery_needs(tmp_path):
    response = a_response()
    with ArchiveWriter(tmp_path, "run-1") as writer:
        ref = writer.append(response, kind="feed", feed_id="f1", requested_url="https://a.example/")
    archived(tmp_path, a_response(), run_id="run-2")

    (record,) = records_of_run(tmp_path, "run-1")

    assert (record.ref, record.fetch_id) == (ref, response.fetch_id)
    assert (record.kind, record.feed_id) == ("feed", "f1")
    assert (record.url, record.final_url) == ("https://a.example/", URL)
    assert (record.started_at, record.duration_ms) == (response.started_at, 42)
    assert (record.http_status, record.received_bytes) == (200, len(TEXT))
    assert len(list(all_records(tmp_path))) == 2


def test_a_run_that_fetched_nothing_leaves_no_file(tmp_path):
    archived(tmp_path / "archive")

    assert not (tmp_path / "archive").exists()


def test_a_full_file_is_followed_by_another(tmp_path):
    refs = archived(tmp_path, *[a_response() for _ in range(3)], rotate_bytes=1)

    assert [ref.file[-11:] for ref in refs] == [f"{n:03d}.warc.gz" for n in range(3)]
    assert len(list(records_of_run(tmp_path, "run-1"))) == 3


def test_two_writers_of_one_run_never_write_to_one_file(tmp_path):
    (first,) = archived(tmp_path, a_response())
    (second,) = archived(tmp_path, a_response())

    assert first.file != second.file


def test_what_was_synced_is_on_the_disk_while_the_file_is_open(tmp_path):
    with ArchiveWriter(tmp_path, "run-1") as writer:
        ref = writer.append(a_response(), kind="page", requested_url=URL)
        writer.sync()

        assert read_page(tmp_path, ref.file, ref.offset).body == TEXT


@pytest.mark.parametrize("missing", [1, 20, 200])
def test_a_torn_last_record_is_cut_off_and_the_others_stay(tmp_path, missing):
    refs = archived(tmp_path, a_response(), a_response())
    path = tmp_path / refs[0].file
    path.write_bytes(path.read_bytes()[:-missing])

    cut = mend_tail(path)

    assert path.stat().st_size == refs[1].offset
    assert cut > 0
    assert mend_tail(path) == 0
    assert len(records_as_warcio_reads_them(path)) == 2


def test_a_tail_of_zeros_is_cut_off(tmp_path):
    (ref,) = archived(tmp_path, a_response())
    path = tmp_path / ref.file
    path.write_bytes(path.read_bytes() + bytes(5_000))

    assert mend_tail(path) == 5_000


def test_damage_in_the_middle_is_never_mended_by_cutting(tmp_path):
    refs = archived(tmp_path, a_response(), a_response(), a_response())
    path = tmp_path / refs[0].file
    content = bytearray(path.read_bytes())
    content[refs[1].offset + 60 : refs[1].offset + 70] = bytes(10)
    path.write_bytes(content)

    with pytest.raises(ArchiveError, match="damaged"):
        mend_tail(path)

    assert path.stat().st_size == len(content)


def test_the_records_before_a_torn_one_are_found(tmp_path):
    refs = archived(tmp_path, a_response(), a_response())
    path = tmp_path / refs[0].file
    path.write_bytes(path.read_bytes()[:-9])

    assert [record.ref for record in records_of_run(tmp_path, "run-1")] == refs[:1]


@pytest.mark.parametrize(
    ("file", "offset"), [("no.warc.gz", 0), ("{file}", 7), ("{file}", 10**9), ("{file}", 0)]
)
def test_a_reference_that_leads_nowhere_is_an_archive_error(tmp_path, file, offset):
    (ref,) = archived(tmp_path, a_response())

    with pytest.raises(ArchiveError):
        read_page(tmp_path, file.format(file=ref.file), offset)


def test_an_archived_body_is_decoded_to_a_limit(tmp_path):
    bomb = a_response(raw=gzip.compress(bytes(10**6)), headers=(("Content-Encoding", "gzip"),))
    (ref,) = archived(tmp_path, bomb)

    with pytest.raises(ArchiveError):
        read_page(tmp_path, ref.file, ref.offset, max_bytes=10**5)


def test_no_header_or_address_can_forge_a_field(tmp_path):
    forged = a_response(
        headers=(("X-A", "1\r\n\r\n<script>"),), reason_phrase="OK\r\nX-B: 2", raw=b"body"
    )
    with ArchiveWriter(tmp_path, "run-1") as writer:
        ref = writer.append(forged, kind="page", requested_url="https://a.example/\r\nX: y")

    page = read_page(tmp_path, ref.file, ref.offset)

    assert page.headers == (("X-A", "1 <script>"),)
    assert page.body == b"body"
    assert page.url == "https://a.example/%0D%0AX:%20y"
