-- Pages to read: entries that no page was read for, and entries their feed has since updated;
-- not those whose last failure waits for its time or is set aside.
with unread_entries as (
    select
        entry_id,
        feed_id,
        url,
        title,
        published_at,
        first_seen_at,
        article_id
    from entries
    where url is not null
        and (
            article_id is null
            or (updated_at is not null and updated_at is distinct from read_updated_at)
        )
        and feed_id not in (select feed_id from feeds where state = 'removed')
        and ($only::varchar[] is null or list_contains($only::varchar[], feed_id))
),
open_failures as (
    select
        url,
        sum(tries)::integer as tries,
        bool_or(next_try_at is null or next_try_at > $now::timestamptz) as waits
    from failures
    where closed_at is null
        and stage in ('page', 'text')
        and url in (select url from unread_entries)
    group by url
)
select
    unread_entries.url,
    coalesce(any_value(open_failures.tries), 0) as tries
from unread_entries
left join open_failures
    on open_failures.url = unread_entries.url
where $retry_failed
    or not coalesce(open_failures.waits, false)
group by unread_entries.url
order by min(unread_entries.first_seen_at), unread_entries.url;
