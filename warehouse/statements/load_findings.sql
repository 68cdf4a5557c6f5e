insert into quote_rows by name
select
    left(
        md5(concat_ws(':', version_sources.fetch_id, new_quotes.start_char, new_quotes.end_char)),
        16
    ) as quote_id,
    new_quotes.* replace (version_sources.fetch_id as fetch_id)
from version_sources
join new_quotes
    on new_quotes.fetch_id = version_sources.source_id
where version_sources.is_new;

insert into mention_rows by name
select
    new_mentions.* replace (version_sources.fetch_id as fetch_id)
from version_sources
join new_mentions
    on new_mentions.fetch_id = version_sources.source_id
where version_sources.is_new;

insert into entity_rows by name
select
    new_entities.* replace (version_sources.fetch_id as fetch_id)
from version_sources
join new_entities
    on new_entities.fetch_id = version_sources.source_id
where version_sources.is_new;
