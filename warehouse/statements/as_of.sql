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

create view story_links as
from published.story_links;

create view sketches as
from published.sketches
where seen_at <= getvariable('as_of');

create view unsketched_versions as
from published.unsketched_versions;

create view search_texts as
from published.search_texts
where fetch_id in (select fetch_id from article_versions);

create view search_terms as
from published.search_terms;

create view unsearched_versions as
from published.unsearched_versions;

-- Stories are put together once (story_names), not at each question that looks at articles.
create temp table story_members as
select
    article_id,
    arg_max(fetch_id, version) as fetch_id,
    max(version) as version,
    arg_max(coalesce(story_key, article_id), version) as story_key,
    max(seen_at) as seen_at
from article_versions
group by article_id;

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

create view speaker_rows as
from published.speaker_rows
where fetch_id in (select fetch_id from article_versions);

create view naming_rows as
from published.naming_rows
where fetch_id in (select fetch_id from article_versions);

-- Which names mean the same is asked of today.
create view held_entities as
from published.held_entities
where entity_id in (select entity_id from entity_rows);

create view entity_variants as
from published.entity_variants;

create view entity_aliases as
from published.entity_aliases;

create view entity_merges as
from published.entity_merges;

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

create view forgotten as
from published.forgotten
where forgotten_at <= getvariable('as_of');

create view schema_history as
from published.schema_history;

create view view_history as
from published.view_history;
