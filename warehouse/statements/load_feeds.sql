-- A late batch must not turn the polling state back; a person's paused and removed stay.
insert into feed_moves by name
select
    feeds.feed_id,
    feeds.url as from_url,
    new_feeds.url as to_url,
    new_feeds.last_polled_at as moved_at
from new_feeds
join feeds
    on feeds.feed_id = new_feeds.feed_id
where new_feeds.url <> feeds.url
    and (feeds.last_polled_at is null or new_feeds.last_polled_at >= feeds.last_polled_at);

merge into feeds
using new_feeds
on feeds.feed_id = new_feeds.feed_id
when matched
    and (feeds.last_polled_at is null or new_feeds.last_polled_at >= feeds.last_polled_at)
    then update set
        url = new_feeds.url,
        title = coalesce(new_feeds.title, feeds.title),
        outlet = coalesce(new_feeds.outlet, feeds.outlet),
        state = if(feeds.state in ('paused', 'removed'), feeds.state, new_feeds.state),
        last_polled_at = new_feeds.last_polled_at,
        next_poll_at = new_feeds.next_poll_at,
        not_before = new_feeds.not_before,
        interval_s = new_feeds.interval_s,
        failures_in_a_row = new_feeds.failures_in_a_row,
        backoff = new_feeds.backoff,
        last_error = new_feeds.last_error,
        etag = new_feeds.etag,
        last_modified = new_feeds.last_modified,
        body_hash = new_feeds.body_hash,
        not_modified_in_a_row = new_feeds.not_modified_in_a_row,
        moving_to = new_feeds.moving_to,
        asks_s = new_feeds.asks_s,
        skip_hours = new_feeds.skip_hours,
        skip_days = new_feeds.skip_days,
        hourly_rates = new_feeds.hourly_rates,
        parts = new_feeds.parts
when not matched
    then insert by name;
