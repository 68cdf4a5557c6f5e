create or replace temp table new_entries as
select
    entry_id,
    arg_max(feed_id, seen_at) as feed_id,
    arg_max(guid, seen_at) as guid,
    arg_max(url, seen_at) as url,
    arg_max(title, seen_at) as title,
    arg_max(published_at, seen_at) as published_at,
    arg_max(published_precision, seen_at) as published_precision,
    max(updated_at) as updated_at,
    min(seen_at) as first_seen_at,
    max(seen_at) as last_seen_at,
    arg_min(run_id, seen_at) as run_id,
    entry_id not in (select entry_id from entries) as is_new
from listed_entries
group by entry_id;

merge into entries
using new_entries
on entries.entry_id = new_entries.entry_id
when matched and new_entries.last_seen_at >= entries.last_seen_at
    then update set
        url = coalesce(new_entries.url, entries.url),
        title = coalesce(new_entries.title, entries.title),
        published_at = coalesce(new_entries.published_at, entries.published_at),
        published_precision = coalesce(
            new_entries.published_precision, entries.published_precision
        ),
        updated_seen_at = if(
            new_entries.updated_at > coalesce(entries.updated_at, '-infinity'),
            new_entries.last_seen_at,
            entries.updated_seen_at
        ),
        updated_at = greatest(new_entries.updated_at, entries.updated_at),
        last_seen_at = new_entries.last_seen_at
when matched and new_entries.first_seen_at < entries.first_seen_at
    then update set first_seen_at = new_entries.first_seen_at
when not matched
    then insert (
        entry_id, feed_id, guid, url, title, published_at, published_precision, updated_at,
        updated_seen_at, first_seen_at, last_seen_at
    )
    values (
        new_entries.entry_id, new_entries.feed_id, new_entries.guid, new_entries.url,
        new_entries.title, new_entries.published_at, new_entries.published_precision,
        new_entries.updated_at, new_entries.first_seen_at, new_entries.first_seen_at,
        new_entries.last_seen_at
    );

-- An entry counts for the poll that began when the entry was first seen.
insert into polls by name
select
    new_polls.poll_id,
    new_polls.feed_id,
    new_polls.run_id,
    new_polls.started_at,
    new_polls.duration_ms,
    new_polls.status,
    new_polls.http_status,
    new_polls.bytes,
    new_polls.entries_seen,
    count(new_entries.entry_id) as entries_new,
    new_polls.error,
    new_polls.archive_file,
    new_polls.archive_offset
from new_polls
left join new_entries
    on new_entries.feed_id = new_polls.feed_id
    and new_entries.first_seen_at = new_polls.started_at
    and new_entries.is_new
group by all;
