-- Held versions that move: their texts, which their own rows no longer have in a moment.
create or replace temp table kept_versions as
select
    version_sources.article_id,
    version_sources.version,
    version_sources.seen_at,
    article_versions.title,
    article_versions.text,
    if(version_sources.version = 1, 'first', null) as change,
    version_sources.fetch_id,
    article_versions.extractor_version,
    article_versions.text_source,
    version_sources.text_hash,
    article_versions.story_key,
    article_versions.words
from version_sources
join article_versions
    on article_versions.fetch_id = version_sources.source_id
where not version_sources.is_new;

-- A view, since to hold the texts once more takes longer than to look for them again.
create or replace temp view next_versions as
select
    version_sources.article_id,
    version_sources.version,
    version_sources.seen_at,
    all_readings.title,
    all_readings.text,
    if(version_sources.version = 1, 'first', null) as change,
    version_sources.fetch_id,
    readings.extractor_version,
    readings.text_source,
    version_sources.text_hash,
    readings.story_key,
    readings.words
from version_sources
join readings
    on readings.fetch_id = version_sources.source_id
join all_readings
    on all_readings.fetch_id = readings.fetch_id
where version_sources.is_new
union all by name
from kept_versions;

delete from article_versions
where fetch_id in (
    select fetch_id
    from held_versions
    where article_id in (select article_id from moved_articles)
);

insert into article_versions by name
select
    article_id,
    version,
    seen_at,
    title,
    text,
    change,
    fetch_id,
    extractor_version,
    text_source,
    text_hash,
    story_key,
    words
from next_versions;
