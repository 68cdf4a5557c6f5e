-- Feeds by state: how many, how many fail, and since when the longest due one waits.
select
    state,
    count(*) as feeds,
    count(*) filter (failures_in_a_row > 0) as failing,
    min(next_poll_at) filter (state = 'active') as due_since
from feeds
where state <> 'removed'
group by state
order by state
