-- Whatever may mean the same as an entity of the temporary table touched_entities, through any
-- number of steps: by a plainer name that is held, or by the alias table.
create or replace temp table held_variants as
select entity_variants.*
from entity_variants
where plainer_id in (select entity_id from held_entities);

create or replace temp table aliased_entities as
select
    held_entities.entity_id,
    concat_ws(':', 'alias', entity_aliases.label, entity_aliases.name) as group_key,
    entity_aliases.is_alone
from held_entities
join entity_aliases
    on entity_aliases.name_id = held_entities.name_id;

create or replace temp table related_entities as
with recursive ties as materialized (
    select entity_id as one, plainer_id as other from held_variants
    union all
    select plainer_id, entity_id from held_variants
    union all
    select entity_id, group_key from aliased_entities
    union all
    select group_key, entity_id from aliased_entities
),
related as (
    select entity_id from touched_entities
    union
    select ties.other
    from related
    join ties
        on ties.one = related.entity_id
)
select entity_id
from related;
