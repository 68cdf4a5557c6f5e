-- Articles that are still looked at. A rung of $ladder tells how often those of an age are.
create or replace temp table young_articles as
with rungs as (
    select unnest(
        from_json($ladder, '[{"under_s": "DOUBLE", "every_s": "DOUBLE"}]'), recursive := true
    )
),
-- What is dated after its first sight was there before. A day without a time of day may mean its end.
aged_articles as (
    select
        article_id,
        outlet,
        epoch($by::timestamptz) - least(
            epoch(first_seen_at),
            epoch(published_at) + if(published_precision = 'day', 86400, 0)
        ) as age_s
    from article_heads
)
select
    aged_articles.article_id,
    aged_articles.outlet,
    arg_min(rungs.every_s, rungs.under_s) as every_s
from aged_articles
join rungs
    on rungs.under_s > aged_articles.age_s
group by aged_articles.article_id, aged_articles.outlet;
