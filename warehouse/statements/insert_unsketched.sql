insert into unsketched_versions by name
select fetch_id
from new_unsketched;
