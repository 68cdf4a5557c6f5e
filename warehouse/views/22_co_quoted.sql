create or replace view co_quoted as
with quoted_speakers as (
    select distinct
        hash(counted_articles.article_id) as article_key,
        if(counted_articles.outlet is null, null, hash(counted_articles.outlet)) as outlet_key,
        hash(counted_articles.story_id) as story_key,
        coalesce(merged_entities.canonical_id, speaker_rows.speaker_id) as speaker_id
    from speaker_rows
    join counted_articles
        on counted_articles.fetch_id = speaker_rows.fetch_id
    left join merged_entities
        on merged_entities.entity_id = speaker_rows.speaker_id
    where speaker_rows.speaker_id is not null
),
pairs as (
    select
        one.speaker_id as speaker_id,
        other.speaker_id as other_id,
        count(*) as articles,
        count(distinct one.outlet_key) as outlets,
        count(distinct one.story_key) as stories
    from quoted_speakers as one
    join quoted_speakers as other
        on other.article_key = one.article_key
        and other.speaker_id > one.speaker_id
    group by one.speaker_id, other.speaker_id
)
select
    pairs.speaker_id,
    speakers.name as speaker,
    pairs.other_id,
    others.name as other_speaker,
    pairs.articles,
    pairs.outlets,
    pairs.stories
from pairs
join entity_names as speakers
    on speakers.entity_id = pairs.speaker_id
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
