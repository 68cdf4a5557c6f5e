-- The articles of the touched stories, each by its current text. Texts too short to be compared
-- stand each for itself.
create or replace temp table story_members as
select
    article_heads.article_id,
    coalesce(article_versions.story_key, article_heads.article_id) as story_key,
    article_versions.seen_at
from article_heads
join article_versions
    on article_versions.fetch_id = article_heads.fetch_id
where article_heads.story_id in (select story_id from touched_stories);
