"""Grouping the articles that print one story, as texts come."""

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

import duckdb

from warehouse.connection import transaction
from warehouse.folding import story_key, words_of
from warehouse.scripts import statement
from warehouse.stories import (
    MIN_SHARED_HASHES,
    STORY_WINDOW,
    Wording,
    is_same_story,
    sketch_of,
    wording_of,
)

#: What a new text is compared with at most: its likest, and some drawn by their keys.
_LIKEST = 25
_DRAWN = 5
#: Texts held ready while they are compared, up to 100 KB each, and texts fetched for that at once.
_TEXTS_AT_ONCE = 500
#: Versions without a sketch that get theirs in one load, so many in a transaction.
_SKETCHED_STEPS = 4
_SKETCHED_AT_ONCE = 500


def group_stories(db: duckdb.DuckDBPyConnection) -> None:
    """Link the texts in the temporary table new_sketches and regroup the articles they touch.

    Which articles make a story depends on their texts and times alone, not on the order in which
    they came, as long as none has more look-alikes than it is compared with.
    """
    db.execute(statement("insert_sketches"))
    _link_new_texts(db)
    regroup_stories(db)


def regroup_stories(db: duckdb.DuckDBPyConnection) -> None:
    """Put together anew what regrouped_articles and left_stories touch, as links are now."""
    for name in ("touched_stories", "story_members"):
        db.execute(statement(name))
    name_stories(db)
    db.execute(statement("set_stories"))


def name_stories(db: duckdb.DuckDBPyConnection) -> None:
    """Make the temporary table story_names: the story of each text in story_members."""
    db.execute(statement("story_edges"), {"window": STORY_WINDOW})
    db.execute(statement("story_names"))


def sketch_older(db: duckdb.DuckDBPyConnection) -> None:
    """Compare the newest of the versions that came before stories were compared."""
    for _ in range(_SKETCHED_STEPS):
        texts = db.execute(statement("unsketched_texts"), {"most": _SKETCHED_AT_ONCE}).fetchall()
        if not texts:
            return
        with transaction(db):
            db.execute(statement("open_older_sketches"))
            rows = [_sketched(fetch_id, text) for fetch_id, text in texts]
            db.execute(statement("stage_older_sketches"), {"rows": rows})
            db.execute(statement("take_older_sketches"))
            group_stories(db)


def _link_new_texts(db: duckdb.DuckDBPyConnection) -> None:
    days = db.execute(statement("sketched_days"), {"window": STORY_WINDOW}).fetchone()
    if days is None:
        return
    window = {"begins": days[0], "ends": days[1]}
    choice = {
        "window": STORY_WINDOW,
        "least_likeness": MIN_SHARED_HASHES,
        "likest": _LIKEST,
        "drawn": _DRAWN,
    }
    db.execute(statement("story_candidates"), window | choice)
    new_keys = [key for (key,) in db.execute(statement("compared_texts")).fetchall()]
    for keys in _slices(new_keys):
        if links := list(_links_of(db, keys, window)):
            db.execute(statement("insert_story_links"), {"links": links})


def _links_of(
    db: duckdb.DuckDBPyConnection, keys: Sequence[str], window: Mapping[str, datetime]
) -> Iterator[dict[str, str]]:
    """Yield the links of new texts, which are held ready while the others pass by, each once."""
    compared = dict(_wordings(db, keys, window))
    chosen_by = defaultdict(list)
    asked = {"keys": json.dumps(keys)}
    for key, other_key in db.execute(statement("candidate_pairs"), asked).fetchall():
        chosen_by[other_key].append(key)
    for other_keys in _slices(sorted(chosen_by)):
        for other_key, other in _wordings(db, other_keys, window):
            for key in chosen_by[other_key]:
                if key in compared and is_same_story(compared[key], other):
                    yield {
                        "story_key": min(key, other_key),
                        "other_key": max(key, other_key),
                    }


def _wordings(
    db: duckdb.DuckDBPyConnection, keys: Sequence[str], window: Mapping[str, datetime]
) -> Iterator[tuple[str, Wording]]:
    """Yield the texts with these keys, prepared for comparison; no version, no text."""
    asked = {"keys": json.dumps(keys), **window}
    for key, text in db.execute(statement("candidate_texts"), asked).fetchall():
        yield key, wording_of(words_of(text))


def _slices(keys: Sequence[str]) -> Iterator[Sequence[str]]:
    for start in range(0, len(keys), _TEXTS_AT_ONCE):
        yield keys[start : start + _TEXTS_AT_ONCE]


def _sketched(fetch_id: str, text: str) -> dict[str, object]:
    words = words_of(text)
    return {"fetch_id": fetch_id, "story_key": story_key(words), "sketch": sketch_of(words)}
