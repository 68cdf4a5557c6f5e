create or replace temp table failed_works as
select
    stage,
    url,
    feed_id,
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
    and failures.url = failed_works.url
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
        failure_id, stage, url, feed_id, reason, detail, tries, first_at, last_at, next_try_at
    )
    values (
        left(md5(concat_ws(' ', failed_works.stage, failed_works.url, failed_works.first_at)), 16),
        failed_works.stage, failed_works.url, failed_works.feed_id, failed_works.reason,
        failed_works.detail, failed_works.tries, failed_works.first_at, failed_works.last_at,
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
        url,
        seen_at as worked_at
    from fetches
    where text_hash is not null
        and text_source = 'page'
        and url in (select url from new_fetches union select url from new_failures)
    union all
    select
        fetches.url,
        readings.made_at as worked_at
    from fetches
    join readings
        on readings.fetch_id = fetches.fetch_id
    where fetches.text_source = 'page'
        and (fetches.url, readings.batch_id) not in (select (url, batch_id) from new_failures)
)
update failures
set closed_at = good.worked_at
from (
    select
        failures.failure_id,
        min(good_readings.worked_at) as worked_at
    from failures
    join good_readings
        on good_readings.url = failures.url
        and good_readings.worked_at > failures.last_at
    where failures.closed_at is null
        and failures.stage <> 'feed'
    group by failures.failure_id
) as good
where failures.failure_id = good.failure_id;
