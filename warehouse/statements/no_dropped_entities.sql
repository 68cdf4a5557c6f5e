create or replace temp table dropped_entities (entity_id varchar);
