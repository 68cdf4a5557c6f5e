-- In two parts, so that a filter on the speaker is one on the few entities that are shown so.
create or replace view article_speakers as
with known_speakers as (
    select
        held_entities.entity_id as member_id,
        entity_names.entity_id,
        entity_names.name
    from held_entities
    left join merged_entities
        on merged_entities.entity_id = held_entities.entity_id
    join entity_names
        on entity_names.entity_id = coalesce(merged_entities.canonical_id, held_entities.entity_id)
),
version_speakers as (
    select
        speaker_rows.fetch_id,
        known_speakers.entity_id as speaker_id,
        known_speakers.name as speaker,
        speaker_rows.quotes,
        speaker_rows.words_keys
    from speaker_rows
    join known_speakers
        on known_speakers.member_id = speaker_rows.speaker_id
    where speaker_rows.speaker is not null
    union all
    select
        speaker_rows.fetch_id,
        coalesce(merged_entities.canonical_id, speaker_rows.speaker_id) as speaker_id,
        speaker_rows.speaker,
        speaker_rows.quotes,
        speaker_rows.words_keys
    from speaker_rows
    anti join held_entities
        on held_entities.entity_id = speaker_rows.speaker_id
    left join merged_entities
        on merged_entities.entity_id = speaker_rows.speaker_id
    where speaker_rows.speaker is not null
)
select
    counted_articles.article_id,
    counted_articles.outlet,
    counted_articles.story_id,
    (counted_articles.printed_at at time zone 'UTC')::date as day,
    version_speakers.speaker_id,
    version_speakers.speaker,
    version_speakers.quotes as times,
    version_speakers.words_keys
from version_speakers
join counted_articles
    on counted_articles.fetch_id = version_speakers.fetch_id;

comment on view article_speakers is 'One row for each speaker whom an article quotes, by each id or name that it gives them.';
comment on column article_speakers.article_id is 'the article';
comment on column article_speakers.outlet is 'its outlet';
comment on column article_speakers.story_id is 'its story, as in `articles`';
comment on column article_speakers.day is 'UTC day of publication, of first sight where that is unknown';
comment on column article_speakers.speaker_id is 'the entity, where the speaker is one; as in `quotes`';
comment on column article_speakers.speaker is 'name of the entity, else as the article has it';
comment on column article_speakers.times is 'quotations of this speaker in the current version';
comment on column article_speakers.words_keys is 'what they say, each once, as in `speaker_rows`';
