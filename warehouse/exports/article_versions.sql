select
    date_trunc(
        'month', coalesce(articles.published_at, articles.first_seen_at) at time zone 'UTC'
    )::date as month,
    article_versions.*
from article_versions
join articles
    on articles.article_id = article_versions.article_id
order by
    article_versions.article_id,
    article_versions.version;
