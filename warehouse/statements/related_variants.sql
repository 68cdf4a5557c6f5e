select
    entity_id,
    plainer_id,
    reason
from entity_variants
where entity_id in (select entity_id from related_entities);
