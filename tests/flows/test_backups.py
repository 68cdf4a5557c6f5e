"""A backup holds a home as it was at one instant, and a restore puts it back whole."""

import io
import json
import shutil
import stat
import tarfile
from pathlib import Path

import pytest

from flows.home import Home
from flows.locks import held_alone, shown_alive
from tests.fakes import ScriptedSite
from tests.killing import killed
from tests.press import BUDGET, RAIN, a_feed_of, a_page, column, ingest, onrecord, rows, set_up

TITLES = "select title from articles order by title"


@pytest.fixture(scope="module")
def site():
    """A site with a feed `/feed` of one story, `/rain`."""
    with ScriptedSite() as site:
        site.routes |= {
            "/feed": a_feed_of([site.url("/rain")]),
            "/rain": a_page("Rain closes the harbour", RAIN),
            "/budget": a_page("Council adopts its budget", BUDGET),
        }
        yield site


@pytest.fixture(scope="module")
def read_home(tmp_path_factory, site, model) -> Path:
    home = set_up(
        tmp_path_factory.mktemp("read") / "home", site.url("/feed"), site=site, model=model
    )
    assert ingest(home).code == 0
    return home


@pytest.fixture(scope="module")
def made(read_home) -> Path:
    """A backup of a home that has read one article."""
    file = read_home.parent / "backup.tar"
    assert onrecord("backup", file, "--home", read_home).code == 0
    return file


@pytest.fixture(scope="module")
def fuller_home(tmp_path_factory, site, read_home, made) -> Path:
    home = Path(shutil.copytree(read_home, tmp_path_factory.mktemp("fuller") / "home"))
    assert onrecord("add", site.url("/budget"), "--home", home).code == 0
    return home


@pytest.fixture
def home(tmp_path, fuller_home) -> Path:
    """A home that has read a second article since."""
    return Path(shutil.copytree(fuller_home, tmp_path / "home"))


def files_of(home: Path) -> dict[str, bytes]:
    return {
        path.relative_to(home).as_posix(): path.read_bytes()
        for path in sorted(home.rglob("*"))
        if path.is_file() and not {"locks", "log"} & set(path.parts)
    }


def test_a_restored_home_answers_as_at_the_time_of_the_backup(tmp_path, read_home, made):
    home = tmp_path / "new"

    said = onrecord("restore", made, "--home", home, "--json")

    assert (said.code, said.json["replaced"]) == (0, None)
    for question in ("from articles", "from quotes order by all", "from runs", "from fetches"):
        assert rows(home, question) == rows(read_home, question)
    assert files_of(home / "archive") == files_of(read_home / "archive")
    assert (home / "onrecord.toml").read_bytes() == (read_home / "onrecord.toml").read_bytes()


def test_a_pass_goes_on_in_a_restored_home(tmp_path, site, made):
    home = tmp_path / "new"
    onrecord("restore", made, "--home", home)
    site.seen.clear()

    said = ingest(home)

    assert (said.code, said.json["entries_new"]) == (0, 0)
    assert site.count("/rain") == 0


def test_what_was_there_is_moved_aside_and_nothing_of_it_is_lost(home, made):
    begun = home / "rebuilding" / "warehouse.duckdb"  # by a rebuild of another archive
    begun.parent.mkdir()
    begun.touch()
    before = files_of(home)

    said = onrecord("restore", made, "--home", home, "--json")

    aside = Path(said.json["replaced"])
    assert column(home, TITLES) == ["Rain closes the harbour"]
    assert column(aside, TITLES) == ["Council adopts its budget", "Rain closes the harbour"]
    assert files_of(aside) == before
    assert str(aside) in said.err


def test_only_its_owner_may_read_a_backup(made):
    assert stat.S_IMODE(made.stat().st_mode) == 0o600


def test_a_former_backup_is_replaced(home, tmp_path, made):
    file = Path(shutil.copy(made, tmp_path / "backup.tar"))

    assert onrecord("backup", file, "--home", home).code == 0

    onrecord("restore", file, "--home", tmp_path / "new")
    assert len(column(tmp_path / "new", TITLES)) == 2


@pytest.mark.parametrize(
    "place",
    [
        "notes.txt",
        "home/archive/backup.tar",
        "home/staging/backup.tar",
        "nowhere/backup.tar",
        "home",
    ],
)
def test_a_place_where_a_backup_does_not_belong_is_bad_usage(home, tmp_path, place):
    (tmp_path / "notes.txt").write_text("Buy bread.")
    before = files_of(tmp_path)

    said = onrecord("backup", tmp_path / place, "--home", home)

    assert said.code == 2, said.err
    assert files_of(tmp_path) == before


@pytest.mark.parametrize("step", ["flows.backup:_held", "flows.backupfile:write_backup", "replace"])
def test_a_backup_that_is_killed_leaves_the_former_one(home, tmp_path, made, step):
    file = Path(shutil.copy(made, tmp_path / "backup.tar"))

    code = killed(step, "backup", file, "--home", home)
    left = file.read_bytes()
    again = onrecord("backup", file, "--home", home)

    assert (code, again.code) == (-9, 0)
    assert left == made.read_bytes()
    assert [path.name for path in (*tmp_path.glob(".*"), *home.glob(".*"))] == []


@pytest.mark.parametrize(
    ("step", "time"), [("_begin_exchange", 1), ("_move_aside", 1), ("_journal_in", 2)]
)
def test_a_restore_that_is_killed_is_finished_by_another(home, made, step, time):
    code = killed(f"flows.restore:{step}", "restore", made, "--home", home, time=time)
    meanwhile = onrecord("sql", TITLES, "--home", home, "--json")
    again = onrecord("restore", made, "--home", home)

    assert (code, again.code) == (-9, 0)
    assert "restore" in meanwhile.err if meanwhile.code else len(meanwhile.json) == 2
    assert column(home, TITLES) == ["Rain closes the harbour"]
    [aside] = home.glob("replaced-*")
    assert len(column(aside, TITLES)) == 2
    assert [path.name for path in home.glob(".*")] == []


def test_a_restore_that_is_killed_as_it_clears_up_has_restored(home, made):
    code = killed("flows.backup:discard_unpacked", "restore", made, "--home", home, time=3)
    restored = column(home, TITLES)
    again = onrecord("restore", made, "--home", home)

    assert (code, restored, again.code) == (-9, ["Rain closes the harbour"], 0)
    assert [path.name for path in home.glob(".*")] == []


@pytest.mark.parametrize(
    ("content", "code"), [(None, 2), (b"", 2), (b"Buy bread.", 2)], ids=["none", "empty", "notes"]
)
def test_what_is_no_backup_is_bad_usage(home, tmp_path, content, code):
    file = tmp_path / "file"
    if content is not None:
        file.write_bytes(content)
    before = files_of(home)

    said = onrecord("restore", file, "--home", home)

    assert said.code == code
    assert files_of(home) == before


@pytest.mark.parametrize("damage", ["cut", "cut early", "changed"])
def test_a_damaged_backup_changes_nothing(home, tmp_path, made, damage):
    content = bytearray(made.read_bytes())
    if damage == "changed":
        content[content.index(b"nlp_model")] ^= 1
    else:
        del content[len(content) // (3 if damage == "cut early" else 1) - 30_000 :]
    file = tmp_path / "damaged.tar"
    file.write_bytes(content)
    before = files_of(home)

    said = onrecord("restore", file, "--home", home)

    assert said.code == 1
    assert "damaged" in said.err
    assert files_of(home) == before


@pytest.mark.parametrize(
    "name",
    ["../outside", "/outside", "archive/../../outside", "locks/run.lock", "staging", "archive//x"],
)
def test_a_hostile_backup_writes_nothing_outside(home, tmp_path, made, name):
    file = tmp_path / "hostile.tar"
    with tarfile.open(made) as honest, tarfile.open(file, "w") as tar:
        head = honest.next()
        tar.addfile(head, honest.extractfile(head))
        member = tarfile.TarInfo(name)
        member.size = 3
        tar.addfile(member, io.BytesIO(b"Boo"))
    before = files_of(tmp_path)

    said = onrecord("restore", file, "--home", home)

    assert said.code == 1
    assert files_of(tmp_path) == before


@pytest.mark.parametrize(
    "kind", [tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.DIRTYPE, tarfile.FIFOTYPE]
)
def test_a_backup_brings_no_links(home, tmp_path, made, kind):
    file = tmp_path / "hostile.tar"
    with tarfile.open(made) as honest, tarfile.open(file, "w") as tar:
        head = honest.next()
        tar.addfile(head, honest.extractfile(head))
        member = tarfile.TarInfo("archive/link")
        member.type, member.linkname = kind, "/etc"
        tar.addfile(member)

    assert onrecord("restore", file, "--home", home).code == 1


def test_a_restore_keeps_away_while_a_run_is_active(home, made):
    before = files_of(home)
    with held_alone(Home(home).run_lock, "run-that-runs", wait_s=None):
        beside_a_pass = onrecord("restore", made, "--home", home)
    with shown_alive(Home(home), "run-that-adds"):
        beside_an_addition = onrecord("restore", made, "--home", home)

    assert (beside_a_pass.code, beside_an_addition.code) == (1, 1)
    assert "run-that-runs" in beside_a_pass.err
    assert "run-that-adds" in beside_an_addition.err
    assert files_of(home) == before


def test_the_manifest_names_every_member(made):
    with tarfile.open(made) as tar:
        names = tar.getnames()
        told = json.loads(tar.extractfile(names[-1]).read())

    assert sorted(told) == names[1:-1]
