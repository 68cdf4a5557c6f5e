"""Where things lie in a home."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from extractors.errors import OnRecordError, SettingsError

#: The settings, and the one list of feeds.
FILE_NAME = "onrecord.toml"
#: Names the home where nobody does.
HOME_VARIABLE = "ONRECORD_HOME"
#: How the folders begin in which a restore keeps what was there.
FORMER = "replaced-"


def home_at(given: str | Path | None, variables: Mapping[str, str]) -> "Home":
    """Return the home that is meant by what was given, else by the environment, else by nobody."""
    path = Path(given or variables.get(HOME_VARIABLE) or "onrecord-data")
    return Home(path.expanduser().absolute())


@dataclass(frozen=True, slots=True)
class Home:
    """The folder that holds everything of one installation; must be on a local disk."""

    path: Path
    archive_at: Path | None = None  #: where the archive lies if not below `path`

    @property
    def settings_file(self) -> Path:
        """The settings, and the one list of feeds."""
        return self.path / FILE_NAME

    @property
    def warehouse(self) -> Path:
        """The writer's database."""
        return self.path / "warehouse.duckdb"

    @property
    def published(self) -> Path:
        """The copy of the warehouse that questions read."""
        return self.path / "published.duckdb"

    @property
    def archive(self) -> Path:
        """The WARC files."""
        return self.archive_at or self.path / "archive"

    @property
    def rebuilding(self) -> "Home":
        """Where a new warehouse is made from this home's archive."""
        return Home(self.path / "rebuilding", archive_at=self.archive)

    @property
    def staging(self) -> Path:
        """Finished batches that wait to be loaded."""
        return self.path / "staging"

    @property
    def locks(self) -> Path:
        """Files that only serve to be locked, and the hosts' next start times."""
        return self.path / "locks"

    @property
    def run_lock(self) -> Path:
        """Held by the one pass that runs."""
        return self.locks / "run.lock"

    @property
    def recheck_lock(self) -> Path:
        """Held by the one re-check of known articles that runs."""
        return self.locks / "recheck.lock"

    @property
    def recovery_lock(self) -> Path:
        """Held by the one run that looks after what killed runs left."""
        return self.locks / "recovery.lock"

    @property
    def serve_lock(self) -> Path:
        """Held by the one process that serves the schedule."""
        return self.locks / "serve.lock"

    @property
    def invitation(self) -> Path:
        """Tells assistants how to join the pass that runs; only its owner may read it."""
        return self.locks / "invitation.json"

    @property
    def backup_lock(self) -> Path:
        """Held by the one backup that is made, and by whoever needs that there be none."""
        return self.locks / "backup.lock"

    @property
    def alerts_lock(self) -> Path:
        """Held by who tells an alert."""
        return self.locks / "alerts.lock"

    @property
    def alerts_note(self) -> Path:
        """What was told to who watches over the home."""
        return self.locks / "alerts.json"

    @property
    def run_locks(self) -> Path:
        """The liveness locks of the runs there are."""
        return self.locks / "runs"

    def liveness_lock(self, run_id: str) -> Path:
        """Held by the process of a run for as long as it lives."""
        return self.run_locks / f"{run_id}.lock"

    def run_ids(self) -> list[str]:
        """Return the runs whose process lives, or was killed and not looked after yet."""
        return sorted(path.stem for path in self.run_locks.glob("*.lock"))

    @property
    def checked_backup(self) -> Path:
        """A backup, unpacked and whole, before which what is here is moved aside."""
        return self.path / ".restore-checked"

    @property
    def entering_backup(self) -> Path:
        """What is left of a backup that takes its place here."""
        return self.path / ".restore-entering"

    @property
    def unpacked_backup(self) -> Path:
        """A backup that is being unpacked, or whose exchange never began."""
        return self.path / ".restore-unpacked"

    @property
    def former(self) -> "list[Home]":
        """What restores have moved aside, oldest first."""
        return [Home(path) for path in sorted(self.path.glob(f"{FORMER}*")) if path.is_dir()]

    @property
    def is_half_restored(self) -> bool:
        """Whether a restore was begun here and not brought to its end."""
        return self.checked_backup.exists() or self.entering_backup.exists()

    @property
    def log(self) -> Path:
        """What the program wrote of its doings."""
        return self.path / "log"

    @property
    def prefect(self) -> Path:
        """Prefect's own files."""
        return self.path / "prefect"

    @property
    def serve_file(self) -> Path:
        """The address of the Prefect server that `onrecord serve` runs."""
        return self.path / "serve.json"

    @property
    def exists(self) -> bool:
        """Whether anything was ever set up here."""
        return self.settings_file.exists() or self.warehouse.exists()

    def must_exist(self) -> None:
        """Raise SettingsError, saying what to do, unless this is a home."""
        if not self.exists:
            raise SettingsError(
                f"{self.path} is not a home of onrecord: run `onrecord init --home {self.path}` "
                "or name another with --home or ONRECORD_HOME"
            )

    def must_be_whole(self) -> None:
        """Raise OnRecordError, saying what to do, if a restore was cut short here."""
        if self.is_half_restored:
            raise OnRecordError(
                f"a restore of {self.path} was cut short: run `onrecord restore FILE --home "
                f"{self.path}` again, which brings it to its end"
            )
