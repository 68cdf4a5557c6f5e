with article_days as (
    select
        outlet,
        (coalesce(published_at, first_seen_at) at time zone 'UTC')::date as day,
        (first_seen_at at time zone 'UTC')::date as seen_day
    from article_heads
)
select
    (select count(*) from feeds where state <> 'removed') as feeds,
    (select count(*) from article_days) as articles,
    (select count(*) from quotes) as quotes,
    (select count(distinct speaker_id) from quotes) as speakers,
    (select count(distinct outlet) from article_days) as outlets,
    (select min(day) from article_days) as first_day,
    -- A page may state a day that is still to come; most of them are slips.
    (select max(least(day, seen_day)) from article_days) as last_day
