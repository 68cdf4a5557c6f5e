delete from unsearched_versions
where fetch_id in (select fetch_id from new_texts);
