select
    state,
    coalesce(title, url) as feed,
    last_polled_at,
    next_poll_at,
    failures_in_a_row,
    last_error,
    url
from feeds
where state <> 'removed'
order by failures_in_a_row desc, feed
