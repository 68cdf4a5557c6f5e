select
    quotes.speaker_id,
    any_value(entity_names.name) as speaker,
    count(*) as quotes,
    count(distinct quotes.distinct_key) as distinct_quotes,
    count(distinct quotes.article_id) as articles,
    count(distinct article_heads.outlet) as outlets
from quotes
join article_heads
    on article_heads.article_id = quotes.article_id
join entity_names
    on entity_names.entity_id = quotes.speaker_id
where (coalesce(article_heads.published_at, article_heads.first_seen_at) at time zone 'UTC')::date
        between $since::date and $until::date
    and (len($outlets::varchar[]) = 0 or list_contains($outlets::varchar[], article_heads.outlet))
    and contains(lower(entity_names.name), lower($speaker::varchar))
group by quotes.speaker_id
order by distinct_quotes desc, quotes desc, speaker, quotes.speaker_id
limit $top::integer
