select
    coalesce(feed_health.title, feed_health.url) as feed,
    feed_health.state,
    feed_health.last_error,
    feed_health.last_good_at,
    feed_health.next_poll_at,
    feed_health.polls,
    feed_health.polls_failed,
    feed_health.failures_in_a_row,
    feed_health.entries,
    feed_health.entries_read,
    feed_health.failures_open,
    feed_health.url
from feed_health
where feed_health.state <> 'removed'
    and (
        len($outlets::varchar[]) = 0
        or feed_health.feed_id in (
            select entries.feed_id
            from entries
            join article_heads
                on article_heads.article_id = entries.article_id
            where list_contains($outlets::varchar[], article_heads.outlet)
        )
    )
order by
    feed_health.failures_in_a_row desc,
    feed_health.failures_open desc,
    feed_health.last_good_at nulls first,
    feed_health.url
limit $top::integer
