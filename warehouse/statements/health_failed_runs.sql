-- Runs that failed and ended after $since, oldest first.
select
    run_id,
    started_at,
    ended_at,
    note
from runs
where outcome = 'failed'
    and not invalid
    and ended_at > $since::timestamptz
order by ended_at, run_id
