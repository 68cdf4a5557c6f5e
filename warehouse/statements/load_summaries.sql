-- What is kept of quotations and mentions in short, straight from the unpacked files: to hold the
-- rows that were loaded from there takes longer than to read them again.
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
select
    fetch_id,
    entity_id,
    label,
    count(*) as mentions
from new_mentions
where entity_id is not null
group by all;
