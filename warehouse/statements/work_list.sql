select
    target,
    url,
    feed_id,
    tries,
    content_file,
    content_offset
from waiting_pages
where ($retry_failed or (not is_set_aside and coalesce(next_try_at <= $now::timestamptz, true)))
    and ($only::varchar[] is null or list_has_any(feed_ids, $only::varchar[]))
    and target not in (select unnest($but_not::varchar[]))
order by first_seen_at, url
limit $limit;
