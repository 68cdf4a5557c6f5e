-- The temporary tables that loading leaves, empty.
create or replace temp table version_sources (fetch_id varchar, source_id varchar, is_new boolean);

create or replace temp table new_entities as
from entity_rows
where false;
