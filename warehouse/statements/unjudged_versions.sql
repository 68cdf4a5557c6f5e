-- Mostly there are none, and the texts need not be looked at to tell.
with edited_articles as (
    select article_id
    from version_sources
    where version > 1
),
edited_versions as (
    select
        article_id,
        version,
        fetch_id,
        title,
        text,
        change
    from next_versions
    where article_id in (select article_id from edited_articles)
)
select
    edited_versions.fetch_id,
    coalesce(earlier_versions.title, '') as title_before,
    earlier_versions.text as text_before,
    coalesce(edited_versions.title, '') as title,
    edited_versions.text
from edited_versions
join edited_versions as earlier_versions
    on earlier_versions.article_id = edited_versions.article_id
    and earlier_versions.version = edited_versions.version - 1
where edited_versions.change is null;
