-- Active feeds whose last polls failed, $polls of them or more.
select
    feed_id,
    url,
    title,
    failures_in_a_row,
    last_error
from feeds
where state = 'active'
    and failures_in_a_row >= $polls
order by failures_in_a_row desc, url
