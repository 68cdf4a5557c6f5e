select
    next_versions.fetch_id,
    coalesce(earlier_versions.title, '') as title_before,
    earlier_versions.text as text_before,
    coalesce(next_versions.title, '') as title,
    next_versions.text
from next_versions
join next_versions as earlier_versions
    on earlier_versions.article_id = next_versions.article_id
    and earlier_versions.version = next_versions.version - 1
where next_versions.change is null;
