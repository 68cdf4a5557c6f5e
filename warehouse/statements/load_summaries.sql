-- What is kept of quotations and mentions in short, moved, dropped and added as these are.
create or replace temp table copied_speakers as
select
    speaker_rows.* replace (version_sources.fetch_id as fetch_id)
from speaker_rows
join version_sources
    on version_sources.source_id = speaker_rows.fetch_id
    and version_sources.fetch_id <> version_sources.source_id
    and not version_sources.is_new;

create or replace temp table copied_namings as
select
    naming_rows.* replace (version_sources.fetch_id as fetch_id)
from naming_rows
join version_sources
    on version_sources.source_id = naming_rows.fetch_id
    and version_sources.fetch_id <> version_sources.source_id
    and not version_sources.is_new;

delete from speaker_rows
where fetch_id in (select fetch_id from stale_fetches);

delete from naming_rows
where fetch_id in (select fetch_id from stale_fetches);

insert into speaker_rows by name
from copied_speakers
union all by name
select
    version_sources.fetch_id,
    new_quotes.speaker_id,
    new_quotes.speaker,
    count(*) as quotes,
    list(
        distinct md5_number_lower(coalesce(new_quotes.sighting_key, lower(new_quotes.text)))
    ) as words_keys
from version_sources
join new_quotes
    on new_quotes.fetch_id = version_sources.source_id
where version_sources.is_new
group by all;

insert into naming_rows by name
from copied_namings
union all by name
select
    version_sources.fetch_id,
    new_mentions.entity_id,
    new_mentions.label,
    count(*) as mentions
from version_sources
join new_mentions
    on new_mentions.fetch_id = version_sources.source_id
where version_sources.is_new
    and new_mentions.entity_id is not null
group by all;
