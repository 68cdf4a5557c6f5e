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

create or replace view merging_entities as
select
    entity_id,
    canonical_id
from merged_entities
union all
select distinct
    canonical_id as entity_id,
    canonical_id
from merged_entities;

comment on view merging_entities is 'One row for each entity id that has a part in a merge: those of `merged_entities`, and those that stand for them.';
comment on column merging_entities.entity_id is 'the id, as the extractor computed it';
comment on column merging_entities.canonical_id is 'the id that is shown for it; the same id for one that stands for others';
