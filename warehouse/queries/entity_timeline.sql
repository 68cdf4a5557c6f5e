-- On which days is somebody or something named, and by how many outlets?
-- name: a name or whole words of it, any case
-- since: from this time on (default: 1970-01-01)
select
    day,
    name,
    label,
    mentions,
    articles,
    outlets,
    stories,
    distinct_mentions
from entity_days
where entity_id in (
        select entity_names.entity_id
        from entity_names
        where list_has_all(search_words(entity_names.name), search_words($name::varchar))
    )
    and day >= $since::timestamptz::date
order by day, name, label;
