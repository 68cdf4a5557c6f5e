select
    date_trunc($step::varchar, funnel_by_feed_day.day)::date as day,
    (date_trunc($step::varchar, funnel_by_feed_day.day) + ('1 ' || $step::varchar)::interval)::date
        as next_day,
    sum(funnel_by_feed_day.entries_quoting)::bigint as quoting,
    sum(funnel_by_feed_day.entries_read - funnel_by_feed_day.entries_quoting)::bigint as silent,
    sum(funnel_by_feed_day.entries_waiting)::bigint as waiting,
    sum(funnel_by_feed_day.entries_failed)::bigint as failed
from funnel_by_feed_day
where funnel_by_feed_day.day between $since::date and $until::date
    and (
        len($outlets::varchar[]) = 0
        or funnel_by_feed_day.feed_id in (
            select entries.feed_id
            from entries
            join article_heads
                on article_heads.article_id = entries.article_id
            where list_contains($outlets::varchar[], article_heads.outlet)
        )
    )
group by all
order by day
limit 1000
