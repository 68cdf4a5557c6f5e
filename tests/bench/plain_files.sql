-- The rows that made-up articles come to, straight out of the staged files into the tables of the
-- database `plain`: nothing is looked up, and each table is written once.
create or replace temp macro readings_with(parts) as table
select
    run_id,
    unnest(readings) as reading
from staged_lines(
    {
        'run_id': 'varchar',
        'readings': 'struct(
            fetch_id varchar, seen_at timestamptz, text_hash varchar, story_key varchar,
            words integer, document struct(extractor_version varchar, ' || parts || '))[]'
    }
);

insert into plain.fetches by name
select
    unnest(request),
    run_id
from (
    select
        unnest(fetches) as request,
        run_id
    from staged_lines(
        {
            'run_id': 'varchar',
            'fetches': 'struct(
                fetch_id varchar, url varchar, target varchar, final_url varchar,
                started_at timestamptz, duration_ms integer, status varchar, http_status integer,
                bytes bigint, archive_file varchar, archive_offset bigint, text_source varchar,
                error varchar, etag varchar, last_modified varchar, body_hash varchar,
                repeats varchar
            )[]'
        }
    )
);

insert into plain.article_versions by name
select
    reading.document.article.article_id,
    1 as version,
    reading.seen_at,
    reading.document.article.title,
    reading.document.article.text,
    'first' as change,
    reading.fetch_id,
    reading.document.extractor_version,
    'page' as text_source,
    reading.text_hash,
    reading.story_key,
    reading.words
from readings_with('article struct(article_id varchar, title varchar, "text" varchar)');

insert into plain.article_heads by name
select
    reading.document.article.article_id,
    reading.document.article.url,
    reading.document.article.outlet,
    reading.document.article.authors,
    reading.document.article.published.at as published_at,
    reading.document.article.published.precision as published_precision,
    reading.seen_at as first_seen_at,
    reading.seen_at as last_seen_at,
    reading.fetch_id as last_fetch_id,
    reading.document.article.lang,
    reading.document.article.page_kind,
    reading.document.article.access,
    1 as version,
    reading.fetch_id,
    reading.document.article.article_id as story_id
from readings_with('
    article struct(
        article_id varchar, url varchar, outlet varchar, authors varchar[],
        published struct("at" timestamptz, "precision" varchar), lang varchar,
        page_kind varchar, access varchar
    )
');

insert into plain.quote_rows by name
with found_quotes as (
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
    from readings_with('
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
    left(md5(concat_ws(':', fetch_id, start_char, end_char)), 16) as quote_id,
    found_quotes.*
from found_quotes;

insert into plain.mention_rows by name
select
    reading.fetch_id,
    reading.document.extractor_version,
    unnest(reading.document.mentions.start) as start_char,
    unnest(reading.document.mentions."end") as end_char,
    unnest(reading.document.mentions.text) as text,
    unnest(reading.document.mentions.label) as label,
    unnest(reading.document.mentions.entity) as entity_id
from readings_with('
    mentions struct(
        "start" integer[], "end" integer[], "text" varchar[], label varchar[],
        entity varchar[]
    )
');

insert into plain.entity_rows by name
select
    reading.fetch_id,
    unnest(reading.document.entities.entity) as entity_id,
    unnest(reading.document.entities.name) as name,
    unnest(reading.document.entities.label) as label,
    unnest(reading.document.entities.country) as country
from readings_with('
    entities struct(entity varchar[], "name" varchar[], label varchar[], country varchar[])
');

insert into plain.speaker_rows by name
with found_quotes as (
    select
        reading.fetch_id,
        unnest(reading.document.quotes.text) as text,
        unnest(reading.document.quotes.speaker) as speaker,
        unnest(reading.document.quotes.speaker_id) as speaker_id,
        unnest(reading.document.quotes.sighting_key) as sighting_key
    from readings_with('
        quotes struct(
            "text" varchar[], speaker varchar[], speaker_id varchar[],
            sighting_key varchar[]
        )
    ')
)
select
    fetch_id,
    speaker_id,
    speaker,
    count(*) as quotes,
    list(distinct md5_number_lower(coalesce(sighting_key, lower(text)))) as words_keys
from found_quotes
group by all;

insert into plain.naming_rows by name
with found_mentions as (
    select
        reading.fetch_id,
        unnest(reading.document.mentions.entity) as entity_id,
        unnest(reading.document.mentions.label) as label
    from readings_with('mentions struct(label varchar[], entity varchar[])')
)
select
    fetch_id,
    entity_id,
    label,
    count(*) as mentions
from found_mentions
where entity_id is not null
group by all;
