-- What is held of the related entities, and what each stands for now.
select
    related_entities.entity_id,
    held_entities.entity_id is not null as is_held,
    aliased_entities.group_key,
    coalesce(aliased_entities.is_alone, false) as is_alone,
    merged_entities.canonical_id,
    merged_entities.reason
from related_entities
left join held_entities
    on held_entities.entity_id = related_entities.entity_id
left join aliased_entities
    on aliased_entities.entity_id = related_entities.entity_id
left join merged_entities
    on merged_entities.entity_id = related_entities.entity_id
order by related_entities.entity_id;
