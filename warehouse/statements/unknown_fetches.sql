select unnest($fetch_ids::varchar[]) as fetch_id
except
select fetch_id from fetches
except
select poll_id from polls;
