-- The entities of what was loaded, each id once, and those that their versions may have lost
-- (dropped_entities): these are held anew if any version still has them.
create or replace temp table loaded_entities as
from new_entities
union all by name
select entity_rows.*
from entity_rows
where entity_id in (select entity_id from dropped_entities);

create or replace temp table touched_entities as
select entity_id from dropped_entities
union
select plainer_id
from entity_variants
where entity_id in (select entity_id from dropped_entities);

delete from held_entities
where entity_id in (select entity_id from dropped_entities);

delete from entity_variants
where entity_id in (select entity_id from dropped_entities);

-- Of two spellings of a name the one that tells most: not all in capitals, the longest.
create or replace temp table best_names as
select
    entity_id,
    max(name_id) as name_id,
    any_value(label) as label,
    arg_max(shown, (shown <> upper(shown), length(shown), shown)) as name
from (select *, coalesce(usual_name, name) as shown from loaded_entities)
group by entity_id;

update held_entities
set name = best_names.name
from best_names
where best_names.entity_id = held_entities.entity_id
    and (best_names.name <> upper(best_names.name), length(best_names.name), best_names.name)
        > (
            held_entities.name <> upper(held_entities.name),
            length(held_entities.name),
            held_entities.name
        );

-- Rows from before name_id was kept have none, until a later one of the same entity tells it.
create or replace temp table newly_named as
select
    best_names.entity_id,
    best_names.name_id
from best_names
join held_entities
    on held_entities.entity_id = best_names.entity_id
where best_names.name_id <> held_entities.name_id;

update held_entities
set name_id = newly_named.name_id
from newly_named
where newly_named.entity_id = held_entities.entity_id;

create or replace temp table newly_held as
select * replace (coalesce(name_id, entity_id) as name_id)
from best_names
where entity_id not in (
    select entity_id
    from held_entities
    where entity_id in (select entity_id from best_names)
);

insert into held_entities by name
from newly_held;

create or replace temp table new_variants as
select distinct
    entity_id,
    plainer.entity as plainer_id,
    plainer.reason as reason
from (select entity_id, unnest(plainer) as plainer from loaded_entities)
where plainer.entity <> entity_id
except
from entity_variants;

insert into entity_variants by name
from new_variants;

insert into touched_entities
select entity_id from newly_held
union
select entity_id from newly_named
union
select unnest([entity_id, plainer_id]) as entity_id from new_variants;
