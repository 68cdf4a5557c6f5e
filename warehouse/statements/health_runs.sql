-- Runs by outcome; those that people called invalid are counted too: they ran.
select
    outcome,
    count(*) as runs,
    max(ended_at) as last_ended_at,
    arg_max(epoch(ended_at) - epoch(started_at), ended_at) as last_took_s
from runs
where outcome is not null
group by outcome
order by outcome
