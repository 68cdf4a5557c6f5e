select
    date_trunc('month', started_at at time zone 'UTC')::date as month,
    runs.*
from runs
order by started_at, runs.run_id;
