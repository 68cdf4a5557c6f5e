-- A summary of quote_rows, whose words take ten times as long to read. Like these it is keyed by
-- fetch, so that it is right whatever is current, or was at a time. No primary keys: see 0002.
create table speaker_rows (
    fetch_id varchar not null,
    speaker_id varchar,
    speaker varchar,
    quotes integer not null,
    words_keys ubigint[] not null
);
comment on table speaker_rows is 'One row for each speaker that each version quotes, and one for what it quotes of nobody; a summary of quote_rows that is kept at load.';
comment on column speaker_rows.fetch_id is 'the fetch of the version';
comment on column speaker_rows.speaker_id is 'as in `quote_rows`';
comment on column speaker_rows.speaker is 'as in `quote_rows`; null for what nobody is named for';
comment on column speaker_rows.quotes is 'quotations of this speaker in the version';
comment on column speaker_rows.words_keys is 'what they say, each once: hash of the sighting_key, of the words in lower case where that is null';

insert into speaker_rows
select
    fetch_id,
    speaker_id,
    speaker,
    count(*) as quotes,
    list(distinct md5_number_lower(coalesce(sighting_key, lower(text)))) as words_keys
from quote_rows
group by fetch_id, speaker_id, speaker
order by min(rowid);

create table naming_rows (
    fetch_id varchar not null,
    entity_id varchar not null,
    label varchar not null,
    mentions integer not null
);
comment on table naming_rows is 'One row for each entity that each version mentions; a summary of mention_rows that is kept at load.';
comment on column naming_rows.fetch_id is 'the fetch of the version';
comment on column naming_rows.entity_id is 'as in `mention_rows`';
comment on column naming_rows.label is 'as in `mention_rows`';
comment on column naming_rows.mentions is 'places in the version that name it';

insert into naming_rows
select
    fetch_id,
    entity_id,
    label,
    count(*) as mentions
from mention_rows
where entity_id is not null
group by fetch_id, entity_id, label
order by min(rowid);

comment on column runs.invalid is 'set by a person to leave a bad pass out of figures: the analysis views tell what they would if its requests had not been made, apart from what pages said of themselves; tables, articles, quotes, mentions and entities keep all';
