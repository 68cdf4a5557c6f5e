-- Who is quoted beside a speaker is looked for in the same version, by its fetch: with a filter on
-- the speaker, few are. Lists of hashes count as `count(distinct …)` does, in half the time.
create or replace view co_quoted as
with shown_speakers as not materialized (
    select
        speaker_rows.fetch_id,
        speaker_rows.speaker_id
    from speaker_rows
    anti join merged_entities
        on merged_entities.entity_id = speaker_rows.speaker_id
    union all
    select
        speaker_rows.fetch_id,
        merged_entities.canonical_id as speaker_id
    from speaker_rows
    join merged_entities
        on merged_entities.entity_id = speaker_rows.speaker_id
),
pairs as (
    select
        one.speaker_id,
        speakers.name as speaker,
        other.speaker_id as other_id,
        if(count(*) = 1, 1, list_unique(list(hash(counted_articles.article_id))))::bigint as articles,
        coalesce(
            list_unique(
                list(hash(counted_articles.outlet)) filter (counted_articles.outlet is not null)
            ),
            0
        )::bigint as outlets,
        if(count(*) = 1, 1, list_unique(list(hash(counted_articles.story_id))))::bigint as stories
    from shown_speakers as one
    join entity_names as speakers
        on speakers.entity_id = one.speaker_id
    join counted_articles
        on counted_articles.fetch_id = one.fetch_id
    join shown_speakers as other
        on other.fetch_id = one.fetch_id
        and other.speaker_id > one.speaker_id
    group by one.speaker_id, speakers.name, other.speaker_id
)
select
    pairs.speaker_id,
    pairs.speaker,
    pairs.other_id,
    others.name as other_speaker,
    pairs.articles,
    pairs.outlets,
    pairs.stories
from pairs
join entity_names as others
    on others.entity_id = pairs.other_id;

comment on view co_quoted is 'One row for each two named speakers quoted in the same article.';
comment on column co_quoted.speaker_id is 'the one, whose id sorts first';
comment on column co_quoted.speaker is 'its name';
comment on column co_quoted.other_id is 'the other';
comment on column co_quoted.other_speaker is 'its name';
comment on column co_quoted.articles is 'articles whose current version quotes both';
comment on column co_quoted.outlets is 'outlets of those articles';
comment on column co_quoted.stories is 'stories of those articles: all printings of one count once';
