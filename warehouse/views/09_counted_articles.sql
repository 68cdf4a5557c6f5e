-- As `counted_versions`, for what is current.
create or replace view counted_articles as
with valid_spans as (
    select
        fetches.article_id,
        min(fetches.seen_at) as first_seen_at
    from fetches
    semi join invalid_sightings
        on invalid_sightings.article_id = fetches.article_id
    anti join invalid_sightings as left_out
        on left_out.fetch_id = fetches.fetch_id
    where fetches.text_hash is not null
    group by fetches.article_id
),
retold_articles as (
    select
        valid_spans.article_id,
        valid_spans.first_seen_at,
        max(counted_versions.version) as version,
        arg_max(counted_versions.fetch_id, counted_versions.version) as fetch_id
    from valid_spans
    join counted_versions
        on counted_versions.article_id = valid_spans.article_id
    group by valid_spans.article_id, valid_spans.first_seen_at
)
select
    article_heads.article_id,
    article_heads.url,
    article_heads.outlet,
    article_heads.published_at,
    article_heads.first_seen_at,
    coalesce(article_heads.published_at, article_heads.first_seen_at) as printed_at,
    article_heads.agency,
    article_heads.version,
    article_heads.fetch_id,
    article_heads.story_id
from article_heads
anti join invalid_sightings
    on invalid_sightings.article_id = article_heads.article_id
union all
select
    article_heads.article_id,
    article_heads.url,
    article_heads.outlet,
    article_heads.published_at,
    retold_articles.first_seen_at,
    coalesce(article_heads.published_at, retold_articles.first_seen_at) as printed_at,
    article_heads.agency,
    retold_articles.version,
    retold_articles.fetch_id,
    article_heads.story_id
from retold_articles
join article_heads
    on article_heads.article_id = retold_articles.article_id;

comment on view counted_articles is 'One row for each article that the analysis views count, with the version current by what runs that are not invalid have seen.';
comment on column counted_articles.article_id is 'the article';
comment on column counted_articles.url is 'as in `articles`';
comment on column counted_articles.outlet is 'as in `articles`';
comment on column counted_articles.published_at is 'as in `articles`';
comment on column counted_articles.first_seen_at is 'first time that a run which is not invalid saw its text';
comment on column counted_articles.printed_at is 'published_at, first_seen_at where that is null';
comment on column counted_articles.agency is 'as in `articles`';
comment on column counted_articles.version is 'number of the current version that counts';
comment on column counted_articles.fetch_id is 'the request that gave it';
comment on column counted_articles.story_id is 'as in `articles`';
