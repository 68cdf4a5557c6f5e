-- The story of each text in story_members: the smallest of the articles whose texts are equal to
-- it, whenever they were seen, or joined to it by story_edges.
create or replace temp table story_names as
with recursive names(story_key, story_id) using key (story_key) as (
    select
        story_key,
        min(article_id)
    from story_members
    group by story_key
    union
    select
        story_edges.other_key,
        min(names.story_id)
    from names
    join story_edges
        on story_edges.story_key = names.story_key
    join recurring.names as known
        on known.story_key = story_edges.other_key
    where names.story_id < known.story_id
    group by story_edges.other_key
)
select
    story_key,
    story_id
from names;
