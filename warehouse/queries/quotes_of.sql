-- What has somebody said, latest first?
-- speaker: the name or a part of it, any case
-- since: from this time on (default: 1970-01-01)
-- top: how many quotations (default: 50)
select
    coalesce(articles.published_at, articles.first_seen_at) as printed_at,
    articles.outlet,
    coalesce(entity_names.name, quotes.speaker) as speaker,
    quotes.kind,
    quotes.text,
    articles.url,
    quotes.quote_id
from quotes
join articles
    on articles.article_id = quotes.article_id
left join entity_names
    on entity_names.entity_id = quotes.speaker_id
where (
        contains(lower(quotes.speaker), lower($speaker::varchar))
        or contains(lower(entity_names.name), lower($speaker::varchar))
    )
    and coalesce(articles.published_at, articles.first_seen_at) >= $since::timestamptz
order by printed_at desc, articles.article_id, quotes.start_char
limit $top::integer;
