-- What was found in texts that are now the content of another fetch, or of none. Rows move
-- whole, whatever columns they have.
create or replace temp table moved_sources as
select
    source_id,
    fetch_id
from version_sources
where not is_new
    and fetch_id <> source_id;

create or replace temp table copied_quotes as
select
    quote_rows.* replace (moved_sources.fetch_id as fetch_id)
from quote_rows
join moved_sources
    on moved_sources.source_id = quote_rows.fetch_id;

create or replace temp table copied_mentions as
select
    mention_rows.* replace (moved_sources.fetch_id as fetch_id)
from mention_rows
join moved_sources
    on moved_sources.source_id = mention_rows.fetch_id;

create or replace temp table copied_entities as
select
    entity_rows.* replace (moved_sources.fetch_id as fetch_id)
from entity_rows
join moved_sources
    on moved_sources.source_id = entity_rows.fetch_id;

create or replace temp table copied_speakers as
select
    speaker_rows.* replace (moved_sources.fetch_id as fetch_id)
from speaker_rows
join moved_sources
    on moved_sources.source_id = speaker_rows.fetch_id;

create or replace temp table copied_namings as
select
    naming_rows.* replace (moved_sources.fetch_id as fetch_id)
from naming_rows
join moved_sources
    on moved_sources.source_id = naming_rows.fetch_id;

create or replace temp table dropped_entities as
select distinct entity_id
from entity_rows
where fetch_id in (select fetch_id from stale_fetches);

delete from quote_rows
where fetch_id in (select fetch_id from stale_fetches);

delete from mention_rows
where fetch_id in (select fetch_id from stale_fetches);

delete from entity_rows
where fetch_id in (select fetch_id from stale_fetches);

delete from speaker_rows
where fetch_id in (select fetch_id from stale_fetches);

delete from naming_rows
where fetch_id in (select fetch_id from stale_fetches);
