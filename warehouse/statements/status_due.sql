select
    'feeds' as what,
    count(*) as due
from feeds
where (state = 'active' and (next_poll_at is null or next_poll_at <= now()))
    or (state = 'gone' and next_poll_at <= now())
union all
select
    'pages' as what,
    count(*) as due
from waiting_pages
where not is_set_aside
    and coalesce(next_try_at <= now(), true)
