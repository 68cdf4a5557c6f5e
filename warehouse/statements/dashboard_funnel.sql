select
    date_trunc($step::varchar, funnel_by_feed_day.day)::date as day,
    sum(funnel_by_feed_day.entries_quoting)::bigint as quoting,
    sum(funnel_by_feed_day.entries_read - funnel_by_feed_day.entries_quoting)::bigint as silent,
    sum(funnel_by_feed_day.entries_waiting)::bigint as waiting,
    sum(funnel_by_feed_day.entries_failed)::bigint as failed
from funnel_by_feed_day
join feeds
    on feeds.feed_id = funnel_by_feed_day.feed_id
where funnel_by_feed_day.day between $since::date and $until::date
    and (len($outlets::varchar[]) = 0 or list_contains($outlets::varchar[], feeds.outlet))
group by all
order by day
limit 1000
