create or replace temp table new_heads as
with latest_readings as (
    select *
    from readings
    qualify row_number() over (partition by article_id order by seen_at desc, fetch_id desc) = 1
),
current_versions as (
    select
        article_id,
        max(version) as version,
        arg_max(fetch_id, version) as fetch_id
    from derived_versions
    group by article_id
),
spans as (
    select
        article_id,
        min(seen_at) as first_seen_at,
        max(seen_at) as last_seen_at
    from touched_fetches
    group by article_id
),
held_readings as (
    select
        article_heads.article_id,
        fetches.seen_at,
        fetches.fetch_id
    from article_heads
    join fetches
        on fetches.fetch_id = article_heads.last_fetch_id
    where article_heads.article_id in (select article_id from current_versions)
)
select
    current_versions.article_id,
    latest_readings.url,
    latest_readings.outlet,
    latest_readings.authors,
    latest_readings.published_at,
    latest_readings.published_precision,
    latest_readings.modified_at,
    spans.first_seen_at,
    spans.last_seen_at,
    latest_readings.fetch_id as last_fetch_id,
    latest_readings.fetch_id is not null
        and (
            held_readings.fetch_id is null
            or (latest_readings.seen_at, latest_readings.fetch_id)
                >= (held_readings.seen_at, held_readings.fetch_id)
        ) as is_latest,
    latest_readings.lang,
    latest_readings.agency,
    latest_readings.page_kind,
    latest_readings.access,
    latest_readings.section,
    latest_readings.tags,
    latest_readings.lead_image,
    latest_readings.sources,
    current_versions.version,
    current_versions.fetch_id
from current_versions
join spans
    on spans.article_id = current_versions.article_id
left join latest_readings
    on latest_readings.article_id = current_versions.article_id
left join held_readings
    on held_readings.article_id = current_versions.article_id;

delete from article_heads
where article_id in (
    select article_id from touched_articles
    except
    select article_id from derived_versions
);

-- What was said of an article by its feed gives way to its page, however long ago that was seen.
delete from article_heads
where article_id in (select article_id from superseded_fetches)
    and article_id in (select article_id from readings);

merge into article_heads
using new_heads
on new_heads.article_id = article_heads.article_id
when matched and new_heads.is_latest
    then update set
        url = new_heads.url,
        outlet = new_heads.outlet,
        authors = new_heads.authors,
        published_at = new_heads.published_at,
        published_precision = new_heads.published_precision,
        modified_at = new_heads.modified_at,
        first_seen_at = new_heads.first_seen_at,
        last_seen_at = new_heads.last_seen_at,
        last_fetch_id = new_heads.last_fetch_id,
        lang = new_heads.lang,
        agency = new_heads.agency,
        page_kind = new_heads.page_kind,
        access = new_heads.access,
        section = new_heads.section,
        tags = new_heads.tags,
        lead_image = new_heads.lead_image,
        sources = new_heads.sources,
        version = new_heads.version,
        fetch_id = new_heads.fetch_id
when matched
    then update set
        first_seen_at = new_heads.first_seen_at,
        last_seen_at = new_heads.last_seen_at,
        version = new_heads.version,
        fetch_id = new_heads.fetch_id
when not matched
    then insert (
        article_id, url, outlet, authors, published_at, published_precision, modified_at,
        first_seen_at, last_seen_at, last_fetch_id, lang, agency, page_kind, access, section,
        tags, lead_image, sources, version, fetch_id, story_id
    )
    values (
        new_heads.article_id, new_heads.url, new_heads.outlet, new_heads.authors,
        new_heads.published_at, new_heads.published_precision, new_heads.modified_at,
        new_heads.first_seen_at, new_heads.last_seen_at, new_heads.last_fetch_id,
        new_heads.lang, new_heads.agency, new_heads.page_kind, new_heads.access,
        new_heads.section, new_heads.tags, new_heads.lead_image, new_heads.sources,
        new_heads.version, new_heads.fetch_id, new_heads.article_id
    );
