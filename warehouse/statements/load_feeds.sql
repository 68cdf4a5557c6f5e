-- A late batch must not turn the polling state back; a person's paused and removed stay.
merge into feeds
using new_feeds
on feeds.feed_id = new_feeds.feed_id
when matched
    and new_feeds.last_polled_at >= coalesce(feeds.last_polled_at, new_feeds.last_polled_at)
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
        last_error = new_feeds.last_error,
        etag = new_feeds.etag,
        last_modified = new_feeds.last_modified,
        body_hash = new_feeds.body_hash
when not matched
    then insert by name;
