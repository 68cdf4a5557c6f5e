insert into fetches by name
select
    fetch_id,
    url,
    target,
    final_url,
    run_id,
    started_at,
    duration_ms,
    status,
    http_status,
    bytes,
    archive_file,
    archive_offset,
    coalesce(text_source, 'page') as text_source,
    error,
    etag,
    last_modified,
    body_hash,
    repeats
from new_fetches;

-- Whoever gives a reading gives its fetch, with it or before it.
select error('a reading of fetch ' || fetch_id || ', which is not there')
from all_readings
where fetch_id not in (
    select fetch_id
    from fetches
    where fetch_id in (select fetch_id from all_readings)
);

-- The fetches of the readings, and those that found a page unchanged since one of these.
create or replace temp table read_fetches as
select
    fetch_id,
    url,
    target
from fetches
where fetch_id in (select fetch_id from all_readings)
union
select
    fetch_id,
    url,
    target
from fetches
where repeats in (select fetch_id from all_readings);

-- The addresses that the batches are about, and every fetch of one of them: looking for these in
-- all fetches takes so long that it is done once, and that nothing but addresses is read.
create or replace temp table touched_keys as
select unnest([url, target]) as key from new_fetches
union
select unnest([url, target]) as key from new_entries
union
select unnest([url, target]) as key from new_failures
union
select unnest([url, target]) as key from read_fetches;

create or replace temp table near_fetches as
with found_fetches as (
    select rowid as place from fetches where url in (select key from touched_keys)
    union
    select rowid as place from fetches where target in (select key from touched_keys)
)
select
    fetch_id,
    url,
    target,
    text_source,
    article_id,
    repeats,
    text_hash is not null or fetch_id in (select fetch_id from all_readings) as has_text
from fetches
where rowid in (select place from found_fetches);

-- The text in a feed stands in for its page until the page is read, and never after. The same
-- page may have been asked for under several addresses, and may be read as one that it repeats.
create or replace temp table superseded_fetches as
with stand_ins as (
    select
        fetch_id,
        article_id,
        unnest([url, target]) as key
    from near_fetches
    where text_source = 'feed'
        and has_text
),
read_bodies as (
    select fetch_id
    from fetches
    where fetch_id in (select repeats from near_fetches)
        and text_source = 'page'
        and (
            text_hash is not null
            or fetch_id in (select fetch_id from all_readings)
        )
),
read_pages as (
    select unnest([url, target]) as key
    from near_fetches
    where text_source = 'page'
        and (
            has_text
            or repeats in (select fetch_id from read_bodies)
        )
)
select distinct
    fetch_id,
    article_id
from stand_ins
where key in (select key from read_pages);

delete from all_readings
where fetch_id in (select fetch_id from superseded_fetches);

update fetches
set
    article_id = null,
    seen_at = null,
    text_hash = null
where fetch_id in (select fetch_id from superseded_fetches);

-- What is done with a reading: 'first' of its fetch; 'again', by another extractor, which
-- replaces its version in place; 'known', which changes no version: a replay, or another
-- extractor's reading of a page whose text was the one before it, which must not add a version.
create or replace temp table readings as
with held_readings as (
    select
        fetches.fetch_id,
        fetches.article_id,
        fetches.text_source,
        fetches.text_hash,
        fetches.extractor_version
    from fetches
    where fetches.fetch_id in (select fetch_id from all_readings)
),
versions_of_readings as (
    select fetch_id
    from article_versions
    where fetch_id in (select fetch_id from all_readings)
)
select
    all_readings.* exclude (title, text),
    held_readings.text_source,
    held_readings.article_id as held_article_id,
    held_readings.text_hash as held_hash,
    case
        when held_readings.text_hash is null then 'first'
        when held_readings.extractor_version = all_readings.extractor_version then 'known'
        when all_readings.fetch_id in (select fetch_id from versions_of_readings) then 'again'
        else 'known'
    end as part
from all_readings
join held_readings
    on held_readings.fetch_id = all_readings.fetch_id;

-- Pages that showed the text of a version now read again showed the new reading of it.
create or replace temp table carried_fetches as
select
    fetches.fetch_id,
    arg_max(readings.text_hash, readings.seen_at) as text_hash,
    arg_max(readings.article_id, readings.seen_at) as article_id,
    arg_max(readings.extractor_version, readings.seen_at) as extractor_version
from fetches
join readings
    on readings.held_article_id = fetches.article_id
    and readings.held_hash = fetches.text_hash
    and readings.part = 'again'
    and readings.seen_at <= fetches.seen_at
group by fetches.fetch_id;

update fetches
set
    text_hash = carried_fetches.text_hash,
    article_id = carried_fetches.article_id,
    extractor_version = carried_fetches.extractor_version
from carried_fetches
where carried_fetches.fetch_id = fetches.fetch_id;

update fetches
set
    article_id = readings.article_id,
    seen_at = readings.seen_at,
    text_hash = readings.text_hash,
    extractor_version = readings.extractor_version
from readings
where readings.fetch_id = fetches.fetch_id
    and readings.part in ('first', 'again');

-- A page that was found unchanged showed what the fetch it repeats is read as, whichever of the
-- two is loaded first and whenever that is read anew.
create or replace temp table repeating_fetches as
with repeats as (
    select
        fetch_id,
        repeats as body_id,
        started_at
    from fetches
    where repeats is not null
        and (
            fetch_id in (select fetch_id from new_fetches)
            or repeats in (select fetch_id from readings where part in ('first', 'again'))
        )
),
bodies as (
    select
        fetch_id,
        article_id,
        text_hash,
        extractor_version
    from fetches
    where fetch_id in (select body_id from repeats)
        and text_hash is not null
)
select
    repeats.fetch_id,
    bodies.article_id,
    repeats.started_at as seen_at,
    bodies.text_hash,
    bodies.extractor_version
from repeats
join bodies
    on bodies.fetch_id = repeats.body_id;

update fetches
set
    article_id = repeating_fetches.article_id,
    seen_at = repeating_fetches.seen_at,
    text_hash = repeating_fetches.text_hash,
    extractor_version = repeating_fetches.extractor_version
from repeating_fetches
where repeating_fetches.fetch_id = fetches.fetch_id;
