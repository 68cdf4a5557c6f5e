select
    date_trunc('month', started_at at time zone 'UTC')::date as month,
    polls.*
from polls
order by started_at, polls.poll_id;
