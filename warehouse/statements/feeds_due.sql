select
    feed_id,
    url,
    title,
    outlet,
    state,
    added_at,
    last_polled_at,
    next_poll_at,
    not_before,
    interval_s,
    failures_in_a_row,
    last_error,
    etag,
    last_modified,
    body_hash
from feeds
where state = 'active'
    and ($only::varchar[] is null or list_contains($only::varchar[], feed_id))
    and ($force or next_poll_at is null or next_poll_at <= $now::timestamptz)
    and (not_before is null or not_before <= $now::timestamptz)
order by next_poll_at nulls first, feed_id;
