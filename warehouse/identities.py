"""Keeping which entities mean the same, as ids come and go."""

import itertools
import json
from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime

import duckdb

from extractors.identity import Alias
from warehouse.connection import rows_of
from warehouse.merges import ALIAS_TABLE, Held, Merge, Variant, changes, merges_of
from warehouse.scripts import statement


def resolve_loaded(db: duckdb.DuckDBPyConnection) -> None:
    """Hold the entities of the batches being loaded, and merge or part what they touch.

    Reads the temporary tables that loading leaves: harvests, new_entities, version_sources and
    dropped_entities.
    """
    db.execute(statement("hold_entities"))
    [(made_at,)] = db.execute(statement("last_made_at")).fetchall()
    _settle_touched(db, at=made_at, otherwise="no longer claimed")


def resolve_dropped(db: duckdb.DuckDBPyConnection, *, at: datetime) -> None:
    """Let go of the entities in dropped_entities that no version has, as `resolve_loaded` does."""
    db.execute(statement("hold_entities"))
    _settle_touched(db, at=at, otherwise="no longer claimed")


def replace_aliases(
    db: duckdb.DuckDBPyConnection, aliases: Sequence[Alias], *, at: datetime
) -> None:
    """Make `aliases` the alias table, and merge or part what that touches."""
    listed = json.dumps([asdict(alias) for alias in aliases])
    db.execute(statement("stage_aliases"), {"aliases": listed})
    db.execute(statement("take_aliases"))
    _settle_touched(db, at=at, otherwise=ALIAS_TABLE)


def _settle_touched(db: duckdb.DuckDBPyConnection, *, at: datetime, otherwise: str) -> None:
    """Merge and part what touched_entities lead to, `otherwise` being why if no name tells."""
    if db.execute(statement("any_touched")).fetchall() == [(False,)]:
        return
    _find_related(db)
    names = rows_of(db.execute(statement("related_names")))
    variants = rows_of(db.execute(statement("related_variants")))
    held = [
        Held(entity_id=row["entity_id"], group_key=row["group_key"])
        for row in names
        if row["is_held"]
    ]  # fmt: skip
    before = {
        row["entity_id"]: Merge(canonical_id=row["canonical_id"], reason=row["reason"])
        for row in names
        if row["canonical_id"]
    }
    now = merges_of(held, [Variant(**row) for row in variants])
    ids = {each.entity_id for each in held}
    if events := changes(before, ids, now, otherwise=otherwise):
        db.execute(statement("insert_merges"), {"events": json.dumps(events), "at": at})


def _find_related(db: duckdb.DuckDBPyConnection) -> None:
    """Make the temporary table related_entities: what may mean the same as touched_entities."""
    db.execute(statement("start_related"))
    for step in itertools.count(1):
        if not db.execute(statement("extend_related"), {"step": step}).fetchall():
            return
