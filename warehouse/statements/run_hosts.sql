-- The hosts that a run waited for, the one that took longest in all first.
with requests as (
    select
        coalesce(polls.url, feeds.url) as url,
        polls.duration_ms,
        polls.status
    from polls
    left join feeds
        on feeds.feed_id = polls.feed_id
    where polls.run_id = $run_id
    union all
    select
        url,
        duration_ms,
        status
    from fetches
    where run_id = $run_id
)
select
    lower(regexp_extract(url, '^\w+://(?:[^/?#@]*@)?([^/?#]+)', 1)) as host,
    count(*) as requests,
    count(*) filter (status in ('failed', 'refused')) as failed,
    median(duration_ms)::bigint as median_ms,
    max(duration_ms)::bigint as slowest_ms,
    sum(duration_ms)::bigint as total_ms
from requests
group by host
order by total_ms desc, host
limit $most
