create or replace view entities as
with namings as (
    select
        coalesce(merged_entities.canonical_id, entity_rows.entity_id) as entity_id,
        any_value(entity_rows.label) as label,
        max(entity_rows.country) as country,
        max(entity_rows.geonameid) as geonameid,
        max(entity_rows.isin) as isin,
        max(entity_rows.ticker) as ticker,
        max(entity_rows.domain) as domain,
        min(article_versions.seen_at) as first_seen_at,
        count(distinct hash(article_heads.article_id)) filter (article_heads.article_id is not null)
            as articles,
        count(distinct hash(article_heads.story_id)) filter (article_heads.story_id is not null)
            as stories
    from entity_rows
    join article_versions
        on article_versions.fetch_id = entity_rows.fetch_id
    left join article_heads
        on article_heads.fetch_id = entity_rows.fetch_id
    left join merged_entities
        on merged_entities.entity_id = entity_rows.entity_id
    group by coalesce(merged_entities.canonical_id, entity_rows.entity_id)
),
forms as (
    select
        entity_id,
        text as form,
        count(*) as times
    from mentions
    where entity_id is not null
    group by all
),
aliases as (
    select
        entity_id,
        list({'form': form, 'times': times} order by times desc, form) as aliases
    from forms
    group by entity_id
),
speakings as (
    select
        coalesce(merged_entities.canonical_id, speaker_rows.speaker_id) as speaker_id,
        article_heads.story_id,
        unnest([speaker_rows.quotes]) as quotes,
        unnest(speaker_rows.words_keys) as words_key
    from speaker_rows
    join article_heads
        on article_heads.fetch_id = speaker_rows.fetch_id
    left join merged_entities
        on merged_entities.entity_id = speaker_rows.speaker_id
    where speaker_rows.speaker_id is not null
),
speakers as (
    select
        speaker_id,
        sum(quotes)::bigint as quotes,
        count(distinct hash(story_id, words_key)) as distinct_quotes
    from speakings
    group by speaker_id
)
select
    namings.entity_id,
    entity_names.name,
    namings.label,
    coalesce(aliases.aliases, []) as aliases,
    namings.country,
    namings.first_seen_at,
    namings.articles,
    coalesce(speakers.quotes, 0) as quotes,
    namings.stories,
    coalesce(speakers.distinct_quotes, 0) as distinct_quotes,
    namings.geonameid,
    namings.isin,
    namings.ticker,
    namings.domain
from namings
join entity_names
    on entity_names.entity_id = namings.entity_id
left join aliases
    on aliases.entity_id = namings.entity_id
left join speakers
    on speakers.speaker_id = namings.entity_id;

comment on view entities is 'One row for each person, organisation, place… named in any version of any article.';
comment on column entities.entity_id is 'hash of label and normalised full name; the smallest of those merged, see `entity_merges`';
comment on column entities.name is 'as the alias table of onrecord.toml has it, else the fullest name';
comment on column entities.label is 'PERSON, ORG, PLACE, GROUP, EVENT, WORK, PRODUCT or LAW';
comment on column entities.aliases is 'forms in which current versions name it, with the number of times, most frequent first';
comment on column entities.country is 'ISO 3166 alpha-2; null if unknown';
comment on column entities.first_seen_at is 'when the first version that names it was seen';
comment on column entities.articles is 'articles whose current version names it';
comment on column entities.quotes is 'quotations of current versions it is the speaker of';
comment on column entities.stories is 'stories of those articles: all printings of one count once';
comment on column entities.distinct_quotes is 'these quotations, the same words counted once a story';
comment on column entities.geonameid is 'of a big city, in GeoNames';
comment on column entities.isin is 'of a listed company';
comment on column entities.ticker is 'of a listed company, at its main exchange';
comment on column entities.domain is 'of an outlet';
