-- The ids of names that nothing has any longer.
delete from entity_merges
where entity_id in (select entity_id from dropped_entities except select entity_id from held_entities)
    or canonical_id in (
        select entity_id from dropped_entities
        except
        select entity_id from held_entities
    );
