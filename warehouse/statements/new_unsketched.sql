-- Versions that came without a sketch, since they were staged before there were any, and those
-- that moved before theirs was made.
create or replace temp table new_unsketched as
select version_sources.fetch_id
from version_sources
join readings
    on readings.fetch_id = version_sources.source_id
where version_sources.is_new
    and readings.story_key is not null
    and readings.sketch is null
union all
select version_sources.fetch_id
from version_sources
join unsketched_versions
    on unsketched_versions.fetch_id = version_sources.source_id
where version_sources.fetch_id <> version_sources.source_id
    and not version_sources.is_new;
