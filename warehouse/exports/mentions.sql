select
    date_trunc(
        'month', coalesce(articles.published_at, articles.first_seen_at) at time zone 'UTC'
    )::date as month,
    mentions.*
from mentions
join articles
    on articles.article_id = mentions.article_id
order by
    mentions.article_id,
    mentions.start_char,
    mentions.end_char,
    mentions.label,
    mentions.entity_id;
