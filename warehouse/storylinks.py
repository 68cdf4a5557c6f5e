"""Grouping the articles that print one story, as texts come."""

from functools import lru_cache

import duckdb

from warehouse.connection import transaction
from warehouse.folding import story_key, words_of
from warehouse.scripts import statement
from warehouse.stories import Wording, is_same_story, sketch_of, wording_of

#: Texts held ready while pairs of them are judged, some 100 KB each.
_KEPT_WORDINGS = 500
#: Versions of before there were sketches that get theirs at once: two seconds' work.
_SKETCHED_AT_ONCE = 2_000


def group_stories(db: duckdb.DuckDBPyConnection) -> None:
    """Link the texts in the temporary table new_sketches and regroup the articles they touch.

    Which articles make a story depends on their texts and times alone, not on the order in which
    they came.
    """
    db.execute(statement("load_sketches"))
    pairs = db.execute(statement("candidate_pairs")).fetchall()
    if pairs:
        db.execute(statement("insert_story_links"), {"links": _links_among(db, pairs)})
    for name in ("touched_stories", "name_stories", "set_stories"):
        db.execute(statement(name))


def sketch_older(db: duckdb.DuckDBPyConnection) -> None:
    """Compare the newest of those versions that were loaded before stories were compared."""
    texts = db.execute(statement("unsketched_texts"), {"most": _SKETCHED_AT_ONCE}).fetchall()
    if not texts:
        return
    with transaction(db):
        db.execute(statement("open_older_sketches"))
        rows = [_sketched(fetch_id, text) for fetch_id, text in texts]
        db.execute(statement("stage_older_sketches"), {"rows": rows})
        db.execute(statement("take_older_sketches"))
        group_stories(db)


def _links_among(
    db: duckdb.DuckDBPyConnection, pairs: list[tuple[str, str]]
) -> list[dict[str, str]]:
    texts = dict(db.execute(statement("candidate_texts")).fetchall())

    @lru_cache(_KEPT_WORDINGS)
    def wording(key: str) -> Wording:
        return wording_of(words_of(texts[key]))

    return [
        {"story_key": key, "other_key": other_key}
        for key, other_key in pairs
        if is_same_story(wording(key), wording(other_key))
    ]


def _sketched(fetch_id: str, text: str) -> dict[str, object]:
    words = words_of(text)
    return {"fetch_id": fetch_id, "story_key": story_key(words), "sketch": sketch_of(words)}
