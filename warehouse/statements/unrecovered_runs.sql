-- Passes that may have fetched what was never loaded: unended ones, and those cut short.
select run_id
from runs
where recovered_at is null
order by started_at, run_id;
