-- On which days is somebody or something named, and by how many outlets?
-- name: a name or whole words of it, any case
-- since: from this time on (default: 1970-01-01)
with named_entities as (
    select
        entity_id,
        name,
        label
    from entity_names
    where list_has_all(search_words(name), search_words($name::varchar))
)
select
    (coalesce(articles.published_at, articles.first_seen_at) at time zone 'UTC')::date as day,
    named_entities.name,
    named_entities.label,
    count(*) as mentions,
    count(distinct articles.article_id) as articles,
    count(distinct articles.outlet) as outlets,
    count(distinct articles.story_id) as stories
from mentions
join named_entities
    on named_entities.entity_id = mentions.entity_id
join articles
    on articles.article_id = mentions.article_id
where coalesce(articles.published_at, articles.first_seen_at) >= $since::timestamptz
group by mentions.entity_id, day, named_entities.name, named_entities.label
order by day, named_entities.name, named_entities.label;
