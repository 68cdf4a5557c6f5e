select
    date_trunc(
        'month', coalesce(articles.published_at, articles.first_seen_at) at time zone 'UTC'
    )::date as month,
    quotes.*
from quotes
join articles
    on articles.article_id = quotes.article_id
order by
    quotes.article_id,
    quotes.start_char,
    quotes.end_char,
    quotes.quote_id;
