create or replace view entity_days as
with article_mentions as (
    select
        coalesce(merged_entities.canonical_id, naming_rows.entity_id) as entity_id,
        naming_rows.label,
        hash(counted_articles.article_id) as article_key,
        if(counted_articles.outlet is null, null, hash(counted_articles.outlet)) as outlet_key,
        hash(counted_articles.story_id) as story_key,
        (counted_articles.printed_at at time zone 'UTC')::date as day,
        naming_rows.mentions
    from naming_rows
    join counted_articles
        on counted_articles.fetch_id = naming_rows.fetch_id
    left join merged_entities
        on merged_entities.entity_id = naming_rows.entity_id
),
printed_mentions as (
    select
        entity_id,
        label,
        day,
        outlet_key,
        story_key,
        sum(mentions) as mentions
    from article_mentions
    group by entity_id, label, day, article_key, outlet_key, story_key
),
story_mentions as (
    select
        entity_id,
        label,
        day,
        sum(mentions) as mentions,
        max(mentions) as distinct_mentions,
        count(*) as articles,
        list(distinct outlet_key) as outlet_keys
    from printed_mentions
    group by entity_id, label, day, story_key
),
mention_days as (
    select
        entity_id,
        label,
        day,
        sum(mentions)::bigint as mentions,
        sum(articles)::bigint as articles,
        len(list_distinct(flatten(list(outlet_keys)))) as outlets,
        count(*) as stories,
        sum(distinct_mentions)::bigint as distinct_mentions
    from story_mentions
    group by entity_id, label, day
)
select
    mention_days.entity_id,
    entity_names.name,
    mention_days.label,
    mention_days.day,
    mention_days.mentions,
    mention_days.articles,
    mention_days.outlets,
    mention_days.stories,
    mention_days.distinct_mentions
from mention_days
left join entity_names
    on entity_names.entity_id = mention_days.entity_id;

comment on view entity_days is 'One row for each entity and day on which an article names it.';
comment on column entity_days.entity_id is 'the entity, as in `entities`';
comment on column entity_days.name is 'its name';
comment on column entity_days.label is 'PERSON, ORG, PLACE …';
comment on column entity_days.day is 'UTC day of publication, of first sight where that is unknown';
comment on column entity_days.mentions is 'places in current versions that name it';
comment on column entity_days.articles is 'articles of that day that name it';
comment on column entity_days.outlets is 'outlets of those articles';
comment on column entity_days.stories is 'stories of those articles: all printings of one count once';
comment on column entity_days.distinct_mentions is 'mentions, those of a story counted in its printing of that day with the most';
