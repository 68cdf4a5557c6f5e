-- Which hosts fail, and how?
-- since: failed last from this time on (default: 1970-01-01)
-- top: how many rows (default: 50)
select
    regexp_extract(url, '^\w+://(?:[^/?#@]*@)?([^/?#]+)', 1) as host,
    stage,
    reason,
    count(*) as failures,
    count(*) filter (closed_at is null) as failures_open,
    sum(tries)::bigint as tries,
    min(first_at) as first_at,
    max(last_at) as last_at,
    arg_max(detail, (last_at, failure_id)) as last_detail
from failures
where last_at >= $since::timestamptz
group by all
order by failures_open desc, failures desc, host, stage, reason
limit $top::integer;
