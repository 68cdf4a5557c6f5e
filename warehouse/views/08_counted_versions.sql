-- What invalid runs have requested is left out as if they had not: the versions of the articles
-- that they have read are told anew from the sightings of others. Where no run is invalid, the
-- second part is empty before it is begun.
create or replace view counted_versions as
with valid_sightings as (
    select
        fetches.article_id,
        fetches.fetch_id,
        fetches.seen_at,
        fetches.text_hash,
        lag(fetches.text_hash) over (
            partition by fetches.article_id
            order by fetches.seen_at, fetches.fetch_id
        ) as text_hash_before
    from fetches
    semi join invalid_sightings
        on invalid_sightings.article_id = fetches.article_id
    anti join invalid_sightings as left_out
        on left_out.fetch_id = fetches.fetch_id
    where fetches.text_hash is not null
),
retold_versions as (
    select
        valid_sightings.article_id,
        arg_max(article_versions.fetch_id, article_versions.version) as fetch_id,
        max(article_versions.version) as version,
        valid_sightings.seen_at
    from valid_sightings
    join article_versions
        on article_versions.article_id = valid_sightings.article_id
        and article_versions.text_hash = valid_sightings.text_hash
        and article_versions.seen_at <= valid_sightings.seen_at
    where valid_sightings.text_hash_before is distinct from valid_sightings.text_hash
    group by valid_sightings.article_id, valid_sightings.fetch_id, valid_sightings.seen_at
)
select
    article_versions.article_id,
    article_versions.version,
    if(article_versions.version > 1, article_versions.version - 1, null) as version_before,
    article_versions.fetch_id,
    article_versions.seen_at,
    article_versions.change
from article_versions
anti join invalid_sightings
    on invalid_sightings.article_id = article_versions.article_id
union all
select
    retold_versions.article_id,
    retold_versions.version,
    lag(retold_versions.version) over (
        partition by retold_versions.article_id
        order by retold_versions.version
    ) as version_before,
    retold_versions.fetch_id,
    retold_versions.seen_at,
    article_versions.change
from retold_versions
join article_versions
    on article_versions.fetch_id = retold_versions.fetch_id;

comment on view counted_versions is 'One row for each version that the analysis views count: all but what only invalid runs have seen, and what differs from the one before it by that alone.';
comment on column counted_versions.article_id is 'the article';
comment on column counted_versions.version is 'its number, as in `article_versions`';
comment on column counted_versions.version_before is 'the version that it followed; null for the first that counts';
comment on column counted_versions.fetch_id is 'the request that gave it, as in `article_versions`';
comment on column counted_versions.seen_at is 'first time that a run which is not invalid saw it';
comment on column counted_versions.change is 'as in `article_versions`';
