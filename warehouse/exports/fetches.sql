select
    date_trunc('month', started_at at time zone 'UTC')::date as month,
    fetches.*
from fetches
order by started_at, fetches.fetch_id;
