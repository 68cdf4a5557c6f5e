"""`export` at the command line."""

import pytest

from tests.press import onrecord
from warehouse.door import Warehouse


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    folder = tmp_path_factory.mktemp("exported") / "home"
    folder.mkdir()
    Warehouse(folder).prepare()
    return folder


def test_json_tells_each_file_with_its_rows_and_bytes(home, tmp_path):
    said = onrecord("export", tmp_path / "figures", "--home", home, "--json")

    [feeds] = [each for each in said.json["files"] if each["relation"] == "feeds"]
    assert (said.code, said.err) == (0, "")
    assert (feeds["path"], feeds["rows"]) == ("feeds/feeds.parquet", 0)
    assert feeds["bytes"] == (tmp_path / "figures" / feeds["path"]).stat().st_size


def test_a_folder_with_something_else_in_it_is_bad_usage(home, tmp_path):
    (tmp_path / "letter.txt").write_text("mine")

    said = onrecord("export", tmp_path, "--home", home)

    assert said.code == 2
    assert "neither empty nor an earlier export" in said.err
    assert [entry.name for entry in tmp_path.iterdir()] == ["letter.txt"]


def test_what_is_no_home_cannot_be_exported(tmp_path):
    said = onrecord("export", tmp_path / "figures", "--home", tmp_path / "nowhere")

    assert said.code == 2
    assert list(tmp_path.iterdir()) == []
