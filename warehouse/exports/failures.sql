select
    date_trunc('month', first_at at time zone 'UTC')::date as month,
    failures.*
from failures
order by failures.failure_id;
