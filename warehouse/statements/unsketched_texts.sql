select
    article_versions.fetch_id,
    article_versions.text
from unsketched_versions
join article_versions
    on article_versions.fetch_id = unsketched_versions.fetch_id
order by article_versions.seen_at desc, article_versions.fetch_id
limit $most;
