-- Requests and where the archive has their responses, the newest first.
with archived as (
    select
        fetch_id,
        archive_file,
        archive_offset,
        started_at
    from fetches
    where archive_file is not null and text_source = 'page'
    union all
    select
        poll_id,
        archive_file,
        archive_offset,
        started_at
    from polls
    where archive_file is not null
)
select
    fetch_id,
    archive_file,
    archive_offset
from archived
order by started_at desc, fetch_id
limit $top::bigint;
