select
    date_trunc(
        'month', coalesce(articles.published_at, articles.first_seen_at) at time zone 'UTC'
    )::date as month,
    mention_versions.*
from mention_versions
join articles
    on articles.article_id = mention_versions.article_id
order by
    mention_versions.article_id,
    mention_versions.version,
    mention_versions.start_char,
    mention_versions.end_char,
    mention_versions.label,
    mention_versions.entity_id;
