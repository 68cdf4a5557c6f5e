-- What is held of the related entities, and what each stands for now.
with latest_merges as (
    select
        entity_id,
        arg_max(canonical_id, number) as canonical_id,
        arg_max(reason, number) as reason
    from entity_merges
    where entity_id in (select entity_id from related_entities)
    group by entity_id
    having arg_max(event, number) = 'merged'
)
select
    related_entities.entity_id,
    held_entities.entity_id is not null as is_held,
    aliased_entities.group_key,
    latest_merges.canonical_id,
    latest_merges.reason
from related_entities
left join held_entities
    on held_entities.entity_id = related_entities.entity_id
left join aliased_entities
    on aliased_entities.entity_id = related_entities.entity_id
left join latest_merges
    on latest_merges.entity_id = related_entities.entity_id
order by related_entities.entity_id;
