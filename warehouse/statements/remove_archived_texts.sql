-- Items whose full text lies in a feed body in one of $files, which are removed.
update entries
set content_file = null, content_offset = null
where content_file in (select unnest($files::varchar[]));
