-- In two parts, so that a filter on the id that is shown is one on the rows as they are kept.
create or replace view shown_mentions as
select
    mention_rows.*,
    mention_rows.entity_id as shown_id
from mention_rows
anti join merged_entities
    on merged_entities.entity_id = mention_rows.entity_id
union all
select
    mention_rows.*,
    merged_entities.canonical_id as shown_id
from mention_rows
join merged_entities
    on merged_entities.entity_id = mention_rows.entity_id;

comment on view shown_mentions is 'One row for each kept mention, with the id that stands for its entity now.';
comment on column shown_mentions.fetch_id is 'the request that gave the text';
comment on column shown_mentions.start_char is 'first character, in the text of the version';
comment on column shown_mentions.end_char is 'end, exclusive';
comment on column shown_mentions.text is 'the words of the mention';
comment on column shown_mentions.label is 'PERSON, ORG, PLACE, GROUP, EVENT, WORK, PRODUCT, LAW, DATE or MONEY';
comment on column shown_mentions.entity_id is 'the id, as the extractor computed it; null for dates and sums';
comment on column shown_mentions.extractor_version is 'what found it';
comment on column shown_mentions.shown_id is 'the id that stands for the entity now';

create or replace view mention_versions as
select
    article_versions.article_id,
    article_versions.version,
    shown_mentions.start_char,
    shown_mentions.end_char,
    shown_mentions.text,
    shown_mentions.label,
    shown_mentions.shown_id as entity_id,
    shown_mentions.extractor_version
from shown_mentions
join article_versions
    on article_versions.fetch_id = shown_mentions.fetch_id;

create or replace view mentions as
select
    article_heads.article_id,
    article_heads.version,
    shown_mentions.start_char,
    shown_mentions.end_char,
    shown_mentions.text,
    shown_mentions.label,
    shown_mentions.shown_id as entity_id,
    shown_mentions.extractor_version
from shown_mentions
join article_heads
    on article_heads.fetch_id = shown_mentions.fetch_id;

comment on view mention_versions is 'One row for each place where an entity is named, in every version of every article.';
comment on column mention_versions.article_id is 'the article it stands in';
comment on column mention_versions.version is 'the version it stands in';
comment on column mention_versions.start_char is 'first character, in the text of the version';
comment on column mention_versions.end_char is 'end, exclusive';
comment on column mention_versions.text is 'the words of the mention';
comment on column mention_versions.label is 'PERSON, ORG, PLACE, GROUP, EVENT, WORK, PRODUCT, LAW, DATE or MONEY';
comment on column mention_versions.entity_id is 'who or what is named; null for DATE and MONEY';
comment on column mention_versions.extractor_version is 'what found it';

comment on view mentions is 'One row for each place where an entity is named, in the current version of each article.';
comment on column mentions.article_id is 'the article it stands in';
comment on column mentions.version is 'the version it stands in';
comment on column mentions.start_char is 'first character, in the text of the version';
comment on column mentions.end_char is 'end, exclusive';
comment on column mentions.text is 'the words of the mention';
comment on column mentions.label is 'PERSON, ORG, PLACE, GROUP, EVENT, WORK, PRODUCT, LAW, DATE or MONEY';
comment on column mentions.entity_id is 'who or what is named; null for DATE and MONEY';
comment on column mentions.extractor_version is 'what found it';
