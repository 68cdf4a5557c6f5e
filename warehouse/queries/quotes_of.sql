-- What has somebody said, latest first?
-- speaker: the name or a part of it, any case
-- since: from this time on (default: 1970-01-01)
-- top: how many quotations (default: 50)
select
    coalesce(articles.published_at, articles.first_seen_at) as printed_at,
    articles.outlet,
    quotes.speaker,
    quotes.kind,
    quotes.text,
    articles.url,
    quotes.quote_id
from quotes
join articles
    on articles.article_id = quotes.article_id
where contains(lower(quotes.speaker), lower($speaker::varchar))
    and coalesce(articles.published_at, articles.first_seen_at) >= $since::timestamptz
order by printed_at desc, articles.article_id, quotes.start_char
limit $top::integer;
