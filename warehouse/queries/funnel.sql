-- How many of the items each feed listed were read, and how many of those quote somebody?
-- since: published from this time on (default: 1970-01-01)
select
    feeds.url,
    feeds.outlet,
    sum(funnel_by_feed_day.entries)::bigint as entries,
    sum(funnel_by_feed_day.entries_read)::bigint as entries_read,
    sum(funnel_by_feed_day.entries_failed)::bigint as entries_failed,
    sum(funnel_by_feed_day.entries_waiting)::bigint as entries_waiting,
    sum(funnel_by_feed_day.entries_quoting)::bigint as entries_quoting,
    sum(funnel_by_feed_day.quotes)::bigint as quotes,
    sum(funnel_by_feed_day.quotes_attributed)::bigint as quotes_attributed
from funnel_by_feed_day
join feeds
    on feeds.feed_id = funnel_by_feed_day.feed_id
where funnel_by_feed_day.day >= $since::timestamptz::date
group by feeds.url, feeds.outlet
order by entries desc, feeds.url;
