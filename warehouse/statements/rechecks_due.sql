select
    target,
    url,
    tries,
    feed_id,
    repeats,
    etag,
    last_modified,
    body_hash,
    not_modified_in_a_row
from due_rechecks
order by waits desc, target
limit $limit;
