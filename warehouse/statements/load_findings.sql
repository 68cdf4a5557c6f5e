-- What was found in the readings that are the content of a version, straight from the unpacked
-- files. Without `records` a file of which one key is wanted is looked through four times as long.
create or replace temp table new_sources as
select
    version_sources.fetch_id,
    version_sources.source_id,
    readings.file
from version_sources
join readings
    on readings.fetch_id = version_sources.source_id
where version_sources.is_new;

insert into quote_rows by name
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
                    extractor_version varchar,
                    quotes struct(
                        utterance integer[], "start" integer[], "end" integer[],
                        "text" varchar[], kind varchar[], cue varchar[], cue_start integer[],
                        cue_end integer[], speaker varchar[], speaker_id varchar[],
                        speaker_mention varchar[], speaker_start integer[],
                        speaker_end integer[], confidence double[], sighting_key varchar[]
                    )
                )
            )[]'
        }
    )
),
new_quotes as (
    select
        new_sources.fetch_id,
        staged_readings.reading.document.extractor_version,
        unnest(staged_readings.reading.document.quotes.utterance) as utterance,
        unnest(staged_readings.reading.document.quotes.start) as start_char,
        unnest(staged_readings.reading.document.quotes."end") as end_char,
        unnest(staged_readings.reading.document.quotes.text) as text,
        unnest(staged_readings.reading.document.quotes.kind) as kind,
        unnest(staged_readings.reading.document.quotes.cue) as cue,
        unnest(staged_readings.reading.document.quotes.cue_start) as cue_start,
        unnest(staged_readings.reading.document.quotes.cue_end) as cue_end,
        unnest(staged_readings.reading.document.quotes.speaker) as speaker,
        unnest(staged_readings.reading.document.quotes.speaker_id) as speaker_id,
        unnest(staged_readings.reading.document.quotes.speaker_mention) as speaker_mention,
        unnest(staged_readings.reading.document.quotes.speaker_start) as speaker_start,
        unnest(staged_readings.reading.document.quotes.speaker_end) as speaker_end,
        unnest(staged_readings.reading.document.quotes.confidence) as confidence,
        unnest(staged_readings.reading.document.quotes.sighting_key) as sighting_key
    from new_sources
    join staged_readings
        on staged_readings.file = new_sources.file
        and staged_readings.reading.fetch_id = new_sources.source_id
)
select
    left(md5(concat_ws(':', fetch_id, start_char, end_char)), 16) as quote_id,
    new_quotes.*
from new_quotes;

insert into mention_rows by name
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
                    extractor_version varchar,
                    mentions struct(
                        "start" integer[], "end" integer[], "text" varchar[], label varchar[],
                        entity varchar[]
                    )
                )
            )[]'
        }
    )
)
select
    new_sources.fetch_id,
    staged_readings.reading.document.extractor_version,
    unnest(staged_readings.reading.document.mentions.start) as start_char,
    unnest(staged_readings.reading.document.mentions."end") as end_char,
    unnest(staged_readings.reading.document.mentions.text) as text,
    unnest(staged_readings.reading.document.mentions.label) as label,
    unnest(staged_readings.reading.document.mentions.entity) as entity_id
from new_sources
join staged_readings
    on staged_readings.file = new_sources.file
    and staged_readings.reading.fetch_id = new_sources.source_id;

create or replace temp table new_entities as
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
                    extractor_version varchar,
                    entities struct(
                        entity varchar[], "name" varchar[], label varchar[], country varchar[],
                        identity struct(name_id varchar, usual_name varchar, geonameid integer, isin varchar, ticker varchar, "domain" varchar, plainer struct(entity varchar, reason varchar)[])[]
                    )
                )
            )[]'
        }
    )
),
identified_entities as (
    select
        new_sources.fetch_id,
        unnest(staged_readings.reading.document.entities.entity) as entity_id,
        unnest(staged_readings.reading.document.entities.name) as name,
        unnest(staged_readings.reading.document.entities.label) as label,
        unnest(staged_readings.reading.document.entities.country) as country,
        unnest(staged_readings.reading.document.entities.identity) as identity
    from new_sources
    join staged_readings
        on staged_readings.file = new_sources.file
        and staged_readings.reading.fetch_id = new_sources.source_id
)
select
    fetch_id,
    entity_id,
    name,
    label,
    country,
    identity.name_id as name_id,
    identity.usual_name as usual_name,
    identity.geonameid as geonameid,
    identity.isin as isin,
    identity.ticker as ticker,
    identity.domain as domain,
    identity.plainer as plainer
from identified_entities;

insert into entity_rows by name
from new_entities;
