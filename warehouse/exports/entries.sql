select
    date_trunc('month', first_seen_at at time zone 'UTC')::date as month,
    entries.*
from entries
order by entries.entry_id;
