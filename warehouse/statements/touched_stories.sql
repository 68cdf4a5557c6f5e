-- The stories of the articles in regrouped_articles, of those whose texts are linked with theirs,
-- and of those they were grouped with before, put together anew. No link leads out of these.
create or replace temp table touched_stories as
with regrouped_keys as (
    select article_versions.story_key
    from article_versions
    join article_heads
        on article_heads.fetch_id = article_versions.fetch_id
    where article_versions.article_id in (select article_id from regrouped_articles)
),
near_keys as (
    select story_key from regrouped_keys
    union
    select other_key from story_links where story_key in (select story_key from regrouped_keys)
    union
    select story_key from story_links where other_key in (select story_key from regrouped_keys)
)
select article_heads.story_id
from article_versions
join article_heads
    on article_heads.fetch_id = article_versions.fetch_id
where article_versions.story_key in (select story_key from near_keys)
union
select story_id
from article_heads
where article_id in (select article_id from regrouped_articles)
union
select story_id
from left_stories;
