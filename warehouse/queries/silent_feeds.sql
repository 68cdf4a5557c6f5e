-- Which active feeds have listed nothing new for days, counted from the last poll of any feed?
-- days: how many (default: 7)
select
    feed_health.url,
    feed_health.outlet,
    feed_health.last_new_entry_at,
    feed_health.last_good_at,
    feed_health.failures_in_a_row,
    feed_health.last_error
from feed_health
where feed_health.state = 'active'
    and coalesce(feed_health.last_new_entry_at, '-infinity'::timestamptz) < (
        select max(polls.started_at) - to_days($days::integer)
        from polls
    )
order by feed_health.last_new_entry_at nulls first, feed_health.url;
