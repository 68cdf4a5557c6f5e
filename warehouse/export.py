"""The promised relations as Parquet files, the same bytes for the same content."""

import hashlib
import json
import shutil
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import date, datetime
from itertools import groupby
from pathlib import Path

from extractors.errors import SettingsError, WarehouseError
from warehouse.dictionary import ColumnEntry, data_dictionary, dictionary_rows
from warehouse.lock import held_lock
from warehouse.reader import Reader
from warehouse.scripts import Script, scripts_in, statement

_MANIFEST = "manifest.json"
_MADE_BY = "onrecord export"
_TIMEOUT_S = 86_400


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportedFile:
    """One Parquet file of an export."""

    path: str  #: below the folder, with slashes
    relation: str
    rows: int
    bytes: int
    sha256: str


def export(home: Path, folder: Path, *, as_of: datetime | None = None) -> list[ExportedFile]:
    """Write the published state of `home` to `folder` and return its Parquet files, by path.

    A relation with times has a file for each month in UTC: what belongs to an article in that of
    the article's publication. The folder is written beside its place and put there whole, so
    that one that is killed or fails leaves what was there before.

    Args:
        home: the folder with `published.duckdb`.
        folder: where to; missing, empty, or an earlier export, which is replaced.
        as_of: as of `Reader`.

    Raises:
        SettingsError: something else is at `folder`; nothing was written.
        WarehouseBusyError: another export of this home is at work.
        WarehouseError: nothing has been published yet, or the files cannot be written.
    """
    folder = folder.resolve()
    unfinished = folder.with_name(f".{folder.name}.unfinished")
    before = folder.with_name(f".{folder.name}.before")
    lock = home / "locks" / "export.lock"
    with held_lock(lock, wait_s=0, holder="another export of this home is at work"):
        _restore(folder, before)
        _check(folder)
        try:
            with Reader(home, as_of=as_of, unsafe=True) as reader:
                files = _write(reader, unfinished)
            _replace(folder, unfinished, before)
        except OSError as error:
            raise WarehouseError(
                f"{folder} could not be written and is as it was before: {error}"
            ) from error
        finally:
            shutil.rmtree(unfinished, ignore_errors=True)
    return files


def _restore(folder: Path, before: Path) -> None:
    """Undo what an export left that was killed between its two last steps."""
    if before.exists() and not folder.exists():
        before.rename(folder)
    shutil.rmtree(before, ignore_errors=True)


def _check(folder: Path) -> None:
    if not folder.exists():
        return
    if not folder.is_dir():
        raise SettingsError(f"{folder} is a file, not a folder")
    if any(folder.iterdir()) and not _is_export(folder):
        raise SettingsError(
            f"{folder} is neither empty nor an earlier export: name another folder; nothing was "
            "written"
        )


def _is_export(folder: Path) -> bool:
    try:
        manifest = json.loads((folder / _MANIFEST).read_bytes())
    except (OSError, ValueError):
        return False
    return isinstance(manifest, dict) and manifest.get("made_by") == _MADE_BY


def _write(reader: Reader, folder: Path) -> list[ExportedFile]:
    shutil.rmtree(folder, ignore_errors=True)  # of a killed export
    folder.mkdir(parents=True)
    files = [
        each for script in scripts_in("exports") for each in _write_relation(reader, script, folder)
    ]
    files.sort(key=lambda each: each.path)
    _write_words(reader, folder, files)
    return files


def _write_relation(reader: Reader, script: Script, folder: Path) -> Iterator[ExportedFile]:
    sql = script.sql.strip().removesuffix(";")
    of_a_month = f"select * exclude (month) from ({sql}) where month is not distinct from $month"  # noqa: S608
    for month in _months(reader, sql):
        path = _path_of(script.name, month)
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        rows = reader.copy_parquet(target, of_a_month, {"month": month}, timeout_s=_TIMEOUT_S)
        with target.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
        size = target.stat().st_size
        yield ExportedFile(path=path, relation=script.name, rows=rows, bytes=size, sha256=digest)


def _months(reader: Reader, sql: str) -> list[date | None]:
    asked = f"select distinct month from ({sql}) order by month"  # noqa: S608
    months = [month for (month,) in reader.answer(asked, timeout_s=_TIMEOUT_S).rows]
    return months or [None]  # an empty file still says which columns there are


def _path_of(relation: str, month: date | None) -> str:
    part = f"/month={month:%Y-%m}" if month else ""
    return f"{relation}{part}/{relation}.parquet"


def _write_words(reader: Reader, folder: Path, files: list[ExportedFile]) -> None:
    """Write the schema, the dictionary and, last, the manifest."""
    exported = {script.name for script in scripts_in("exports")}
    columns = [each for each in dictionary_rows(reader) if each.relation in exported]
    [(version,)] = reader.answer(statement("export_version"), timeout_s=_TIMEOUT_S).rows
    schema = {"schema_version": version, "relations": list(_relations(columns))}
    manifest = {
        "made_by": _MADE_BY,
        "schema_version": version,
        "files": [asdict(each) for each in files],
    }
    (folder / "schema.json").write_text(_json(schema), "utf-8")
    (folder / "dictionary.md").write_text(data_dictionary(columns), "utf-8")
    (folder / _MANIFEST).write_text(_json(manifest), "utf-8")


def _relations(columns: list[ColumnEntry]) -> Iterator[dict[str, object]]:
    for relation, group in groupby(columns, key=lambda column: column.relation):
        entries = list(group)
        yield {
            "relation": relation,
            "comment": entries[0].relation_comment,
            "columns": [
                {"column": each.column, "type": each.type, "comment": each.column_comment}
                for each in entries
            ],
        }


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"


def _replace(folder: Path, unfinished: Path, before: Path) -> None:
    if folder.exists():
        folder.rename(before)
    unfinished.rename(folder)
    shutil.rmtree(before, ignore_errors=True)
