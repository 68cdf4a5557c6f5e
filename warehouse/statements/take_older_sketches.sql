-- Sketches of versions that were loaded before there were any, as new_sketches gives those of
-- new ones.
create or replace temp table new_sketches as
select
    older_sketches.fetch_id,
    older_sketches.story_key,
    article_versions.seen_at,
    len(older_sketches.sketch)::usmallint as hashes,
    unnest(older_sketches.sketch) as hash
from older_sketches
join article_versions
    on article_versions.fetch_id = older_sketches.fetch_id
where older_sketches.story_key is not null;

create or replace temp table regrouped_articles as
select article_id
from article_heads
where fetch_id in (select fetch_id from older_sketches);

create or replace temp table left_stories as
select distinct story_id
from article_heads
where fetch_id in (select fetch_id from older_sketches);

update article_versions
set story_key = older_sketches.story_key
from older_sketches
where older_sketches.fetch_id = article_versions.fetch_id;

delete from unsketched_versions
where fetch_id in (select fetch_id from older_sketches);
