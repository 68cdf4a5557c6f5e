select
    date_trunc(
        'month', coalesce(articles.published_at, articles.first_seen_at) at time zone 'UTC'
    )::date as month,
    quote_versions.*
from quote_versions
join articles
    on articles.article_id = quote_versions.article_id
order by
    quote_versions.article_id,
    quote_versions.version,
    quote_versions.start_char,
    quote_versions.end_char,
    quote_versions.quote_id;
