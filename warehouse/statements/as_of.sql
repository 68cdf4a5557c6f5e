-- The base relations as they stood at the variable `as_of`, over the attached `published`.
-- Columns pass through as they are, so that a migration need not be repeated here.
create view feeds as
from published.feeds
where added_at is null or added_at <= getvariable('as_of');

create view feed_moves as
from published.feed_moves
where moved_at <= getvariable('as_of');

create view polls as
from published.polls
where started_at <= getvariable('as_of');

create view fetches as
from published.fetches
where started_at <= getvariable('as_of');

create view article_versions as
from published.article_versions
where seen_at <= getvariable('as_of');

create view article_heads as
with current_versions as (
    select
        article_id,
        max(version) as version,
        arg_max(fetch_id, version) as fetch_id,
        arg_max(coalesce(story_key, article_id), version) as story_key
    from article_versions
    group by article_id
),
sightings as (
    select
        article_id,
        max(seen_at) as last_seen_at
    from published.fetches
    where seen_at <= getvariable('as_of')
    group by article_id
)
select
    heads.* replace (
        current_versions.version as version,
        current_versions.fetch_id as fetch_id,
        sightings.last_seen_at as last_seen_at,
        min(heads.article_id) over (partition by current_versions.story_key) as story_id
    )
from published.article_heads as heads
join current_versions
    on current_versions.article_id = heads.article_id
join sightings
    on sightings.article_id = heads.article_id;

create view entries as
select
    listed.* replace (
        least(listed.last_seen_at, getvariable('as_of')) as last_seen_at,
        if(
            listed.withdrawn_at <= getvariable('as_of'), listed.withdrawn_at, null
        ) as withdrawn_at,
        if(
            listed.article_id in (select article_id from article_versions),
            listed.article_id,
            null
        ) as article_id
    )
from published.entries as listed
where listed.first_seen_at <= getvariable('as_of');

create view quote_rows as
from published.quote_rows
where fetch_id in (select fetch_id from article_versions);

create view mention_rows as
from published.mention_rows
where fetch_id in (select fetch_id from article_versions);

create view entity_rows as
from published.entity_rows
where fetch_id in (select fetch_id from article_versions);

create view failures as
select
    held.* replace (
        if(held.closed_at <= getvariable('as_of'), held.closed_at, null) as closed_at
    )
from published.failures as held
where held.first_at <= getvariable('as_of');

create view runs as
select
    held.* replace (
        if(held.ended_at <= getvariable('as_of'), held.ended_at, null) as ended_at,
        if(held.ended_at <= getvariable('as_of'), held.outcome, null) as outcome
    )
from published.runs as held
where held.started_at <= getvariable('as_of');

create view batches as
from published.batches
where loaded_at <= getvariable('as_of');

create view schema_history as
from published.schema_history;

create view view_history as
from published.view_history;
