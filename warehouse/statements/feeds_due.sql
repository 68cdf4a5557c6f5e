-- Also feeds that their server called gone, now and then: some come back.
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
    coalesce(backoff, 0) as backoff,
    last_error,
    etag,
    last_modified,
    body_hash,
    coalesce(not_modified_in_a_row, 0) as not_modified_in_a_row,
    moving_to,
    coalesce(asks_s, 0) as asks_s,
    coalesce(skip_hours, []) as skip_hours,
    coalesce(skip_days, []) as skip_days,
    coalesce(hourly_rates, []) as hourly_rates,
    coalesce(parts, []) as parts
from feeds
where (
        (state = 'active' and ($force or next_poll_at is null or next_poll_at <= $now::timestamptz))
        or (state = 'gone' and next_poll_at <= $now::timestamptz)
    )
    and ($only::varchar[] is null or list_contains($only::varchar[], feed_id))
    and (not_before is null or not_before <= $now::timestamptz)
order by next_poll_at nulls first, feed_id;
