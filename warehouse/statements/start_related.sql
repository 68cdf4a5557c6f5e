create or replace temp table related_entities as
select distinct
    entity_id,
    0 as step
from touched_entities;

-- A name listed without others is one with nobody, not even with its namesakes.
create or replace temp table aliased_entities as
with listed as (
    select
        name_id,
        concat_ws(':', 'alias', label, name) as group_key,
        count(*) over (partition by label, name) as forms
    from entity_aliases
)
select
    held_entities.entity_id,
    if(listed.forms = 1, held_entities.entity_id, listed.group_key) as group_key
from held_entities
join listed
    on listed.name_id = held_entities.name_id;
