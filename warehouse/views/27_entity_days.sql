-- What no merge has touched, nearly all, is one row for each version already; and stories of one
-- article, most of them, need no telling apart. Names come with the rows, so that a filter on the
-- name is one on these; the other way round a day of two years takes as long as all of them.
create or replace view entity_days as
with version_namings as not materialized (
    select
        naming_rows.fetch_id,
        naming_rows.entity_id,
        entity_names.name,
        naming_rows.label,
        naming_rows.mentions
    from naming_rows
    anti join merging_entities
        on merging_entities.entity_id = naming_rows.entity_id
    join entity_names
        on entity_names.entity_id = naming_rows.entity_id
    union all
    select
        naming_rows.fetch_id,
        merging_entities.canonical_id as entity_id,
        entity_names.name,
        naming_rows.label,
        sum(naming_rows.mentions)::integer as mentions
    from naming_rows
    join merging_entities
        on merging_entities.entity_id = naming_rows.entity_id
    join entity_names
        on entity_names.entity_id = merging_entities.canonical_id
    group by
        naming_rows.fetch_id, merging_entities.canonical_id, entity_names.name, naming_rows.label
),
repeated_stories as (
    select hash(story_id) as story_key
    from counted_articles
    group by hash(story_id)
    having count(*) > 1
),
printings as (
    select
        counted_articles.fetch_id,
        (counted_articles.printed_at at time zone 'UTC')::date as day,
        if(counted_articles.outlet is null, null, hash(counted_articles.outlet)) as outlet_key,
        hash(counted_articles.story_id) as story_key,
        repeated_stories.story_key is not null as is_repeated
    from counted_articles
    left join repeated_stories
        on repeated_stories.story_key = hash(counted_articles.story_id)
),
printed_mentions as (
    select
        version_namings.entity_id,
        version_namings.name,
        version_namings.label,
        printings.day,
        printings.outlet_key,
        version_namings.mentions,
        true as tells_story
    from version_namings
    join printings
        on printings.fetch_id = version_namings.fetch_id
    where not printings.is_repeated
    union all
    select
        version_namings.entity_id,
        version_namings.name,
        version_namings.label,
        printings.day,
        printings.outlet_key,
        version_namings.mentions,
        row_number() over (
            partition by version_namings.entity_id, version_namings.name, version_namings.label,
                printings.day, printings.story_key
            order by version_namings.mentions desc
        ) = 1 as tells_story
    from version_namings
    join printings
        on printings.fetch_id = version_namings.fetch_id
    where printings.is_repeated
),
mention_days as (
    select
        entity_id,
        name,
        label,
        day,
        sum(mentions)::bigint as mentions,
        count(*) as articles,
        list_unique(list(outlet_key))::bigint as outlets,
        count(*) filter (tells_story) as stories,
        coalesce(sum(mentions) filter (tells_story), 0)::bigint as distinct_mentions
    from printed_mentions
    group by entity_id, name, label, day
)
select
    mention_days.entity_id,
    mention_days.name,
    mention_days.label,
    mention_days.day,
    mention_days.mentions,
    mention_days.articles,
    mention_days.outlets,
    mention_days.stories,
    mention_days.distinct_mentions
from mention_days;

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
