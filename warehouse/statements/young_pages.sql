-- The pages of young articles, and what came of asking for them.
create or replace temp table page_requests as
with young_targets as (
    select distinct coalesce(target, url) as target
    from fetches
    where article_id in (select article_id from young_articles)
)
select
    coalesce(target, url) as target,
    url,
    fetch_id,
    repeats,
    started_at,
    status in ('ok', 'unchanged') and http_status <> 304 as is_whole,
    text_hash is not null and text_source = 'page' as was_read,
    article_id,
    etag,
    last_modified,
    body_hash
from fetches
where coalesce(target, url) in (select target from young_targets);

-- An address belongs to the article that was last read there, and an article is looked at where
-- it was last read.
create or replace temp table young_pages as
with last_readings as (
    select
        target,
        url,
        article_id,
        started_at,
        fetch_id
    from page_requests
    where was_read
    qualify row_number() over (partition by target order by started_at desc, fetch_id desc) = 1
)
select
    last_readings.target,
    last_readings.url,
    last_readings.article_id,
    young_articles.outlet,
    young_articles.every_s
from last_readings
join young_articles
    on young_articles.article_id = last_readings.article_id
qualify row_number() over (
    partition by last_readings.article_id
    order by last_readings.started_at desc, last_readings.fetch_id desc
) = 1;

create or replace temp table whole_answers as
select
    target,
    coalesce(repeats, fetch_id) as fetch_id,
    started_at,
    was_read,
    etag,
    last_modified,
    body_hash
from page_requests
where is_whole
qualify row_number() over (partition by target order by started_at desc, fetch_id desc) = 1;
