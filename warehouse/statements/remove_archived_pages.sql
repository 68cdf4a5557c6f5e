-- Requests for pages whose response lies in one of $files, which are removed.
update fetches
set archive_file = null, archive_offset = null, archive_removed_at = $at
where archive_file in (select unnest($files::varchar[]));
