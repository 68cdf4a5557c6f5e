-- What was found in the readings that are the content of a version, straight from the unpacked
-- files.
create or replace temp table new_sources as
select
    version_sources.fetch_id,
    version_sources.article_id,
    version_sources.text_hash,
    version_sources.source_id,
    readings.file
from version_sources
join readings
    on readings.fetch_id = version_sources.source_id
where version_sources.is_new;

-- A row a version, with the parts of its document that are named: they alone are parsed.
create or replace temp macro new_documents(parts) as table
with staged_readings as (
    select
        file,
        unnest(readings) as reading
    from staged_lines(
        {'readings': 'struct(fetch_id varchar, document struct(' || parts || '))[]'}
    )
)
select
    new_sources.fetch_id,
    new_sources.article_id,
    new_sources.text_hash,
    staged_readings.reading.document
from new_sources
join staged_readings
    on staged_readings.file = new_sources.file
    and staged_readings.reading.fetch_id = new_sources.source_id;

insert into quote_rows by name
with new_quotes as (
    select
        fetch_id,
        article_id,
        text_hash,
        document.extractor_version,
        unnest(document.quotes.utterance) as utterance,
        unnest(document.quotes.start) as start_char,
        unnest(document.quotes."end") as end_char,
        unnest(document.quotes.text) as text,
        unnest(document.quotes.kind) as kind,
        unnest(document.quotes.cue) as cue,
        unnest(document.quotes.cue_start) as cue_start,
        unnest(document.quotes.cue_end) as cue_end,
        unnest(document.quotes.speaker) as speaker,
        unnest(document.quotes.speaker_id) as speaker_id,
        unnest(document.quotes.speaker_mention) as speaker_mention,
        unnest(document.quotes.speaker_start) as speaker_start,
        unnest(document.quotes.speaker_end) as speaker_end,
        unnest(document.quotes.confidence) as confidence,
        unnest(document.quotes.sighting_key) as sighting_key
    from new_documents('
        extractor_version varchar,
        quotes struct(
            utterance integer[], "start" integer[], "end" integer[],
            "text" varchar[], kind varchar[], cue varchar[], cue_start integer[],
            cue_end integer[], speaker varchar[], speaker_id varchar[],
            speaker_mention varchar[], speaker_start integer[],
            speaker_end integer[], confidence double[], sighting_key varchar[]
        )
    ')
)
select
    left(md5(concat_ws(':', article_id, text_hash, start_char, end_char)), 16) as quote_id,
    new_quotes.* exclude (article_id, text_hash)
from new_quotes;

insert into mention_rows by name
select
    fetch_id,
    document.extractor_version,
    unnest(document.mentions.start) as start_char,
    unnest(document.mentions."end") as end_char,
    unnest(document.mentions.text) as text,
    unnest(document.mentions.label) as label,
    unnest(document.mentions.entity) as entity_id
from new_documents('
    extractor_version varchar,
    mentions struct(
        "start" integer[], "end" integer[], "text" varchar[], label varchar[],
        entity varchar[]
    )
');

create or replace temp table new_entities as
with identified_entities as (
    select
        fetch_id,
        unnest(document.entities.entity) as entity_id,
        unnest(document.entities.name) as name,
        unnest(document.entities.label) as label,
        unnest(document.entities.country) as country,
        unnest(document.entities.identity) as identity
    from new_documents('
        entities struct(
            entity varchar[], "name" varchar[], label varchar[], country varchar[],
            identity struct(name_id varchar, usual_name varchar, geonameid integer, isin varchar, ticker varchar, "domain" varchar, plainer struct(entity varchar, reason varchar)[])[]
        )
    ')
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
