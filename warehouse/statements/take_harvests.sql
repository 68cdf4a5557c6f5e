-- What the unpacked files hold besides readings, a row a line, without batches that were loaded
-- before. Keys the JSON lacks are null; keys not named here are passed over.
create or replace temp table harvests as
select
    file,
    batch_id,
    run_id,
    made_at,
    feeds,
    polls,
    entries,
    withdrawals,
    fetches,
    failures
from staged_lines(
    {
        batch_id: 'varchar',
        run_id: 'varchar',
        made_at: 'timestamptz',
        feeds: 'struct(
            feed_id varchar, url varchar, title varchar, outlet varchar, state varchar,
            added_at timestamptz, last_polled_at timestamptz, next_poll_at timestamptz,
            not_before timestamptz, interval_s integer, failures_in_a_row integer,
            backoff double, last_error varchar, etag varchar, last_modified varchar,
            body_hash varchar, not_modified_in_a_row integer, moving_to varchar,
            asks_s integer, skip_hours integer[], skip_days integer[], hourly_rates double[],
            parts struct(
                url varchar, etag varchar, last_modified varchar, body_hash varchar
            )[]
        )[]',
        polls: 'struct(
            poll_id varchar, feed_id varchar, url varchar, started_at timestamptz,
            duration_ms integer, status varchar, http_status integer, bytes bigint,
            entries_seen integer, error varchar, archive_file varchar, archive_offset bigint
        )[]',
        entries: 'struct(
            entry_id varchar, feed_id varchar, guid varchar, url varchar, target varchar,
            title varchar, published struct("at" timestamptz, "precision" varchar),
            updated struct("at" timestamptz), date_problem varchar, authors varchar[],
            categories varchar[],
            enclosures struct(url varchar, media_type varchar, size_bytes bigint)[],
            has_content boolean, seen_at timestamptz
        )[]',
        withdrawals: 'struct(feed_id varchar, guid varchar, "at" timestamptz)[]',
        fetches: 'struct(
            fetch_id varchar, url varchar, target varchar, final_url varchar,
            started_at timestamptz, duration_ms integer, status varchar, http_status integer,
            bytes bigint, archive_file varchar, archive_offset bigint, text_source varchar,
            error varchar, etag varchar, last_modified varchar, body_hash varchar,
            repeats varchar
        )[]',
        failures: 'struct(
            stage varchar, url varchar, target varchar, reason varchar, detail varchar,
            "at" timestamptz, feed_id varchar, next_try_at timestamptz
        )[]'
    }
)
where batch_id not in (select batch_id from batches);
