-- Who is quoted most, and by how many outlets?
-- since: from this time on (default: 1970-01-01)
-- top: how many speakers (default: 20)
select
    entity_names.name as speaker,
    count(*) as quotes,
    count(distinct quotes.article_id) as articles,
    count(distinct articles.outlet) as outlets,
    count(distinct articles.story_id) as stories,
    count(distinct quotes.distinct_key) as distinct_quotes
from quotes
join articles
    on articles.article_id = quotes.article_id
join entity_names
    on entity_names.entity_id = quotes.speaker_id
where quotes.speaker_id is not null
    and coalesce(articles.published_at, articles.first_seen_at) >= $since::timestamptz
group by quotes.speaker_id, entity_names.name
order by quotes desc, entity_names.name
limit $top::integer;
