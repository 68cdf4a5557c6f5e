-- `article_heads` at the variable `as_of`, after story_names.
create view article_heads as
with sightings as (
    select
        article_id,
        max(seen_at) as last_seen_at
    from published.fetches
    where seen_at <= getvariable('as_of')
    group by article_id
)
select
    heads.* replace (
        story_members.version as version,
        story_members.fetch_id as fetch_id,
        sightings.last_seen_at as last_seen_at,
        story_names.story_id as story_id
    )
from published.article_heads as heads
join story_members
    on story_members.article_id = heads.article_id
join sightings
    on sightings.article_id = heads.article_id
join story_names
    on story_names.story_key = story_members.story_key;
