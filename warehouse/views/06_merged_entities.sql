create or replace view merged_entities as
select
    entity_id,
    arg_max(canonical_id, number) as canonical_id,
    arg_max(reason, number) as reason
from entity_merges
group by entity_id
having arg_max(event, number) = 'merged';

comment on view merged_entities is 'One row for each entity id that stands for another at present.';
comment on column merged_entities.entity_id is 'the id, as the extractor computed it';
comment on column merged_entities.canonical_id is 'the id that quotes, mentions and entities show instead';
comment on column merged_entities.reason is 'why they are one: middle initial, middle name, accents, legal form, acronym or alias table';
