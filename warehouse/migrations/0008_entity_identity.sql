-- Which ids mean the same is kept beside the rows that have them: none of those is rewritten when
-- a merge comes or goes. No primary keys: see 0002.
alter table entity_rows add column name_id varchar;
alter table entity_rows add column usual_name varchar;
alter table entity_rows add column geonameid integer;
alter table entity_rows add column isin varchar;
alter table entity_rows add column ticker varchar;
alter table entity_rows add column domain varchar;
alter table entity_rows add column plainer struct(entity varchar, reason varchar)[];
comment on column entity_rows.name_id is 'what entity_id is to anybody of this name; null in rows from before it was kept';
comment on column entity_rows.usual_name is 'the English name of a place that the version calls otherwise';
comment on column entity_rows.geonameid is 'of a big city, in GeoNames';
comment on column entity_rows.isin is 'of a listed company';
comment on column entity_rows.ticker is 'of a listed company, at its main exchange';
comment on column entity_rows.domain is 'of an outlet';
comment on column entity_rows.plainer is 'ids of plainer names under which others may mean it, and what these leave out';

create table held_entities (
    entity_id varchar not null,
    name_id varchar not null,
    label varchar not null,
    name varchar not null
);
comment on table held_entities is 'One row for each entity id that any version has.';
comment on column held_entities.entity_id is 'hash of label and normalised full name; of the article as well where nobody else can tell who is meant';
comment on column held_entities.name_id is 'hash of label and normalised full name';
comment on column held_entities.label is 'PERSON, ORG, PLACE, GROUP, EVENT, WORK, PRODUCT or LAW';
comment on column held_entities.name is 'its name in the spelling that tells most, the English one of a place';

create table entity_variants (
    entity_id varchar not null,
    plainer_id varchar not null,
    reason varchar not null
);
comment on table entity_variants is 'One row for each plainer name under which an entity may be meant elsewhere, held or not.';
comment on column entity_variants.entity_id is 'the entity with the fuller name';
comment on column entity_variants.plainer_id is 'the id that an entity of the plainer name has';
comment on column entity_variants.reason is 'what the plainer name leaves out: middle initial, middle name, accents, legal form; or acronym';

create table entity_aliases (
    label varchar not null,
    name varchar not null,
    name_id varchar not null
);
comment on table entity_aliases is 'One row for each name in the alias table of onrecord.toml.';
comment on column entity_aliases.label is 'what sort of entity it names';
comment on column entity_aliases.name is 'the name that it is to be shown under';
comment on column entity_aliases.name_id is 'hash of label and normalised form of the name or of another that means it';

create table entity_merges (
    number bigint not null,
    entity_id varchar not null,
    canonical_id varchar not null,
    event varchar not null,
    reason varchar not null,
    found_at timestamptz not null
);
comment on table entity_merges is 'One row for each time an entity id was found to mean the same as another, or no longer to.';
comment on column entity_merges.number is 'counts up; the last row of an entity_id holds';
comment on column entity_merges.entity_id is 'the id that stands for another';
comment on column entity_merges.canonical_id is 'the id that all of its group are shown under: the smallest of them';
comment on column entity_merges.event is 'merged or retracted';
comment on column entity_merges.reason is 'of a merge: middle initial, middle name, accents, legal form, acronym or alias table; of a retraction: no longer named, two names fit, no longer claimed, alias table or another canonical id';
comment on column entity_merges.found_at is 'when it was found';

insert into held_entities
select
    entity_id,
    entity_id,
    any_value(label order by label),
    arg_max(name, (name <> upper(name), length(name), name))
from entity_rows
group by entity_id;
