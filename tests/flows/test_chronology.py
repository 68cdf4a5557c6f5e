"""The archive is gone through in the order of time, though runs wrote it side by side."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flows.archive import ArchivedRecord, ArchiveRef, ArchiveWriter, run_of
from flows.chronology import chronological, slices_of
from flows.exchange import Request, Response

PAGE = "https://example.org/"
NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


def a_response(number: int, seconds: float) -> Response:
    return Response(
        fetch_id=f"{number:032x}",
        request=Request(url=PAGE),
        final_url=PAGE,
        http_status=200,
        reason_phrase="OK",
        headers=(),
        raw=b"x",
        body=b"x",
        started_at=NOON + timedelta(seconds=seconds),
        duration_ms=1,
    )


def a_record(what: str) -> ArchivedRecord:
    """Return a record of "run feed url", or of a page where there is no feed."""
    run, feed, url = what.split()
    return ArchivedRecord(
        ref=ArchiveRef(file=f"2026-03-01-{run}-000.warc.gz", offset=0),
        fetch_id="0" * 32,
        kind="page" if feed == "-" else "feed",
        url=url,
        final_url=url,
        started_at=NOON,
        duration_ms=1,
        http_status=200,
        received_bytes=1,
        feed_id=None if feed == "-" else feed,
    )


@settings(max_examples=25, deadline=None)
@given(
    st.lists(
        st.lists(st.integers(0, 50), max_size=5).map(sorted),
        max_size=4,
    )
)
def test_files_are_merged_by_time_and_each_keeps_its_order(tmp_path_factory, files):
    archive = tmp_path_factory.mktemp("archive")
    for run, seconds in enumerate(files):
        with ArchiveWriter(archive, f"run{run}") as writer:
            for at in seconds:
                response = a_response(run, at)
                writer.append(response, kind="page", requested_url=PAGE)

    records = list(chronological(archive))

    assert [each.started_at for each in records] == sorted(each.started_at for each in records)
    assert len(records) == sum(map(len, files))
    for run in range(len(files)):
        offsets = [each.ref.offset for each in records if each.run_id == f"run{run}"]
        assert offsets == sorted(offsets)


def test_an_answer_that_was_slow_comes_where_it_arrived(tmp_path):
    with ArchiveWriter(tmp_path, "one") as writer:
        for number, seconds in enumerate((5, 0, 7)):
            response = a_response(number, seconds)
            writer.append(response, kind="page", requested_url=PAGE)

    found = [int(each.fetch_id, 16) for each in chronological(tmp_path)]

    assert found == [0, 1, 2]


@pytest.mark.parametrize(
    ("records", "sizes"),
    [
        pytest.param(["1 a /a", "1 b /b", "1 - /p"], [3], id="one pass"),
        pytest.param(["1 a /a", "1 - /p", "2 a /a", "2 - /p"], [2, 2], id="two passes"),
        pytest.param(["1 a /a", "1 a /a/part", "1 - /p"], [3], id="an index and its part"),
        pytest.param(["1 a /a", "1 - /p", "1 a /a"], [2, 1], id="polled again in a long pass"),
        pytest.param(["1 a /a", "2 - /p", "2 b /b"], [3], id="an addition beside a pass"),
        pytest.param(["1 - /1", "1 - /2", "1 - /3", "1 - /4", "1 - /5"], [4, 1], id="many pages"),
        pytest.param([], [], id="nothing"),
    ],
)
def test_no_slice_has_two_polls_of_a_feed(records, sizes):
    found = list(slices_of([a_record(each) for each in records], size=4))

    assert [len(each) for each in found] == sizes
    assert [each for part in found for each in part] == [a_record(each) for each in records]


def test_a_file_that_no_run_wrote_is_passed_over(tmp_path):
    (tmp_path / "notes.warc.gz").write_bytes(b"")

    assert list(chronological(tmp_path)) == []


def test_the_run_stands_in_the_name_of_the_file():
    assert run_of("2026-03-01-20260301T120000-ab12-012.warc.gz") == "20260301T120000-ab12"
