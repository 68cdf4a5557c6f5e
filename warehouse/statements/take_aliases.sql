-- Entities are touched by what has changed alone.
create or replace temp table touched_entities as
select distinct held_entities.entity_id
from held_entities
where name_id in (
    select name_id
    from (
        (from entity_aliases except from staged_aliases)
        union
        (from staged_aliases except from entity_aliases)
    )
);

delete from entity_aliases
where (label, name, name_id) not in (select (label, name, name_id) from staged_aliases);

insert into entity_aliases by name
from staged_aliases
except
from entity_aliases;
