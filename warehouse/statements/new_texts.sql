-- The texts whose terms are to be kept: versions that came, moved or were read again.
update search_texts
set fetch_id = null
where fetch_id in (select fetch_id from stale_fetches);

delete from unsearched_versions
where fetch_id in (
    select fetch_id from stale_fetches
    union all
    select fetch_id from next_versions
);

create or replace temp table new_texts as
select
    next_versions.fetch_id,
    next_versions.title,
    next_versions.text
from next_versions
left join search_texts
    on search_texts.fetch_id = next_versions.fetch_id
where search_texts.number is null;
