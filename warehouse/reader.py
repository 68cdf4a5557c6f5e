"""Questions of the published copy: read-only, in a sandbox, whatever runs beside them."""

import tempfile
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from types import TracebackType
from typing import Self
from uuid import uuid4

import duckdb

from extractors.errors import QueryError, WarehouseError
from warehouse.connection import quoted
from warehouse.health import Health, health_in
from warehouse.questions import question_named, values_for
from warehouse.rechecks import count_rechecks_due
from warehouse.results import Answer
from warehouse.scripts import scripts_in, statement
from warehouse.storylinks import name_stories

_MEMORY_LIMIT = "2GB"
#: An answer is held in memory as Python values; more than this belongs in a file.
MAX_ROWS = 1_000_000
_PARQUET = "format parquet, compression zstd"
_READING_TYPES = ("SELECT", "EXPLAIN")


class Reader:
    """The state of the last publishing, open for questions.

    It keeps that state while it is open, also when a newer one is published. Close it, or use it
    in a `with` block.

    Args:
        home: the folder with `published.duckdb`.
        as_of: see everything as it stood then: what was seen by then, and the versions that were
            current; relations without history by their start.
        unsafe: let questions use functions that open files and addresses.

    Raises:
        WarehouseError: nothing has been published yet, or the copy cannot be read.
    """

    def __init__(self, home: Path, *, as_of: datetime | None = None, unsafe: bool = False) -> None:
        self._path = home / "published.duckdb"
        self._as_of = as_of
        self._unsafe = unsafe
        if not self._path.exists():
            raise WarehouseError(f"there is no {self._path} yet: run `onrecord ingest` first")
        self._db = self._connect(None)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the copy."""
        self._db.close()

    def answer(
        self, sql: str, params: Mapping[str, object] | None = None, *, timeout_s: float
    ) -> Answer:
        """Return what `sql`, one statement that only reads, gives.

        Args:
            sql: the question.
            params: a value for each `$name` in `sql`; text is cast where the SQL says so.
            timeout_s: seconds after which it is given up.

        Raises:
            QueryError: the SQL is wrong, does more than read, took too long, or gave more than
                `MAX_ROWS` rows.
        """
        with _as_query_errors(), _deadline(self._db, timeout_s):
            _check(self._db, sql)
            found = self._db.execute(sql, dict(params or {}))
            described = found.description
            rows = found.fetchmany(MAX_ROWS + 1)
        if len(rows) > MAX_ROWS:
            raise QueryError(f"more than {MAX_ROWS:,} rows: add a limit, or write to Parquet")
        return Answer(
            columns=tuple(str(column[0]) for column in described),
            types=tuple(str(column[1]) for column in described),
            rows=tuple(rows),
        )

    def ask(
        self, name: str, params: Mapping[str, object] | None = None, *, timeout_s: float
    ) -> Answer:
        """Return the answer to the saved question `name`.

        Raises:
            SettingsError: there is no such question, or it has no such parameter.
            QueryError: as `answer`.
        """
        question = question_named(name)
        return self.answer(question.sql, values_for(question, params or {}), timeout_s=timeout_s)

    def lookup(
        self, name: str, params: Mapping[str, object] | None = None, *, timeout_s: float
    ) -> Answer:
        """Return what our own question `statements/NAME.sql` gives; raises as `answer`."""
        return self.answer(statement(name), params, timeout_s=timeout_s)

    def health(self, *, silent_days: int, failed_since: datetime, timeout_s: float) -> Health:
        """Return how the home did, as `health.health_in` has it.

        Raises:
            QueryError: it took longer than `timeout_s`.
        """
        with _as_query_errors(), _deadline(self._db, timeout_s):
            return health_in(self._db, silent_days=silent_days, failed_since=failed_since)

    def count_rechecks_due(
        self, by: datetime, *, ladder: Mapping[timedelta, timedelta], timeout_s: float
    ) -> int:
        """Return how many pages of known articles `Warehouse.rechecks_due` finds.

        Raises:
            QueryError: it took longer than `timeout_s`.
        """
        with _as_query_errors(), _deadline(self._db, timeout_s):
            return count_rechecks_due(self._db, by, ladder=ladder)

    def write_parquet(
        self,
        target: Path,
        sql: str,
        params: Mapping[str, object] | None = None,
        *,
        timeout_s: float,
    ) -> int:
        """Write what `sql` gives to the Parquet file `target` and return the number of rows.

        The file is replaced whole, or not at all.

        Raises:
            QueryError: as `answer`, or the file cannot be written.
        """
        unfinished = target.absolute().with_name(f".{target.name}.unfinished")
        with _as_query_errors(), self._connect(unfinished) as db, _deadline(db, timeout_s):
            query = _check(db, sql)
            copy = f"copy (\n{query}\n) to {quoted(unfinished)} ({_PARQUET})"
            [(rows,)] = db.execute(copy, dict(params or {})).fetchall()
        unfinished.replace(target)
        return int(rows)

    def copy_parquet(
        self, target: Path, sql: str, params: Mapping[str, object], *, timeout_s: float
    ) -> int:
        """Write what `sql` gives to `target` in its order and return the number of rows.

        The same rows give the same bytes. The file is of the state that this reader keeps, which
        must be `unsafe`; what stands half-written after an error is the caller's to remove.

        Raises:
            QueryError: as `answer`, or the file cannot be written.
        """
        with _as_query_errors(), _deadline(self._db, timeout_s):
            query = _check(self._db, sql)
            copy = f"copy ({query}) to {quoted(target)} ({_PARQUET}, row_group_size 100000)"
            [(rows,)] = self._db.execute(copy, dict(params)).fetchall()
        return int(rows)

    def _connect(self, writable: Path | None) -> duckdb.DuckDBPyConnection:
        # In memory, with the copy attached: connections to a file share one instance within a
        # process, which would keep an old copy and its settings alive.
        db = duckdb.connect(
            ":memory:",
            config={
                "python_enable_replacements": "false",
                "memory_limit": _MEMORY_LIMIT,
                "temp_directory": _spill_folder(),
            },
        )
        try:
            self._attach(db)
            self._shut_in(db, writable)
        except duckdb.Error as error:
            db.close()
            raise WarehouseError(
                f"{self._path} cannot be read: {error}; the next `onrecord ingest` publishes anew"
            ) from error
        return db

    def _attach(self, db: duckdb.DuckDBPyConnection) -> None:
        db.execute("set timezone = 'UTC'")
        db.execute("set enable_progress_bar = false")  # it would stand among the answers
        db.execute(f"attach {quoted(self._path)} as published (read_only)")
        if self._as_of is None:
            db.execute("use published")
            return
        db.execute("set variable as_of = $as_of::timestamptz", {"as_of": self._as_of})
        db.execute(statement("as_of"))
        name_stories(db)
        db.execute(statement("as_of_articles"))
        for script in scripts_in("views"):
            db.execute(script.sql)

    def _shut_in(self, db: duckdb.DuckDBPyConnection, writable: Path | None) -> None:
        if not self._unsafe:
            if writable:
                db.execute(f"set allowed_paths = [{quoted(writable)}]")
            db.execute("set enable_external_access = false")
        db.execute("set lock_configuration = true")


def _spill_folder() -> str:
    """Return where what exceeds the memory goes, made when needed and removed by DuckDB.

    Its own choice is a folder within the current one, where a person would find it.
    """
    try:
        return str(Path(tempfile.gettempdir(), f"onrecord-{uuid4().hex}"))
    except FileNotFoundError:  # nothing can be written anywhere: answers have to fit
        return ""


def _check(db: duckdb.DuckDBPyConnection, sql: str) -> str:
    statements = db.extract_statements(sql)
    if len(statements) != 1:
        raise QueryError(f"one statement at a time, not {len(statements)}")
    kind = statements[0].type.name
    if kind not in _READING_TYPES:
        raise QueryError(f"a question only reads: {kind} is not allowed")
    return _without_semicolon(sql)


def _without_semicolon(sql: str) -> str:
    # The tokens tell a semicolon from one within a string or a comment after it.
    tokens = [start for start, kind in duckdb.tokenize(sql) if kind != duckdb.token_type.comment]
    while tokens and sql.encode()[tokens[-1] : tokens[-1] + 1] == b";":
        sql = sql.encode()[: tokens.pop()].decode()
    return sql


@contextmanager
def _as_query_errors() -> Iterator[None]:
    try:
        yield
    except (duckdb.Error, ValueError) as error:
        # ValueError: text that is not UTF-8, or a parameter of a type that DuckDB does not take.
        raise QueryError(str(error)) from error


@contextmanager
def _deadline(db: duckdb.DuckDBPyConnection, timeout_s: float) -> Iterator[None]:
    timer = threading.Timer(timeout_s, db.interrupt)
    timer.daemon = True
    timer.start()
    try:
        yield
    except duckdb.InterruptException as error:
        raise QueryError(
            f"no answer within {timeout_s:g} s: narrow it, or raise --timeout"
        ) from error
    except BaseException:
        db.interrupt()  # else closing waits for threads that are still at work
        raise
    finally:
        timer.cancel()
