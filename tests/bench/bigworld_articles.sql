-- The articles with numbers from the variable `first` to before `ends`, after bigworld_once.
-- Of twenty articles running, the last two are printed from the first; one of fifty was edited.
create or replace temp table printed as
select
    number,
    if(number % 20 >= 18, number - number % 20, number) as origin,
    number % 50 = 7 as is_edited,
    id_of('article' || number) as article_id,
    'outlet' || drawn_zipf('outlet', number, 0, getvariable('outlets')) || '.example' as outlet,
    'run-' || floor(number * getvariable('days') / getvariable('articles'))::bigint as run_id,
    getvariable('begins')
        + to_seconds(number * getvariable('days') * 86400 / getvariable('articles')) as seen_at
from range(getvariable('first'), getvariable('ends')) as numbers(number);

create or replace temp table versions as
select
    printed.* replace (printed.seen_at + to_hours(5 * (edition - 1)) as seen_at),
    edition::integer as version,
    id_of('fetch' || number || '-' || edition) as fetch_id,
    id_of('text' || origin || '-' || edition) as text_hash
from printed, range(1, if(is_edited, 3, 2)) as editions(edition)
order by seen_at;

insert into fetches by name
select
    fetch_id,
    'https://' || outlet || '/' || number as url,
    'https://' || outlet || '/' || number as target,
    'https://' || outlet || '/' || number as final_url,
    run_id,
    seen_at as started_at,
    300 as duration_ms,
    'ok' as status,
    200 as http_status,
    50000 as bytes,
    '2025/01/01.warc.gz' as archive_file,
    number as archive_offset,
    'page' as text_source,
    article_id,
    seen_at,
    text_hash,
    'made-up' as extractor_version
from versions;

insert into article_versions by name
select
    article_id,
    version,
    seen_at,
    'Headline of ' || origin as title,
    concat_ws('. ', one.words, two.words, three.words, four.words, five.words, six.words) as text,
    if(version = 1, 'first', 'substantive') as change,
    fetch_id,
    'made-up' as extractor_version,
    'page' as text_source,
    text_hash,
    text_hash as story_key,
    36 as words
from versions
join phrases as one on one.phrase = drawn('text', origin, version, 20000)
join phrases as two on two.phrase = drawn('text2', origin, 2, 20000)
join phrases as three on three.phrase = drawn('text', origin, 3, 20000)
join phrases as four on four.phrase = drawn('text', origin, 4, 20000)
join phrases as five on five.phrase = drawn('text', origin, 5, 20000)
join phrases as six on six.phrase = drawn('text', origin, 6, 20000)
order by seen_at;

insert into article_heads by name
select
    article_id,
    'https://' || outlet || '/' || number as url,
    outlet,
    ['A Reporter'] as authors,
    if(drawn('dated', number, 0, 30) = 0, null, seen_at - to_hours(1)) as published_at,
    'instant' as published_precision,
    seen_at as first_seen_at,
    seen_at as last_seen_at,
    fetch_id as last_fetch_id,
    'en' as lang,
    if(number <> origin, 'NTB', null) as agency,
    'article' as page_kind,
    'free' as access,
    version,
    fetch_id,
    least(id_of('article' || origin), id_of('article' || origin + 18), id_of('article' || origin + 19))
        as story_id
from versions
qualify row_number() over (partition by article_id order by version desc) = 1
order by seen_at;

update article_heads
set story_id = article_id
where article_id in (select article_id from printed where number % 20 between 1 and 17);

insert into entries by name
select
    id_of('entry' || number) as entry_id,
    id_of('feed' || drawn_zipf('outlet', number, 0, getvariable('outlets'))) as feed_id,
    'guid ' || number as guid,
    'https://' || outlet || '/' || number as url,
    'https://' || outlet || '/' || number as target,
    'Headline of ' || origin as title,
    seen_at - to_hours(1) as published_at,
    'instant' as published_precision,
    seen_at - to_minutes(5) as first_seen_at,
    seen_at as last_seen_at,
    if(number % 30 = 4, null, article_id) as article_id
from printed;

insert into failures by name
select
    id_of('failure' || number) as failure_id,
    'page' as stage,
    'https://' || outlet || '/' || number as url,
    'https://' || outlet || '/' || number as target,
    'http_4xx' as reason,
    'Status 404.' as detail,
    1 as tries,
    seen_at as first_at,
    seen_at as last_at
from printed
where number % 60 = 4;

-- What each version names, six of them: three people, an organisation, two places.
create or replace temp table named as
select distinct on (versions.fetch_id, entity_id)
    versions.fetch_id,
    versions.seen_at,
    place,
    label,
    salt || member as key,
    id_of(salt || member) as entity_id,
    'Name' || member % 5003 || ' ' || upper(salt) || 'amed' || member as name
from (
    select
        versions.fetch_id,
        versions.seen_at,
        place,
        kinds.label,
        kinds.salt,
        drawn_zipf(kinds.salt, versions.origin, place, kinds.members) as member
    from versions, range(6) as places(place)
    join kinds
        on kinds.label = ['PERSON', 'PERSON', 'PERSON', 'ORG', 'PLACE', 'PLACE'][place + 1]
) as versions
order by versions.fetch_id, entity_id, place;

insert into entity_rows by name
select
    fetch_id,
    entity_id,
    name,
    label,
    if(label = 'PLACE', 'NO', null) as country,
    entity_id as name_id
from named
order by seen_at, fetch_id, place;

insert into mention_rows by name
select
    versions.fetch_id,
    (40 * spot)::integer as start_char,
    (40 * spot + 12)::integer as end_char,
    if(spot >= 8, 'Monday', if(spot < 6, named.name, split_part(named.name, ' ', 2))) as text,
    if(spot >= 8, 'DATE', named.label) as label,
    if(spot >= 8, null, named.entity_id) as entity_id,
    'made-up' as extractor_version
from versions, range(10) as spots(spot)
join named
    on named.fetch_id = versions.fetch_id
    and named.place = if(spot >= 8, 0, spot % 6)
order by versions.seen_at, versions.fetch_id, spot;

-- Five quotations; one of ten is of nobody known, one of twelve the words that all repeat.
insert into quote_rows by name
select
    id_of('quote' || versions.fetch_id || spot) as quote_id,
    versions.fetch_id,
    spot::integer as utterance,
    (50 * spot)::integer as start_char,
    (50 * spot + 40)::integer as end_char,
    one.words || ' ' || two.words as text,
    versions.kind,
    'said' as cue,
    (50 * spot + 41)::integer as cue_start,
    (50 * spot + 45)::integer as cue_end,
    named.name as speaker,
    named.entity_id as speaker_id,
    split_part(named.name, ' ', 2) as speaker_mention,
    0.9 as confidence,
    'made-up' as extractor_version,
    if(versions.kind = 'indirect', null, id_of(one.words || ' ' || two.words)) as sighting_key
from (
    select
        versions.fetch_id,
        versions.seen_at,
        spot,
        ['direct', 'direct', 'mixed', 'indirect', 'indirect'][1 + drawn('kind', origin, spot, 5)]
            as kind,
        if(drawn('repeated', origin, spot, 12) = 0, drawn('famous', origin, spot, 500), -1)
            as famous,
        if(
            famous >= 0,
            famous,
            drawn('quoted', origin, if(spot = 4, spot + version, spot), 20000)
        ) as one,
        if(famous >= 0, famous + 1, drawn('quoted2', origin, spot, 20000)) as two,
        if(drawn('known', origin, spot, 10) = 0, null, drawn('speaker', origin, spot, 3)) as place
    from versions, range(5) as spots(spot)
) as versions
join phrases as one on one.phrase = versions.one
join phrases as two on two.phrase = versions.two
left join named
    on named.fetch_id = versions.fetch_id
    and named.place = versions.place
order by versions.seen_at, versions.fetch_id, spot;

insert into sketches by name
select
    fetch_id,
    text_hash as story_key,
    seen_at,
    20 as hashes,
    drawn('sketch', origin, place, 4000000000) as hash
from versions, range(20) as places(place)
order by seen_at, fetch_id;
