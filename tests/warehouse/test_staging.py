import gzip
import json
import os
import subprocess
import sys
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.records import Moment
from tests.builders import (
    NOON,
    a_document,
    a_failure,
    a_feed,
    a_fetch,
    a_harvest,
    a_mention,
    a_poll,
    a_quote,
    a_reading,
    an_article,
    an_entity,
    an_entry,
)
from warehouse.folding import folded, sighting_key, story_key
from warehouse.staging import discard_unfinished, encoded, harvest_in, stage, staged

FULL = a_harvest(
    feeds=(a_feed(added_at=NOON, etag='W/"é"'),),
    polls=(a_poll(),),
    entries=(an_entry(updated=Moment(at=NOON, precision="day"), authors=("Bo Lind",)),),
    fetches=(a_fetch(),),
    readings=(
        a_reading(
            document=a_document(
                article=an_article(captions=("A bridge.",), warnings=("too_long",)),
                quotes=(a_quote(), a_quote(start=10, cue="said")),
                mentions=(a_mention(),),
                entities=(an_entity(aliases=("Christiania", "the capital")),),
            )
        ),
    ),
    failures=(a_failure(next_try_at=NOON),),
)


def test_a_staged_harvest_is_read_back_as_it_was(tmp_path):
    path = stage(FULL, tmp_path)

    assert harvest_in(path) == FULL


def test_a_file_of_an_earlier_version_gzipped_and_in_one_line_is_read_alike(tmp_path):
    path = stage(FULL, tmp_path)
    rest, reading = (json.loads(line) for line in encoded(FULL).splitlines())
    older = path.with_suffix(".gz")
    older.write_bytes(gzip.compress(json.dumps(rest | reading).encode()))

    assert harvest_in(older) == FULL


@given(title=st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0")))
def test_any_text_a_database_takes_comes_back_unchanged(tmp_path_factory, title):
    harvest = a_harvest(entries=(an_entry(title=title),))

    path = stage(harvest, tmp_path_factory.mktemp("staging"))

    assert harvest_in(path) == harvest


def test_staged_files_come_in_order_of_time_and_unfinished_ones_not_at_all(tmp_path):
    late = stage(a_harvest(batch_id="a", made_at=NOON + timedelta(seconds=1)), tmp_path)
    early = stage(a_harvest(batch_id="b/../c"), tmp_path)
    (tmp_path / ".torn.json.zst.4711").write_bytes(b"half")

    between = early.with_name(f"{early.name[:-9]}_older.json.gz")
    between.write_bytes(b"of an earlier version")

    assert staged(tmp_path) == [early, between, late]
    assert staged(tmp_path / "none") == []


def test_replacing_what_no_database_takes_keeps_every_offset():
    harvest = a_harvest(entries=(an_entry(title="a\0b\ud800c"),))

    [entry] = json.loads(encoded(harvest))["entries"]

    assert entry["title"] == "a\ufffdb?c"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("It’s DONE, he said.", "its done he said"),
        ("a well-known ﬁre", "A wellknown fire"),
        ("rain—and snow", "rain and snow"),
    ],
    ids=["apostrophe", "hyphen and ligature", "dash"],
)
def test_folding_leaves_out_what_sets_two_printings_apart(one, other):
    assert folded(one) == folded(other)


def test_money_of_two_kinds_stays_two_quotations():
    assert sighting_key("We paid £5 for the old bridge") != sighting_key(
        "We paid $5 for the old bridge"
    )


def test_short_words_are_no_sighting_and_short_texts_no_story():
    assert sighting_key("We paid for the bridge") is None
    assert story_key(["bridge"] * 49) is None


def test_what_a_killed_process_left_half_written_goes_and_what_is_being_written_stays(tmp_path):
    done = subprocess.Popen([sys.executable, "-c", ""])
    done.wait()
    left = tmp_path / f".batch.json.zst.{done.pid}"
    older = tmp_path / f".batch.json.gz.{done.pid}"
    under_way = tmp_path / f".batch.json.zst.{os.getpid()}"
    for path in (left, older, under_way):
        path.write_bytes(b"half")

    discard_unfinished(tmp_path)

    assert list(tmp_path.iterdir()) == [under_way]
