-- The story of each text in story_members, called after the smallest of the articles that links
-- join: of texts that are alike, in versions first seen within 14 days of each other.
create or replace temp table story_edges as
with dated_links as (
    select distinct
        story_links.story_key,
        story_links.other_key
    from story_links
    join story_members as one
        on one.story_key = story_links.story_key
    join story_members as other
        on other.story_key = story_links.other_key
        and other.seen_at between one.seen_at - interval 14 days and one.seen_at + interval 14 days
)
select story_key, other_key from dated_links
union all
select other_key, story_key from dated_links;

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
