-- An item that comes under a new guid is the one that was listed before if its link and title
-- are the same, and no poll lists two such: some feeds make up a guid for each poll.
create or replace temp table renamed_entries as
with listed as (
    select distinct
        feed_id,
        target,
        title,
        seen_at,
        entry_id
    from listed_entries
    where target is not null
        and title is not null
),
listed_twice as (
    select distinct
        feed_id,
        target,
        title
    from listed
    group by feed_id, target, title, seen_at
    having count(*) > 1
),
listed_before as (
    select entry_id
    from entries
    semi join listed using (entry_id)
),
namesakes as (
    select
        entries.feed_id,
        entries.target,
        entries.title,
        entries.entry_id,
        entries.first_seen_at as seen_at,
        true as is_held
    from entries
    semi join listed using (feed_id, target, title)
    union all
    select
        feed_id,
        target,
        title,
        entry_id,
        seen_at,
        entry_id in (select entry_id from listed_before) as is_held
    from listed
),
first_names as (
    select
        feed_id,
        target,
        title,
        arg_min(entry_id, (not is_held, seen_at, entry_id)) as entry_id
    from namesakes
    anti join listed_twice using (feed_id, target, title)
    group by feed_id, target, title
    having count(distinct if(is_held, entry_id, null)) < 2
)
select distinct
    listed.entry_id as given_id,
    first_names.entry_id as held_id
from listed
join first_names using (feed_id, target, title)
where listed.entry_id <> first_names.entry_id;

update listed_entries
set entry_id = renamed_entries.held_id
from renamed_entries
where renamed_entries.given_id = listed_entries.entry_id;

create or replace temp table new_entries as
select
    entry_id,
    arg_max(feed_id, seen_at) as feed_id,
    arg_max(guid, seen_at) as guid,
    arg_max(url, seen_at) as url,
    arg_max(target, seen_at) as target,
    arg_max(title, seen_at) as title,
    arg_max(published_at, seen_at) as published_at,
    arg_max(published_precision, seen_at) as published_precision,
    max(updated_at) as updated_at,
    arg_max_null(date_problem, seen_at) as date_problem,
    arg_max(authors, seen_at) as authors,
    arg_max(categories, seen_at) as categories,
    arg_max(enclosures, seen_at) as enclosures,
    arg_max(content_file, seen_at) as content_file,
    arg_max(content_offset, seen_at) as content_offset,
    min(seen_at) as first_seen_at,
    max(seen_at) as last_seen_at,
    arg_min(run_id, seen_at) as run_id,
    entry_id not in (
        select entry_id
        from entries
        where entry_id in (select entry_id from listed_entries)
    ) as is_new
from listed_entries
group by entry_id;

-- A link that leads elsewhere leads to a page that was not read yet. What differs in the query
-- alone does not count: some feeds put the session of the poll there.
update entries
set
    article_id = null,
    read_updated_at = null
from new_entries
where new_entries.entry_id = entries.entry_id
    and new_entries.last_seen_at >= entries.last_seen_at
    and split_part(new_entries.target, '?', 1) <> split_part(entries.target, '?', 1);

merge into entries
using new_entries
on entries.entry_id = new_entries.entry_id
when matched and new_entries.last_seen_at >= entries.last_seen_at
    then update set
        guid = coalesce(new_entries.guid, entries.guid),
        url = coalesce(new_entries.url, entries.url),
        target = coalesce(new_entries.target, entries.target),
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
        date_problem = new_entries.date_problem,
        authors = new_entries.authors,
        categories = new_entries.categories,
        enclosures = new_entries.enclosures,
        content_file = coalesce(new_entries.content_file, entries.content_file),
        content_offset = coalesce(new_entries.content_offset, entries.content_offset),
        withdrawn_at = if(
            entries.withdrawn_at >= new_entries.last_seen_at, entries.withdrawn_at, null
        ),
        first_seen_at = least(new_entries.first_seen_at, entries.first_seen_at),
        last_seen_at = new_entries.last_seen_at
when matched and new_entries.first_seen_at < entries.first_seen_at
    then update set first_seen_at = new_entries.first_seen_at
when not matched
    then insert (
        entry_id, feed_id, guid, url, target, title, published_at, published_precision,
        updated_at, updated_seen_at, date_problem, authors, categories, enclosures,
        content_file, content_offset, first_seen_at, last_seen_at
    )
    values (
        new_entries.entry_id, new_entries.feed_id, new_entries.guid, new_entries.url,
        new_entries.target, new_entries.title, new_entries.published_at,
        new_entries.published_precision, new_entries.updated_at, new_entries.first_seen_at,
        new_entries.date_problem, new_entries.authors, new_entries.categories,
        new_entries.enclosures, new_entries.content_file, new_entries.content_offset,
        new_entries.first_seen_at, new_entries.last_seen_at
    );

update entries
set withdrawn_at = new_withdrawals.withdrawn_at
from new_withdrawals
where entries.feed_id = new_withdrawals.feed_id
    and entries.guid = new_withdrawals.guid
    and entries.last_seen_at <= new_withdrawals.withdrawn_at;

-- An entry counts for the poll that began when the entry was first seen.
insert into polls by name
select
    new_polls.poll_id,
    new_polls.feed_id,
    new_polls.url,
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
