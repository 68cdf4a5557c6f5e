-- Requests for feeds whose body lies in one of $files, which are removed.
update polls
set archive_file = null, archive_offset = null, archive_removed_at = $at
where archive_file in (select unnest($files::varchar[]));
