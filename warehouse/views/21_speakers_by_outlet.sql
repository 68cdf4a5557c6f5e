create or replace view speakers_by_outlet as
select
    article_heads.outlet,
    coalesce(entity_names.name, quotes.speaker) as speaker,
    quotes.speaker_id,
    count(*) as quotes,
    count(distinct article_heads.article_id) as articles,
    count(distinct article_heads.story_id) as stories,
    count(distinct quotes.distinct_key) as distinct_quotes,
    min(
        (coalesce(article_heads.published_at, article_heads.first_seen_at) at time zone 'UTC')::date
    ) as first_day,
    max(
        (coalesce(article_heads.published_at, article_heads.first_seen_at) at time zone 'UTC')::date
    ) as last_day
from quotes
join article_heads
    on article_heads.article_id = quotes.article_id
left join entity_names
    on entity_names.entity_id = quotes.speaker_id
where quotes.speaker is not null
group by all;

comment on view speakers_by_outlet is 'One row for each outlet and speaker it quotes.';
comment on column speakers_by_outlet.outlet is 'registrable domain';
comment on column speakers_by_outlet.speaker is 'fullest name, else a descriptive phrase';
comment on column speakers_by_outlet.speaker_id is 'the entity, where the speaker is one';
comment on column speakers_by_outlet.quotes is 'quotations in current versions';
comment on column speakers_by_outlet.articles is 'articles they stand in';
comment on column speakers_by_outlet.stories is 'stories of those articles: all printings of one count once';
comment on column speakers_by_outlet.distinct_quotes is 'quotations, the same words counted once a story';
comment on column speakers_by_outlet.first_day is 'UTC day of the earliest of those articles';
comment on column speakers_by_outlet.last_day is 'UTC day of the latest of those articles';
