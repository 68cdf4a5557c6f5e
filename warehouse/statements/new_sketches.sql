-- The sketches of the versions that came, moved or were read again, and the articles and stories
-- that this may regroup. A story that an article leaves is noted before its head changes.
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

create or replace temp table regrouped_articles as
select article_id
from moved_articles;

create or replace temp table left_stories as
select distinct story_id
from article_heads
where article_id in (select article_id from moved_articles);

delete from sketches
where fetch_id in (select fetch_id from stale_fetches);

delete from story_links
where story_key in (
        select story_key from stale_fetches
        except
        select story_key from article_versions
    )
    or other_key in (
        select story_key from stale_fetches
        except
        select story_key from article_versions
    );

insert into unsketched_versions by name
select version_sources.fetch_id
from version_sources
join unsketched_versions
    on unsketched_versions.fetch_id = version_sources.source_id
where version_sources.fetch_id <> version_sources.source_id
    and not version_sources.is_new;

delete from unsketched_versions
where fetch_id in (select fetch_id from stale_fetches);
