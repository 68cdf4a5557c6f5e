-- The sketches of the versions that came, moved or were read again.
create or replace temp table new_sketches as
select
    version_sources.fetch_id,
    readings.story_key,
    version_sources.seen_at,
    len(readings.sketch)::usmallint as hashes,
    unnest(readings.sketch) as hash
from version_sources
join readings
    on readings.fetch_id = version_sources.source_id
where version_sources.is_new
    and readings.story_key is not null
union all by name
select
    version_sources.fetch_id,
    sketches.story_key,
    version_sources.seen_at,
    sketches.hashes,
    sketches.hash
from version_sources
join sketches
    on sketches.fetch_id = version_sources.source_id
where version_sources.fetch_id <> version_sources.source_id
    and not version_sources.is_new;
