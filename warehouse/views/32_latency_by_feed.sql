create or replace view latency_by_feed as
select
    entries.feed_id,
    count(*) as entries,
    count(counted_articles.article_id) as entries_read,
    median(epoch(entries.first_seen_at) - epoch(entries.published_at))
        filter (entries.published_precision = 'instant') as median_listing_s,
    quantile_cont(epoch(entries.first_seen_at) - epoch(entries.published_at), 0.9)
        filter (entries.published_precision = 'instant') as p90_listing_s,
    median(greatest(0, epoch(counted_articles.first_seen_at) - epoch(entries.first_seen_at)))
        filter (counted_articles.article_id is not null) as median_reading_s,
    quantile_cont(
        greatest(0, epoch(counted_articles.first_seen_at) - epoch(entries.first_seen_at)), 0.9
    ) filter (counted_articles.article_id is not null) as p90_reading_s
from entries
left join counted_articles
    on counted_articles.article_id = entries.article_id
group by entries.feed_id;

comment on view latency_by_feed is 'One row for each feed that has listed something: how late we are.';
comment on column latency_by_feed.feed_id is 'the feed';
comment on column latency_by_feed.entries is 'items listed';
comment on column latency_by_feed.entries_read is 'of these, read as an article by a run that is not invalid';
comment on column latency_by_feed.median_listing_s is 'median seconds from publication, as the feed states it, to our first sight of the item';
comment on column latency_by_feed.p90_listing_s is 'the same, for the slowest tenth at least';
comment on column latency_by_feed.median_reading_s is 'median seconds from first sight of the item to the reading of its page';
comment on column latency_by_feed.p90_reading_s is 'the same, for the slowest tenth at least';
