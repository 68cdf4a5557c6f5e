create or replace view entity_names as
select
    coalesce(merged_entities.canonical_id, held_entities.entity_id) as entity_id,
    coalesce(
        min(entity_aliases.name),
        arg_max(
            held_entities.name,
            (
                len(string_split(held_entities.name, ' ')),
                held_entities.name <> upper(held_entities.name),
                length(held_entities.name),
                held_entities.name
            )
        )
    ) as name,
    any_value(held_entities.label) as label
from held_entities
left join merged_entities
    on merged_entities.entity_id = held_entities.entity_id
left join entity_aliases
    on entity_aliases.name_id = held_entities.name_id
group by all;

comment on view entity_names is 'One row for each entity that any version names, with its name alone: answers faster than `entities`.';
comment on column entity_names.entity_id is 'as in `entities`';
comment on column entity_names.name is 'as in `entities`';
comment on column entity_names.label is 'as in `entities`';
