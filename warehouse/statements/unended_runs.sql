select run_id
from runs
where ended_at is null
order by started_at, run_id;
