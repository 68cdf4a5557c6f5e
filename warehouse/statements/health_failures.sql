-- Open failures by reason.
select
    reason,
    count(*) as failures
from failures
where closed_at is null
group by reason
order by reason
