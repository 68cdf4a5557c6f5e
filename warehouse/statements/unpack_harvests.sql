create or replace temp table new_feeds as
select unnest(feed)
from (select unnest(feeds) as feed from harvests)
qualify row_number() over (partition by feed.feed_id order by feed.last_polled_at desc) = 1;

create or replace temp table new_polls as
select
    unnest(poll),
    run_id
from (select unnest(polls) as poll, run_id from harvests)
where poll.poll_id not in (
    select poll_id
    from polls
    where poll_id in (select unnest(harvests.polls).poll_id from harvests)
)
qualify row_number() over (partition by poll.poll_id order by poll.started_at) = 1;

-- An item was listed in the body that the poll of the same feed and time has archived.
create or replace temp table listed_entries as
with items as (
    select
        unnest(entries) as entry,
        made_at,
        run_id
    from harvests
),
bodies as (
    select
        poll.feed_id,
        poll.started_at,
        any_value(poll.archive_file) as archive_file,
        any_value(poll.archive_offset) as archive_offset
    from (select unnest(polls) as poll from harvests)
    where poll.archive_file is not null
    group by poll.feed_id, poll.started_at
)
select
    items.entry.entry_id,
    items.entry.feed_id,
    items.entry.guid,
    items.entry.url,
    items.entry.target,
    items.entry.title,
    items.entry.published.at as published_at,
    items.entry.published.precision as published_precision,
    items.entry.updated.at as updated_at,
    items.entry.date_problem,
    coalesce(items.entry.authors, []) as authors,
    coalesce(items.entry.categories, []) as categories,
    coalesce(items.entry.enclosures, []) as enclosures,
    if(items.entry.has_content, bodies.archive_file, null) as content_file,
    if(items.entry.has_content, bodies.archive_offset, null) as content_offset,
    coalesce(items.entry.seen_at, items.made_at) as seen_at,
    items.run_id
from items
left join bodies
    on bodies.feed_id = items.entry.feed_id
    and bodies.started_at = items.entry.seen_at;

create or replace temp table new_withdrawals as
select
    withdrawal.feed_id,
    withdrawal.guid,
    max(withdrawal.at) as withdrawn_at
from (select unnest(withdrawals) as withdrawal from harvests)
group by withdrawal.feed_id, withdrawal.guid;

create or replace temp table new_fetches as
select
    unnest(request),
    run_id
from (select unnest(fetches) as request, run_id from harvests)
where request.fetch_id not in (
    select fetch_id
    from fetches
    where fetch_id in (select unnest(harvests.fetches).fetch_id from harvests)
)
qualify row_number() over (partition by request.fetch_id order by request.started_at) = 1;

create or replace temp table new_failures as
select
    failure.stage,
    failure.url,
    coalesce(failure.target, failure.url) as target,
    failure.reason,
    failure.detail,
    failure.at as failed_at,
    failure.feed_id,
    failure.next_try_at,
    batch_id,
    run_id
from (select unnest(failures) as failure, batch_id, run_id from harvests);
