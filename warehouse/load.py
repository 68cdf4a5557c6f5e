"""Loading staged harvests, each whole or not at all."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, fields, replace
from datetime import UTC, datetime
from pathlib import Path

import duckdb

from warehouse.connection import transaction
from warehouse.forgetting import drop_forgotten
from warehouse.identities import resolve_loaded
from warehouse.packing import TornFileError
from warehouse.results import Change, Loaded
from warehouse.scripts import statement
from warehouse.staging import Unpacked, discard_unfinished, staged, unpacked
from warehouse.storylinks import group_stories, sketch_older
from warehouse.terms import keep_older_terms, keep_terms

#: What DuckDB says of a batch that breaks the rules of the tables, or is not JSON.
_REFUSALS = (duckdb.ConstraintException, duckdb.ConversionException, duckdb.InvalidInputException)
#: Of compressed files: some ten thousand articles, which take 1 GB of memory. A quarter of it takes
#: a third more of the processor, since tables get their row groups half filled.
_MAX_GROUP_BYTES = 28_000_000
Judge = Callable[[str, str], Change]
#: Each statement reads what those before it left in temporary tables.
_LOADING = (
    "load_feeds",
    "load_entries",
    "load_fetches",
    "derive_versions",
    "load_versions",
    "new_sketches",
    "new_unsketched",
    "regrouped_articles",
    "drop_stale_sketches",
    "insert_unsketched",
)
_FINISHING = ("load_links", "load_failures", "load_counts")
_COUNTED = (
    "batches",
    "entries_new",
    "pages_fetched",
    "articles_new",
    "articles_changed",
    "quotes",
    "mentions",
    "failures",
)


def load_folder(db: duckdb.DuckDBPyConnection, folder: Path, *, judge: Judge) -> Loaded:
    """Load every staged file of `folder`, oldest first, and remove each once it is in the file.

    Small batches share a transaction, whose fixed cost is that of a hundred articles. A file
    that cannot be loaded goes to `folder/bad` and leaves a failure, so that it does not stop
    those behind it. Versions that lack a sketch come last, so that they cannot stop any.
    """
    discard_unfinished(folder)
    loaded = Loaded()
    paths = staged(folder)
    groups = list(_groups(paths))
    for group in groups:
        is_last = group is groups[-1]
        loaded = _sum(loaded, _load_group(db, group, judge=judge, is_last=is_last))
    if paths:
        db.execute("checkpoint")  # a batch that is in the log alone could be lost with it
    for path in paths:
        path.unlink(missing_ok=True)  # but for what was set aside
    sketch_older(db)
    keep_older_terms(db)
    return loaded


def _groups(paths: Sequence[Path]) -> Iterator[list[Path]]:
    group: list[Path] = []
    size = 0
    for path in paths:
        size += path.stat().st_size
        if group and size > _MAX_GROUP_BYTES:
            yield group
            group, size = [], path.stat().st_size
        group.append(path)
    if group:
        yield group


def _load_group(
    db: duckdb.DuckDBPyConnection, paths: Sequence[Path], *, judge: Judge, is_last: bool
) -> Loaded:
    try:
        with unpacked(paths) as files, transaction(db, is_last=is_last):
            loaded = _load(db, files, judge=judge)
    except (TornFileError, *_REFUSALS) as error:
        if len(paths) == 1:
            return _set_aside(db, paths[0], error)
        halves = (paths[: len(paths) // 2], paths[len(paths) // 2 :])
        return _sum(*(_load_group(db, half, judge=judge, is_last=False) for half in halves))
    return loaded


def _load(db: duckdb.DuckDBPyConnection, files: Unpacked, *, judge: Judge) -> Loaded:
    db.execute(statement("name_unpacked"), asdict(files))
    _run(db, "staged_lines", "take_harvests")
    if _answer(db, "nothing_new"):
        return Loaded(replayed=len(files.patterns))
    _run(db, "unpack_harvests", "unpack_readings")
    drop_forgotten(db)
    _run(db, *_LOADING)
    _judge_changes(db, judge)
    _load_findings(db)
    keep_terms(db)
    _run(db, "load_summaries")
    resolve_loaded(db)
    _run(db, "load_heads")
    group_stories(db)
    _run(db, *_FINISHING)
    [counts] = db.execute(statement("count_loaded")).fetchall()
    loaded = Loaded(**dict(zip(_COUNTED, counts, strict=True)))
    return replace(loaded, replayed=len(files.patterns) - loaded.batches)


def _load_findings(db: duckdb.DuckDBPyConnection) -> None:
    if not _answer(db, "findings_move"):
        _run(db, "no_dropped_entities", "load_findings")
    else:
        _run(db, "move_findings", "load_findings", "load_moved_findings")


def _run(db: duckdb.DuckDBPyConnection, *names: str) -> None:
    for name in names:
        db.execute(statement(name))


def _answer(db: duckdb.DuckDBPyConnection, name: str) -> bool:
    return db.execute(statement(name)).fetchall() == [(True,)]


def _judge_changes(db: duckdb.DuckDBPyConnection, judge: Judge) -> None:
    rows = db.execute(statement("unjudged_versions")).fetchall()
    for fetch_id, title_before, text_before, title, text in rows:
        change = judge(f"{title_before}\n\n{text_before}", f"{title}\n\n{text}")
        db.execute(statement("set_change"), {"fetch_id": fetch_id, "change": change})


def _set_aside(db: duckdb.DuckDBPyConnection, path: Path, error: Exception) -> Loaded:
    bad = path.parent / "bad"
    bad.mkdir(exist_ok=True)
    path.rename(bad / path.name)
    failure = {
        "url": f"staging/bad/{path.name}",
        "at": datetime.now(UTC),
        "detail": f"A staged file could not be loaded and was set aside: {error}",
    }
    db.execute(statement("failed_batch"), failure)
    return Loaded(set_aside=(path.name,))


def _sum(one: Loaded, other: Loaded) -> Loaded:
    return replace(
        one,
        **{
            field.name: getattr(one, field.name) + getattr(other, field.name)
            for field in fields(Loaded)
        },
    )
