-- Texts of before terms were kept, as new_texts gives those that come.
create or replace temp table new_texts as
select
    article_versions.fetch_id,
    article_versions.title,
    article_versions.text
from unsearched_versions
join article_versions
    on article_versions.fetch_id = unsearched_versions.fetch_id
order by article_versions.seen_at desc, article_versions.fetch_id
limit $most;
