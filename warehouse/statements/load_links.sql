-- Entries whose page was read, in this batch or before they were listed. `read_updated_at`
-- is the state of the entry that the reading knew of: one that the feed had stated by then. What a
-- feed states later counts as news even if it is dated before the reading, since caches lag.
with candidate_urls as (
    select url from new_fetches
    union
    select url from new_entries
    union
    select fetches.url
    from fetches
    join readings
        on readings.fetch_id = fetches.fetch_id
),
read_urls as (
    select
        fetches.url,
        arg_max(fetches.article_id, coalesce(fetches.seen_at, fetches.started_at))
            as article_id,
        max(coalesce(fetches.seen_at, fetches.started_at)) as read_at
    from fetches
    where fetches.url in (select url from candidate_urls)
        and (fetches.article_id is not null or fetches.status = 'unchanged')
    group by fetches.url
    having arg_max(fetches.article_id, coalesce(fetches.seen_at, fetches.started_at)) is not null
)
update entries
set
    article_id = read_urls.article_id,
    read_updated_at = if(
        read_urls.read_at >= entries.updated_seen_at
        or (
            entries.updated_seen_at = entries.first_seen_at
            and read_urls.read_at >= entries.updated_at
        ),
        entries.updated_at,
        entries.read_updated_at
    )
from read_urls
where entries.url = read_urls.url
    and (
        entries.article_id is distinct from read_urls.article_id
        or entries.read_updated_at is distinct from entries.updated_at
    );
