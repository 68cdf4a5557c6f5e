-- Whatever may mean the same as an entity of the last step: by a plainer name, held or not, or by
-- the alias table, whose groups are steps between their entities; and whatever was ever merged
-- with it, since the claim or the group that did so may be gone.
insert into related_entities
with latest as (
    select entity_id
    from related_entities
    where step = $step::integer - 1
),
ties as (
    select plainer_id as entity_id
    from entity_variants
    where entity_id in (from latest)
    union
    select entity_id
    from entity_variants
    where plainer_id in (from latest)
    union
    select group_key
    from aliased_entities
    where entity_id in (from latest)
    union
    select entity_id
    from aliased_entities
    where group_key in (from latest)
    union
    select canonical_id
    from entity_merges
    where entity_id in (from latest)
    union
    select entity_id
    from entity_merges
    where canonical_id in (from latest)
)
select
    entity_id,
    $step::integer as step
from ties
where entity_id not in (select entity_id from related_entities)
returning entity_id;
