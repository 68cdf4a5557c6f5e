update article_heads
set story_id = named.story_id
from (
    select
        story_members.article_id,
        story_names.story_id
    from story_members
    join story_names
        on story_names.story_key = story_members.story_key
) as named
where named.article_id = article_heads.article_id
    and named.story_id <> article_heads.story_id;
