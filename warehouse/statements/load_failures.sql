create or replace temp table failed_works as
select
    stage,
    target,
    feed_id,
    arg_max(url, failed_at) as url,
    arg_max(reason, failed_at) as reason,
    arg_max(detail, failed_at) as detail,
    arg_max_null(next_try_at, failed_at) as next_try_at,
    count(*) filter (reason <> 'deferred')::integer as tries,
    min(failed_at) as first_at,
    max(failed_at) as last_at
from new_failures
group by all;

merge into failures
using failed_works
on failures.closed_at is null
    and failures.stage = failed_works.stage
    and coalesce(failures.target, failures.url) = failed_works.target
    and failures.feed_id is not distinct from failed_works.feed_id
when matched and failed_works.last_at >= failures.last_at
    then update set
        reason = failed_works.reason,
        detail = failed_works.detail,
        next_try_at = failed_works.next_try_at,
        last_at = failed_works.last_at,
        tries = failures.tries + failed_works.tries
when matched
    then update set tries = failures.tries + failed_works.tries
when not matched
    then insert (
        failure_id, stage, url, target, feed_id, reason, detail, tries, first_at, last_at, next_try_at
    )
    values (
        left(md5(concat_ws(' ', failed_works.stage, failed_works.url, failed_works.first_at)), 16),
        failed_works.stage, failed_works.url, failed_works.target, failed_works.feed_id,
        failed_works.reason, failed_works.detail, failed_works.tries, failed_works.first_at, failed_works.last_at,
        failed_works.next_try_at
    );

update failures
set closed_at = good.worked_at
from (
    select feed_id, max(started_at) as worked_at
    from polls
    where feed_id in (
            select feed_id from new_polls
            union
            select feed_id from new_failures
        )
        and status in ('new', 'unchanged')
    group by feed_id
) as good
where failures.closed_at is null
    and failures.stage = 'feed'
    and failures.feed_id = good.feed_id
    and good.worked_at > failures.last_at;

-- A page read by newer extractors was seen before it failed, so the batch's own time counts
-- too; but not for what failed beside the reading in the same batch.
with good_readings as (
    select
        unnest([url, target]) as key,
        seen_at as worked_at
    from fetches
    where text_hash is not null
        and text_source = 'page'
        and fetch_id in (select fetch_id from near_fetches)
    union all
    select
        unnest([near_fetches.url, near_fetches.target]) as key,
        readings.made_at as worked_at
    from near_fetches
    join readings
        on readings.fetch_id = near_fetches.fetch_id
    where near_fetches.text_source = 'page'
        and (coalesce(near_fetches.target, near_fetches.url), readings.batch_id)
            not in (select (target, batch_id) from new_failures)
),
open_keys as (
    select
        failure_id,
        last_at,
        unnest([url, target]) as key
    from failures
    where closed_at is null
        and stage <> 'feed'
)
update failures
set closed_at = good.worked_at
from (
    select
        open_keys.failure_id,
        min(good_readings.worked_at) as worked_at
    from open_keys
    join good_readings
        on good_readings.key = open_keys.key
        and good_readings.worked_at > open_keys.last_at
    group by open_keys.failure_id
) as good
where failures.failure_id = good.failure_id;
