create or replace temp table related_entities as
select
    entity_id,
    0 as step
from touched_entities;

create or replace temp table aliased_entities as
select
    held_entities.entity_id,
    concat_ws(':', 'alias', entity_aliases.label, entity_aliases.name) as group_key
from held_entities
join entity_aliases
    on entity_aliases.name_id = held_entities.name_id;
