-- Entries whose page was read, in this batch or before they were listed. `read_updated_at`
-- is the state of the entry that the reading knew of: one that the feed had stated by then. What a
-- feed states later counts as news even if it is dated before the reading, since caches lag.
-- Entry and fetch belong together if they share the address or its canonical form.
with sightings as (
    select
        unnest(list_distinct([url, target])) as key,
        article_id,
        coalesce(seen_at, started_at) as read_at
    from fetches
    where fetch_id in (select fetch_id from near_fetches)
        and (article_id is not null or status = 'unchanged')
),
read_keys as (
    select
        key,
        arg_max(article_id, read_at) as article_id,
        max(read_at) as read_at
    from sightings
    where key in (select key from touched_keys)
    group by key
    having arg_max(article_id, read_at) is not null
),
listed_keys as (
    select rowid as place, url as key from entries where url in (select key from read_keys)
    union
    select rowid as place, target as key from entries where target in (select key from read_keys)
),
read_entries as (
    select
        listed_keys.place,
        arg_max(read_keys.article_id, read_keys.read_at) as article_id,
        max(read_keys.read_at) as read_at
    from listed_keys
    join read_keys
        on read_keys.key = listed_keys.key
    group by listed_keys.place
)
update entries
set
    article_id = read_entries.article_id,
    read_updated_at = if(
        read_entries.read_at >= entries.updated_seen_at
        or (
            entries.updated_seen_at = entries.first_seen_at
            and read_entries.read_at >= entries.updated_at
        ),
        entries.updated_at,
        entries.read_updated_at
    )
from read_entries
where entries.rowid = read_entries.place
    and (
        entries.article_id is distinct from read_entries.article_id
        or entries.read_updated_at is distinct from entries.updated_at
    );
