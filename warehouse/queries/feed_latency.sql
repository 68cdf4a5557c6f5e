-- How long does it take from publication to the feed, and from the feed to the warehouse, slowest first?
-- top: how many feeds (default: 50)
select
    feeds.url,
    feeds.outlet,
    latency_by_feed.entries,
    latency_by_feed.entries_read,
    latency_by_feed.median_listing_s,
    latency_by_feed.p90_listing_s,
    latency_by_feed.median_reading_s,
    latency_by_feed.p90_reading_s
from latency_by_feed
join feeds
    on feeds.feed_id = latency_by_feed.feed_id
order by
    coalesce(latency_by_feed.median_listing_s, 0) + coalesce(latency_by_feed.median_reading_s, 0) desc,
    feeds.url
limit $top::integer;
