-- Who and what was named for the first time in the last days, counted from the last article seen?
-- days: how many (default: 7)
-- label: PERSON, ORG, PLACE or another; empty for all (default: )
-- top: how many names (default: 50)
select
    name,
    label,
    country,
    first_seen_at,
    articles,
    stories,
    quotes
from entities
where first_seen_at > (select max(seen_at) - to_days($days::integer) from article_versions)
    and $label::varchar in ('', label)
order by stories desc, quotes desc, name
limit $top::integer;
