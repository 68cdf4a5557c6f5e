select
    reason,
    stage,
    url,
    tries,
    last_at,
    next_try_at,
    detail
from failures
where closed_at is null
order by last_at desc, url
limit 50
