select
    date_trunc(
        'month', coalesce(articles.published_at, articles.first_seen_at) at time zone 'UTC'
    )::date as month,
    articles.*
from articles
order by articles.article_id;
