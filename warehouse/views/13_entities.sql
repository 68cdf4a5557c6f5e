-- What no merge has touched, nearly all, is named once by a version at most, and needs no telling
-- apart; nor do stories of one article; and what is not current is little beside what is. Lists are
-- sorted when they are whole: an aggregate with an order takes eight times as long.
create or replace view entities as
with version_namings as (
    select
        entity_rows.fetch_id,
        entity_rows.entity_id
    from entity_rows
    anti join merging_entities
        on merging_entities.entity_id = entity_rows.entity_id
    union all
    select distinct
        entity_rows.fetch_id,
        merging_entities.canonical_id as entity_id
    from entity_rows
    join merging_entities
        on merging_entities.entity_id = entity_rows.entity_id
),
repeated_stories as (
    select hash(story_id) as story_key
    from article_heads
    group by hash(story_id)
    having count(*) > 1
),
seen_versions as (
    select
        article_versions.fetch_id,
        article_versions.seen_at,
        article_heads.fetch_id is not null as is_current,
        article_heads.fetch_id is not null and repeated_stories.story_key is null as is_alone,
        repeated_stories.story_key
    from article_versions
    left join article_heads
        on article_heads.fetch_id = article_versions.fetch_id
    left join repeated_stories
        on repeated_stories.story_key = hash(article_heads.story_id)
),
namings as (
    select
        version_namings.entity_id,
        min(seen_versions.seen_at) as first_seen_at,
        count(*) filter (seen_versions.is_current) as articles,
        count(*) filter (seen_versions.is_alone) + coalesce(
            list_unique(
                list(seen_versions.story_key) filter (seen_versions.story_key is not null)
            ),
            0
        )::bigint as stories
    from version_namings
    join seen_versions
        on seen_versions.fetch_id = version_namings.fetch_id
    group by version_namings.entity_id
),
identities as (
    select
        coalesce(merged_entities.canonical_id, entity_rows.entity_id) as entity_id,
        max(entity_rows.country) as country,
        max(entity_rows.geonameid) as geonameid,
        max(entity_rows.isin) as isin,
        max(entity_rows.ticker) as ticker,
        max(entity_rows.domain) as domain
    from entity_rows
    left join merged_entities
        on merged_entities.entity_id = entity_rows.entity_id
    where coalesce(
            entity_rows.country, entity_rows.isin, entity_rows.ticker, entity_rows.domain
        ) is not null
        or entity_rows.geonameid is not null
    group by coalesce(merged_entities.canonical_id, entity_rows.entity_id)
),
past_versions as (
    select article_versions.fetch_id
    from article_versions
    join article_heads
        on article_heads.article_id = article_versions.article_id
    where article_heads.version > 1
        and article_versions.fetch_id <> article_heads.fetch_id
),
counted_forms as (
    select
        shown_id as entity_id,
        text as form,
        count(*) as times
    from shown_mentions
    group by all
    union all
    select
        coalesce(merged_entities.canonical_id, mention_rows.entity_id) as entity_id,
        mention_rows.text as form,
        -count(*) as times
    from mention_rows
    join past_versions
        on past_versions.fetch_id = mention_rows.fetch_id
    left join merged_entities
        on merged_entities.entity_id = mention_rows.entity_id
    group by all
),
forms as (
    select
        entity_id,
        form,
        sum(times)::bigint as times
    from counted_forms
    group by entity_id, form
    having sum(times) > 0
),
aliases as (
    select
        entity_id,
        list_transform(
            list_sort(list({'rank': -times, 'form': form})),
            lambda ranked: {'form': ranked.form, 'times': -ranked.rank}
        ) as aliases
    from forms
    group by entity_id
),
shown_speakers as (
    select
        speaker_rows.fetch_id,
        speaker_rows.speaker_id,
        speaker_rows.quotes,
        speaker_rows.words_keys
    from speaker_rows
    anti join merged_entities
        on merged_entities.entity_id = speaker_rows.speaker_id
    union all
    select
        speaker_rows.fetch_id,
        merged_entities.canonical_id as speaker_id,
        speaker_rows.quotes,
        speaker_rows.words_keys
    from speaker_rows
    join merged_entities
        on merged_entities.entity_id = speaker_rows.speaker_id
),
speakers as (
    select
        shown_speakers.speaker_id,
        sum(shown_speakers.quotes)::bigint as quotes,
        list_unique(
            flatten(
                list(
                    list_transform(
                        shown_speakers.words_keys,
                        lambda words_key: hash(article_heads.story_id, words_key)
                    )
                )
            )
        )::bigint as distinct_quotes
    from shown_speakers
    join article_heads
        on article_heads.fetch_id = shown_speakers.fetch_id
    group by shown_speakers.speaker_id
)
select
    namings.entity_id,
    entity_names.name,
    entity_names.label,
    coalesce(aliases.aliases, []) as aliases,
    identities.country,
    namings.first_seen_at,
    namings.articles,
    coalesce(speakers.quotes, 0) as quotes,
    namings.stories,
    coalesce(speakers.distinct_quotes, 0) as distinct_quotes,
    identities.geonameid,
    identities.isin,
    identities.ticker,
    identities.domain
from namings
join entity_names
    on entity_names.entity_id = namings.entity_id
left join identities
    on identities.entity_id = namings.entity_id
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
