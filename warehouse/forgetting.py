"""Removing an article from the warehouse, and keeping it out."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import duckdb

from warehouse.identities import resolve_dropped
from warehouse.scripts import statement
from warehouse.storylinks import regroup_stories


@dataclass(frozen=True, slots=True, kw_only=True)
class Traces:
    """What the warehouse knows of an address."""

    is_known: bool  #: a feed listed it, or it was asked for
    article_ids: tuple[str, ...] = ()  #: of the articles that it leads to, sorted
    addresses: tuple[str, ...] = ()  #: that led to these alone, sorted


def traces_in(db: duckdb.DuckDBPyConnection, url: str | None, article_id: str) -> Traces:
    """Return what is known of `url`, where an article has or would have the id `article_id`.

    Of an id without its address only what is filed or was asked for under it is known.
    """
    asked = {"url": url, "article_id": article_id}
    db.execute(statement("article_id_at"))
    db.execute(statement("trace_articles"), asked)
    ids = db.execute(statement("traced_ids")).fetchall()
    [(is_listed,)] = db.execute(statement("is_listed"), asked).fetchall()
    addresses = [
        *db.execute(statement("traced_addresses")).fetchall(),
        *db.execute(statement("traced_redirects"), asked).fetchall(),
    ]
    return Traces(
        is_known=bool(ids) or is_listed,
        article_ids=tuple(each for (each,) in ids),
        addresses=tuple(sorted({each for (each,) in addresses})),
    )


def keep_out(db: duckdb.DuckDBPyConnection, article_ids: Collection[str], *, at: datetime) -> None:
    """Load nothing any more of what leads to `article_ids`."""
    db.execute(statement("insert_forgotten"), {"article_ids": sorted(article_ids), "at": at})


def unlist_kept_out(db: duckdb.DuckDBPyConnection) -> None:
    """Take off the list of pages to read what is kept out, and remove its failures."""
    db.execute(statement("article_id_at"))
    db.execute(statement("unlist_forgotten"))


def bodies_to_blank(db: duckdb.DuckDBPyConnection) -> set[str]:
    """Return the ids of the requests whose archived bodies may hold what is kept out."""
    _open(db)
    return {fetch_id for (fetch_id,) in db.execute(statement("forgotten_bodies")).fetchall()}


def forget_kept_out(db: duckdb.DuckDBPyConnection, *, at: datetime) -> None:
    """Remove every row that tells of what is kept out, and of what it alone held together."""
    _open(db)
    db.execute(statement("forget_rows"))
    db.execute(statement("drop_stale_sketches"))
    regroup_stories(db)
    db.execute(statement("nothing_loaded"))
    resolve_dropped(db, at=at)
    db.execute(statement("forget_merges"))
    db.execute(statement("sort_terms"))  # those of texts that are no more stay until then


def discard_copies(path: Path) -> None:
    """Remove what upgrades and killed processes left beside the warehouse at `path`."""
    for copy in (*path.parent.glob(f"{path.stem}.before-*"), *path.parent.glob(".*.duckdb.*")):
        copy.unlink(missing_ok=True)


def drop_forgotten(db: duckdb.DuckDBPyConnection) -> None:
    """Drop what is kept out from the harvests being loaded, in their temporary tables."""
    if db.execute(statement("anything_forgotten")).fetchall() == [(True,)]:
        db.execute(statement("article_id_at"))
        db.execute(statement("drop_forgotten"))


def _open(db: duckdb.DuckDBPyConnection) -> None:
    db.execute(statement("article_id_at"))
    db.execute(statement("open_forgetting"))
