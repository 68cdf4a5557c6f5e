select
    coalesce(feeds.title, feeds.url) as feed,
    latency_by_feed.entries,
    latency_by_feed.median_listing_s,
    latency_by_feed.p90_listing_s,
    latency_by_feed.median_reading_s,
    latency_by_feed.p90_reading_s
from latency_by_feed
join feeds
    on feeds.feed_id = latency_by_feed.feed_id
where feeds.state <> 'removed'
    and latency_by_feed.median_listing_s is not null
    and (
        len($outlets::varchar[]) = 0
        or feeds.feed_id in (
            select entries.feed_id
            from entries
            join article_heads
                on article_heads.article_id = entries.article_id
            where list_contains($outlets::varchar[], article_heads.outlet)
        )
    )
order by latency_by_feed.median_listing_s desc, feeds.feed_id
limit 25
