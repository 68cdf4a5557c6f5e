-- Staged harvests, out of the JSON texts in the temporary table staged_harvests, without those
-- that were loaded before.
-- Keys the JSON lacks are null; keys not named here are passed over.
create or replace temp table harvests as
select
    position,
    from_json(json, '{
    "batch_id": "VARCHAR",
    "run_id": "VARCHAR",
    "made_at": "TIMESTAMPTZ",
    "feeds": [{
        "feed_id": "VARCHAR", "url": "VARCHAR", "title": "VARCHAR", "outlet": "VARCHAR",
        "state": "VARCHAR", "added_at": "TIMESTAMPTZ", "last_polled_at": "TIMESTAMPTZ",
        "next_poll_at": "TIMESTAMPTZ", "not_before": "TIMESTAMPTZ", "interval_s": "INTEGER",
        "failures_in_a_row": "INTEGER", "backoff": "DOUBLE", "last_error": "VARCHAR",
        "etag": "VARCHAR", "last_modified": "VARCHAR", "body_hash": "VARCHAR",
        "not_modified_in_a_row": "INTEGER", "moving_to": "VARCHAR", "asks_s": "INTEGER",
        "skip_hours": ["INTEGER"], "skip_days": ["INTEGER"], "hourly_rates": ["DOUBLE"],
        "parts": [{
            "url": "VARCHAR", "etag": "VARCHAR", "last_modified": "VARCHAR",
            "body_hash": "VARCHAR"
        }]
    }],
    "polls": [{
        "poll_id": "VARCHAR", "feed_id": "VARCHAR", "url": "VARCHAR",
        "started_at": "TIMESTAMPTZ", "duration_ms": "INTEGER", "status": "VARCHAR", "http_status": "INTEGER",
        "bytes": "BIGINT", "entries_seen": "INTEGER", "error": "VARCHAR",
        "archive_file": "VARCHAR", "archive_offset": "BIGINT"
    }],
    "entries": [{
        "entry_id": "VARCHAR", "feed_id": "VARCHAR", "guid": "VARCHAR", "url": "VARCHAR",
        "target": "VARCHAR", "title": "VARCHAR",
        "published": {"at": "TIMESTAMPTZ", "precision": "VARCHAR"},
        "updated": {"at": "TIMESTAMPTZ"}, "date_problem": "VARCHAR", "authors": ["VARCHAR"],
        "categories": ["VARCHAR"],
        "enclosures": [{"url": "VARCHAR", "media_type": "VARCHAR", "size_bytes": "BIGINT"}],
        "has_content": "BOOLEAN", "seen_at": "TIMESTAMPTZ"
    }],
    "withdrawals": [{"feed_id": "VARCHAR", "guid": "VARCHAR", "at": "TIMESTAMPTZ"}],
    "fetches": [{
        "fetch_id": "VARCHAR", "url": "VARCHAR", "target": "VARCHAR", "final_url": "VARCHAR",
        "started_at": "TIMESTAMPTZ", "duration_ms": "INTEGER", "status": "VARCHAR",
        "http_status": "INTEGER", "bytes": "BIGINT", "archive_file": "VARCHAR",
        "archive_offset": "BIGINT", "text_source": "VARCHAR", "error": "VARCHAR",
        "etag": "VARCHAR", "last_modified": "VARCHAR", "body_hash": "VARCHAR",
        "repeats": "VARCHAR"
    }],
    "readings": [{
        "fetch_id": "VARCHAR", "seen_at": "TIMESTAMPTZ",
        "text_hash": "VARCHAR", "story_key": "VARCHAR", "sketch": ["UINTEGER"],
        "words": "INTEGER",
        "document": {
            "extractor_version": "VARCHAR",
            "article": {
                "article_id": "VARCHAR", "url": "VARCHAR", "outlet": "VARCHAR",
                "title": "VARCHAR", "text": "VARCHAR", "authors": ["VARCHAR"],
                "published": {"at": "TIMESTAMPTZ", "precision": "VARCHAR"},
                "modified": {"at": "TIMESTAMPTZ"}, "lang": "VARCHAR", "agency": "VARCHAR",
                "page_kind": "VARCHAR", "access": "VARCHAR", "section": "VARCHAR",
                "tags": ["VARCHAR"], "lead_image": "VARCHAR", "sources": [["VARCHAR"]]
            },
            "quotes": {
                "start": ["INTEGER"], "end": ["INTEGER"], "text": ["VARCHAR"],
                "kind": ["VARCHAR"], "utterance": ["INTEGER"], "cue": ["VARCHAR"],
                "cue_start": ["INTEGER"], "cue_end": ["INTEGER"], "speaker": ["VARCHAR"],
                "speaker_id": ["VARCHAR"], "speaker_mention": ["VARCHAR"],
                "speaker_start": ["INTEGER"], "speaker_end": ["INTEGER"],
                "confidence": ["DOUBLE"], "sighting_key": ["VARCHAR"]
            },
            "mentions": {
                "start": ["INTEGER"], "end": ["INTEGER"], "text": ["VARCHAR"],
                "label": ["VARCHAR"], "entity": ["VARCHAR"]
            },
            "entities": {
                "entity": ["VARCHAR"], "name": ["VARCHAR"], "label": ["VARCHAR"],
                "country": ["VARCHAR"],
                "identity": [{
                    "name_id": "VARCHAR", "usual_name": "VARCHAR", "geonameid": "INTEGER",
                    "isin": "VARCHAR", "ticker": "VARCHAR", "domain": "VARCHAR",
                    "plainer": [{"entity": "VARCHAR", "reason": "VARCHAR"}]
                }]
            }
        }
    }],
    "failures": [{
        "stage": "VARCHAR", "url": "VARCHAR", "target": "VARCHAR", "reason": "VARCHAR",
        "detail": "VARCHAR", "at": "TIMESTAMPTZ", "feed_id": "VARCHAR", "next_try_at": "TIMESTAMPTZ"
    }]
}') as it
from staged_harvests;

delete from harvests
where it.batch_id in (select batch_id from batches);
