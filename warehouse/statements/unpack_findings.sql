create or replace temp table new_quotes as
select
    reading.fetch_id,
    reading.document.extractor_version,
    unnest(reading.document.quotes.utterance) as utterance,
    unnest(reading.document.quotes.start) as start_char,
    unnest(reading.document.quotes."end") as end_char,
    unnest(reading.document.quotes.text) as text,
    unnest(reading.document.quotes.kind) as kind,
    unnest(reading.document.quotes.cue) as cue,
    unnest(reading.document.quotes.cue_start) as cue_start,
    unnest(reading.document.quotes.cue_end) as cue_end,
    unnest(reading.document.quotes.speaker) as speaker,
    unnest(reading.document.quotes.speaker_id) as speaker_id,
    unnest(reading.document.quotes.speaker_mention) as speaker_mention,
    unnest(reading.document.quotes.speaker_start) as speaker_start,
    unnest(reading.document.quotes.speaker_end) as speaker_end,
    unnest(reading.document.quotes.confidence) as confidence,
    unnest(reading.document.quotes.sighting_key) as sighting_key
from (select unnest(it.readings) as reading, it.batch_id as batch_id from harvests)
where (reading.fetch_id, batch_id) in (select (fetch_id, batch_id) from all_readings);

create or replace temp table new_mentions as
select
    reading.fetch_id,
    reading.document.extractor_version,
    unnest(reading.document.mentions.start) as start_char,
    unnest(reading.document.mentions."end") as end_char,
    unnest(reading.document.mentions.text) as text,
    unnest(reading.document.mentions.label) as label,
    unnest(reading.document.mentions.entity) as entity_id
from (select unnest(it.readings) as reading, it.batch_id as batch_id from harvests)
where (reading.fetch_id, batch_id) in (select (fetch_id, batch_id) from all_readings);

create or replace temp table new_entities as
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
from (
    select
        reading.fetch_id,
        unnest(reading.document.entities.entity) as entity_id,
        unnest(reading.document.entities.name) as name,
        unnest(reading.document.entities.label) as label,
        unnest(reading.document.entities.country) as country,
        unnest(reading.document.entities.identity) as identity
    from (select unnest(it.readings) as reading, it.batch_id as batch_id from harvests)
    where (reading.fetch_id, batch_id) in (select (fetch_id, batch_id) from all_readings)
);
