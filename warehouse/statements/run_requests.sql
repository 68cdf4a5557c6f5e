-- What came of the requests of a run, by kind and status.
select
    'feed' as kind,
    status,
    count(*) as requests,
    sum(bytes)::bigint as bytes,
    sum(entries_seen)::bigint as entries_seen,
    sum(entries_new)::bigint as entries_new
from polls
where run_id = $run_id
group by status
union all
select
    'page',
    status,
    count(*),
    sum(bytes)::bigint,
    0,
    0
from fetches
where run_id = $run_id
group by status
order by kind, requests desc, status
