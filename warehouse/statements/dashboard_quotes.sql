select
    quotes.quote_id,
    (coalesce(article_heads.published_at, article_heads.first_seen_at) at time zone 'UTC')::date
        as day,
    article_heads.outlet,
    coalesce(entity_names.name, quotes.speaker) as speaker,
    quotes.text,
    quotes.kind,
    article_heads.url
from quotes
join article_heads
    on article_heads.article_id = quotes.article_id
left join entity_names
    on entity_names.entity_id = quotes.speaker_id
where (coalesce(article_heads.published_at, article_heads.first_seen_at) at time zone 'UTC')::date
        between $since::date and $until::date
    and (len($outlets::varchar[]) = 0 or list_contains($outlets::varchar[], article_heads.outlet))
    and contains(
        lower(coalesce(entity_names.name, quotes.speaker, '')), lower($speaker::varchar)
    )
    and contains(lower(quotes.text), lower($words::varchar))
order by day desc, article_heads.article_id, quotes.start_char
limit $top::integer
