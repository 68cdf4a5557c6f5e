-- Archived pages that stored versions, or the last sight of an article, rest on, and that
-- extractors have read whose version is unlike $alike; those of one article beside each other.
with outdated as (
    select
        fetches.fetch_id,
        fetches.article_id,
        fetches.url,
        fetches.final_url,
        fetches.seen_at,
        bodies.archive_file,
        bodies.archive_offset,
        fetches.text_source,
        fetches.text_hash,
        fetches.extractor_version
    from fetches
    join fetches as bodies
        on bodies.fetch_id = coalesce(fetches.repeats, fetches.fetch_id)
    where bodies.archive_file is not null
        and not regexp_full_match(fetches.extractor_version, $alike)
        and ($after::varchar is null or fetches.article_id > $after::varchar)
        and (
            $since::timestamptz is null
            or fetches.article_id in (
                select article_id
                from article_heads
                where last_seen_at >= $since::timestamptz
            )
        )
        and (
            $urls::varchar[] is null
            or fetches.article_id in (
                select article_id
                from fetches
                where url in (select unnest($urls::varchar[]))
                    or target in (select unnest($urls::varchar[]))
            )
        )
        and fetches.fetch_id in (
            select fetch_id from article_versions
            union
            select last_fetch_id from article_heads
        )
),
next_articles as (
    select distinct article_id
    from outdated
    order by article_id
    limit $articles
)
select *
from outdated
where article_id in (select article_id from next_articles)
order by article_id, seen_at, fetch_id;
