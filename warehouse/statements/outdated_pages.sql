-- Archived pages that stored versions, or the last sight of an article, rest on, and that
-- another extractor than $extractor_version has read.
select
    fetches.fetch_id,
    fetches.url,
    fetches.final_url,
    fetches.seen_at,
    bodies.archive_file,
    bodies.archive_offset,
    fetches.text_source,
    fetches.extractor_version
from fetches
join fetches as bodies
    on bodies.fetch_id = coalesce(fetches.repeats, fetches.fetch_id)
where bodies.archive_file is not null
    and fetches.extractor_version <> $extractor_version
    and ($since::timestamptz is null or fetches.seen_at >= $since::timestamptz)
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
order by fetches.seen_at, fetches.fetch_id;
