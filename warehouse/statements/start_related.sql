create or replace temp table related_entities as
select distinct
    entity_id,
    0 as step
from touched_entities;

create or replace temp table aliased_entities as
select
    held_entities.entity_id,
    if(
        entity_aliases.is_alone,
        held_entities.entity_id,
        concat_ws(':', 'alias', entity_aliases.label, entity_aliases.name)
    ) as group_key,
    entity_aliases.is_alone
from held_entities
join entity_aliases
    on entity_aliases.name_id = held_entities.name_id;
