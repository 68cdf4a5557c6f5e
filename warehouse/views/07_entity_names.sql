-- In two parts, so that a filter is one on the rows as they are kept: what no merge has touched,
-- nearly all, needs no putting together.
create or replace view entity_names as
with alias_names as (
    select
        name_id,
        min(name) as name
    from entity_aliases
    group by name_id
)
select
    held_entities.entity_id,
    coalesce(alias_names.name, held_entities.name) as name,
    held_entities.label
from held_entities
anti join merging_entities
    on merging_entities.entity_id = held_entities.entity_id
left join alias_names
    on alias_names.name_id = held_entities.name_id
union all
select
    merging_entities.canonical_id as entity_id,
    coalesce(
        min(alias_names.name),
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
join merging_entities
    on merging_entities.entity_id = held_entities.entity_id
left join alias_names
    on alias_names.name_id = held_entities.name_id
group by merging_entities.canonical_id;

comment on view entity_names is 'One row for each entity that any version names, with its name alone: answers faster than `entities`.';
comment on column entity_names.entity_id is 'as in `entities`';
comment on column entity_names.name is 'as in `entities`';
comment on column entity_names.label is 'as in `entities`';
