-- The versions of every article this batch touches, from all sightings of it, so that the rows
-- are the same in whatever order batches arrive.
create or replace temp table touched_articles as
select article_id from readings
union
select held_article_id from readings where held_article_id is not null
union
select article_id from superseded_fetches where article_id is not null
union
select article_id from repeating_fetches;

create or replace temp table touched_fetches as
select
    article_id,
    fetch_id,
    seen_at,
    text_hash,
    lag(text_hash) over (
        partition by article_id
        order by seen_at, fetch_id
    ) as text_hash_before
from fetches
where article_id in (select article_id from touched_articles)
    and text_hash is not null;

create or replace temp table derived_versions as
select
    article_id,
    fetch_id,
    seen_at,
    text_hash,
    (row_number() over (partition by article_id order by seen_at, fetch_id))::integer as version
from touched_fetches
where text_hash_before is distinct from text_hash;

create or replace temp table held_versions as
select
    article_id,
    fetch_id,
    text_hash,
    version,
    story_key
from article_versions
where article_id in (select article_id from touched_articles);

create or replace temp table moved_articles as
with unlike_rows as (
    (
        select article_id, fetch_id, text_hash, version from derived_versions
        except
        select article_id, fetch_id, text_hash, version from held_versions
    )
    union all
    (
        select article_id, fetch_id, text_hash, version from held_versions
        except
        select article_id, fetch_id, text_hash, version from derived_versions
    )
)
select
    article_id,
    (select count(*) from derived_versions where derived_versions.article_id = moved.article_id)
        as versions,
    (select count(*) from held_versions where held_versions.article_id = moved.article_id)
        as versions_before
from (
    select article_id from unlike_rows
    union
    select article_id from readings where part = 'again'
) as moved;

-- Where the content of each version comes from: this batch, or a held version of equal text.
create or replace temp table version_sources as
with sources as (
    select article_id, text_hash, fetch_id, true as is_new
    from readings
    where part in ('first', 'again')
    union all
    select article_id, text_hash, fetch_id, false as is_new
    from held_versions
    where fetch_id not in (select fetch_id from readings where part = 'again')
)
select
    derived_versions.article_id,
    derived_versions.version,
    derived_versions.seen_at,
    derived_versions.text_hash,
    derived_versions.fetch_id,
    sources.fetch_id as source_id,
    sources.is_new
from derived_versions
join moved_articles
    on moved_articles.article_id = derived_versions.article_id
left join sources
    on sources.article_id = derived_versions.article_id
    and sources.text_hash = derived_versions.text_hash
qualify row_number() over (
    partition by derived_versions.fetch_id
    order by
        sources.fetch_id = derived_versions.fetch_id desc,
        sources.is_new desc,
        sources.fetch_id
) = 1;

create or replace temp table stale_fetches as
select
    fetch_id,
    story_key
from held_versions
where article_id in (select article_id from moved_articles)
    and fetch_id not in (
        select fetch_id from version_sources where fetch_id = source_id and not is_new
    );

select error('the text of version ' || version || ' of ' || article_id || ' is nowhere')
from version_sources
where source_id is null;
