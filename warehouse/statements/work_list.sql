-- Pages to read: entries that no page was read for, and entries their feed has since updated;
-- not those whose last failure waits for its time or is set aside. Entries that lead to one page
-- by several addresses are one item, asked for under the first that was listed.
with wanted_entries as (
    select
        entry_id,
        feed_id,
        url,
        coalesce(target, url) as target,
        first_seen_at,
        last_seen_at,
        content_file,
        content_offset
    from entries
    where url is not null
        and (
            article_id is null
            or (updated_at is not null and updated_at is distinct from read_updated_at)
            or article_id in (
                select article_id from fetches where text_source = 'feed' and text_hash is not null
            )
        )
        and (withdrawn_at is null or article_id is not null)
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
        and url in (select url from wanted_entries)
    group by url
),
failed_targets as (
    select
        wanted_urls.target,
        sum(open_failures.tries)::integer as tries,
        bool_or(open_failures.waits) as waits
    from (select distinct target, url from wanted_entries) as wanted_urls
    join open_failures
        on open_failures.url = wanted_urls.url
    group by wanted_urls.target
)
select
    wanted_entries.target,
    arg_min(wanted_entries.url, (wanted_entries.first_seen_at, wanted_entries.entry_id)) as url,
    arg_min(wanted_entries.feed_id, (wanted_entries.first_seen_at, wanted_entries.entry_id))
        as feed_id,
    coalesce(any_value(failed_targets.tries), 0) as tries,
    arg_max(wanted_entries.content_file, wanted_entries.last_seen_at) as content_file,
    arg_max(wanted_entries.content_offset, wanted_entries.last_seen_at) as content_offset
from wanted_entries
left join failed_targets
    on failed_targets.target = wanted_entries.target
where $retry_failed
    or not coalesce(failed_targets.waits, false)
group by wanted_entries.target
order by min(wanted_entries.first_seen_at), url;
