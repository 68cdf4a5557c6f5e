create or replace view quotes_by_speaker_day as
select
    coalesce(entity_names.name, quotes.speaker) as speaker,
    quotes.speaker_id,
    (coalesce(article_heads.published_at, article_heads.first_seen_at) at time zone 'UTC')::date
        as day,
    count(*) as quotes,
    count(distinct article_heads.article_id) as articles,
    count(distinct article_heads.outlet) as outlets,
    count(distinct article_heads.story_id) as stories,
    count(distinct quotes.distinct_key) as distinct_quotes
from quotes
join article_heads
    on article_heads.article_id = quotes.article_id
left join entity_names
    on entity_names.entity_id = quotes.speaker_id
where quotes.speaker is not null
group by all;

comment on view quotes_by_speaker_day is 'One row for each speaker and day with a quotation.';
comment on column quotes_by_speaker_day.speaker is 'fullest name, else a descriptive phrase';
comment on column quotes_by_speaker_day.speaker_id is 'the entity, where the speaker is one';
comment on column quotes_by_speaker_day.day is 'UTC day of publication, of first sight where that is unknown';
comment on column quotes_by_speaker_day.quotes is 'quotations in current versions';
comment on column quotes_by_speaker_day.articles is 'articles they stand in';
comment on column quotes_by_speaker_day.outlets is 'outlets of those articles';
comment on column quotes_by_speaker_day.stories is 'stories of those articles: all printings of one count once';
comment on column quotes_by_speaker_day.distinct_quotes is 'quotations, the same words counted once a story';
