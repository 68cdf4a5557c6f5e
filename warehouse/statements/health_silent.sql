-- Active feeds that have listed nothing new for $days, as the saved question silent_feeds has it.
with last_entries as (
    select
        feed_id,
        max(first_seen_at) as last_new_entry_at
    from entries
    group by feed_id
)
select
    feeds.feed_id,
    feeds.url,
    feeds.title,
    last_entries.last_new_entry_at,
    feeds.last_error
from feeds
left join last_entries
    on last_entries.feed_id = feeds.feed_id
where feeds.state = 'active'
    and coalesce(last_entries.last_new_entry_at, '-infinity'::timestamptz) < (
        select max(polls.started_at) - to_days($days::integer)
        from polls
    )
order by last_entries.last_new_entry_at nulls first, feeds.url
