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
with staged_readings as (
    select
        file,
        unnest(readings) as reading
    from read_json(
        getvariable('unpacked').files,
        format = 'newline_delimited',
        records = true,
        filename = 'file',
        maximum_object_size = getvariable('unpacked').longest_line,
        columns = {
            readings: 'struct(
                fetch_id varchar,
                document struct(
                    quotes struct(
                        "text" varchar[], speaker varchar[], speaker_id varchar[],
                        sighting_key varchar[]
                    )
                )
            )[]'
        }
    )
),
new_quotes as (
    select
        new_sources.fetch_id,
        unnest(staged_readings.reading.document.quotes.text) as text,
        unnest(staged_readings.reading.document.quotes.speaker) as speaker,
        unnest(staged_readings.reading.document.quotes.speaker_id) as speaker_id,
        unnest(staged_readings.reading.document.quotes.sighting_key) as sighting_key
    from new_sources
    join staged_readings
        on staged_readings.file = new_sources.file
        and staged_readings.reading.fetch_id = new_sources.source_id
)
from copied_speakers
union all by name
select
    fetch_id,
    speaker_id,
    speaker,
    count(*) as quotes,
    list(distinct md5_number_lower(coalesce(sighting_key, lower(text)))) as words_keys
from new_quotes
group by all;

insert into naming_rows by name
with staged_readings as (
    select
        file,
        unnest(readings) as reading
    from read_json(
        getvariable('unpacked').files,
        format = 'newline_delimited',
        records = true,
        filename = 'file',
        maximum_object_size = getvariable('unpacked').longest_line,
        columns = {
            readings: 'struct(
                fetch_id varchar,
                document struct(
                    mentions struct(label varchar[], entity varchar[])
                )
            )[]'
        }
    )
),
new_mentions as (
    select
        new_sources.fetch_id,
        unnest(staged_readings.reading.document.mentions.label) as label,
        unnest(staged_readings.reading.document.mentions.entity) as entity_id
    from new_sources
    join staged_readings
        on staged_readings.file = new_sources.file
        and staged_readings.reading.fetch_id = new_sources.source_id
)
from copied_namings
union all by name
select
    fetch_id,
    entity_id,
    label,
    count(*) as mentions
from new_mentions
where entity_id is not null
group by all;
