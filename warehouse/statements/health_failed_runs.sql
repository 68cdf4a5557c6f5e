-- Runs that failed or were killed and ended after $since, oldest first. A killed run gets its end
-- from the run that looks after what it left, at the time when that is done.
select
    run_id,
    started_at,
    ended_at,
    if(outcome = 'failed', note, 'it was killed') as note
from runs
where not invalid
    and ended_at > $since::timestamptz
    and (
        outcome = 'failed'
        or (outcome = 'interrupted' and ended_at = recovered_at)
    )
order by ended_at, run_id
