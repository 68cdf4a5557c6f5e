create or replace view co_quoted as
with quoted_speakers as (
    select distinct
        article_heads.article_id,
        article_heads.outlet,
        article_heads.story_id,
        quotes.speaker_id
    from quotes
    join article_heads
        on article_heads.article_id = quotes.article_id
    where quotes.speaker_id is not null
),
pairs as (
    select
        one.speaker_id as speaker_id,
        other.speaker_id as other_id,
        count(*) as articles,
        count(distinct one.outlet) as outlets,
        count(distinct one.story_id) as stories
    from quoted_speakers as one
    join quoted_speakers as other
        on other.article_id = one.article_id
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
