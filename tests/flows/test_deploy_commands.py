"""The commands of deploy/README.md for backup, upgrade and rollback do what the page says.

They are given as they stand there, in a folder that stands for the root of a host. `systemctl` and
`pip` are only noted, and `sudo` changes nobody.
"""

import shlex
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import duckdb
import pytest

from tests.press import Said, column, onrecord
from tests.readme import commands_of
from tests.upgrading import make_earlier, tables_of
from warehouse.scripts import scripts_in

DEPLOY = Path(__file__).parents[2] / "deploy"
COMMANDS = list(commands_of((DEPLOY / "README.md").read_text(encoding="utf-8")))
LATEST = int(scripts_in("migrations")[-1].name[:4])
TITLES = "select title from articles"


@dataclass(frozen=True, slots=True)
class Host:
    """A machine as the page has it, below a folder."""

    folder: Path
    noted: list[str] = field(default_factory=list)  #: what would have been done to the machine

    @property
    def home(self) -> Path:
        return self.folder / "var/lib/onrecord"

    def give(self, command: str) -> Said:
        """Give a command; those which are only noted succeed."""
        words = [self._here(word) for word in shlex.split(command.removeprefix("sudo "))]
        if words[0] == "-u":
            del words[:2]
        program, *rest = words
        if Path(program).name == "onrecord":
            return onrecord(*rest)
        if program == "cp":
            shutil.copyfile(*rest)
        else:
            self.noted.append(f"{Path(program).name} {rest[0]}")
        return Said(code=0, raw=b"", err="")

    def _here(self, word: str) -> str:
        return f"{self.folder}{word}" if word.startswith(("/var/", "/opt/")) else word


@pytest.fixture
def host(tmp_path: Path, read_home: Path) -> Host:
    """A machine whose home has read one article."""
    host = Host(tmp_path)
    host.home.parent.mkdir(parents=True)
    shutil.copytree(read_home, host.home)
    (tmp_path / "var/backups/onrecord").mkdir(parents=True)
    return host


def _commands(section: str) -> Iterator[str]:
    yield from (command.text for command in COMMANDS if command.section == section)


def _migrations_of(home: Path) -> int:
    with duckdb.connect(str(home / "warehouse.duckdb"), read_only=True) as db:
        return int(db.execute("select max(number) from schema_history").fetchall()[0][0])


def _make_newer(home: Path) -> None:
    """Note in the warehouse a migration that only a later version knows."""
    with duckdb.connect(str(home / "warehouse.duckdb")) as db:
        db.execute(
            "insert into schema_history select * replace (9999 as number, '9999_later' as name) "
            "from schema_history where number = 1"
        )


def _make_earlier_without_rows(path: Path) -> None:
    path.unlink(missing_ok=True)
    make_earlier(path, upto=LATEST - 1)
    with duckdb.connect(str(path)) as db:
        for table in tables_of(db):
            db.execute(f"delete from {table}")


def test_a_backup_that_was_put_back_is_what_there_was_then(host: Host):
    make, *put_back = _commands("Backup")

    given = [host.give(make)]
    (host.home / "onrecord.toml").unlink()
    (host.home / "warehouse.duckdb").write_bytes(b"broken")
    given += map(host.give, put_back)

    assert [(said.code, said.err) for said in given if said.code] == []
    assert column(host.home, TITLES) == ["Rain closes the harbour"]
    assert host.noted == ["systemctl stop", "systemctl start"]


def test_an_upgrade_brings_the_last_schema_up_to_date_and_keeps_a_copy(host: Host):
    _make_earlier_without_rows(host.home / "warehouse.duckdb")

    given = [host.give(command) for command in _commands("Upgrade")]

    assert [(said.out, said.err) for said in given if said.code] == []
    assert _migrations_of(host.home) == LATEST
    assert _migrations_of_copy(host.home) == LATEST - 1
    assert host.noted == ["systemctl stop", "pip install", "pip install", "systemctl start"]


def _migrations_of_copy(home: Path) -> int:
    with duckdb.connect(str(home / f"warehouse.before-{LATEST:04}.duckdb"), read_only=True) as db:
        return int(db.execute("select max(number) from schema_history").fetchall()[0][0])


def test_an_older_version_refuses_a_newer_warehouse_and_the_backup_mends_it(host: Host):
    _, backup, *_, migrate, _, _ = _commands("Upgrade")
    *back, _, _ = _commands("Rollback")
    assert host.give(backup).code == 0
    _make_newer(host.home)

    refused = host.give(migrate)
    given = [host.give(command) for command in back]

    assert refused.code == 1
    assert "which this version of onrecord does not know: use a newer version" in refused.err
    assert [(said.out, said.err) for said in given if said.code] == []
    assert column(host.home, TITLES) == ["Rain closes the harbour"]
    assert _migrations_of(host.home) == LATEST


def test_the_copy_from_before_an_upgrade_and_the_archive_give_the_articles_back(host: Host):
    *_, put_copy, rebuild = _commands("Rollback")
    _make_newer(host.home)
    copy = host.home / Path(shlex.split(put_copy)[4]).name
    _make_earlier_without_rows(copy)

    given = [host.give(put_copy), host.give(rebuild)]

    assert [(said.out, said.err) for said in given if said.code] == []
    assert column(host.home, TITLES) == ["Rain closes the harbour"]


def test_whatever_stops_the_units_starts_the_timers_again():
    timers = {timer.name for timer in DEPLOY.glob("*.timer")}
    units = timers | {timer.replace(".timer", ".service") for timer in timers}

    told = [shlex.split(command.text)[2:] for command in COMMANDS if "systemctl" in command.text]

    assert told
    assert [words[0] for words in told] == ["stop", "start"] * (len(told) // 2)
    assert all(set(words) == {"stop", *units} for words in told[::2])
    assert all(set(words) == {"start", *timers} for words in told[1::2])
