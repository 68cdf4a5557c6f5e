-- What is kept of quotations and mentions in short, straight from the unpacked files: to hold the
-- rows that were loaded from there takes longer than to read them again.
insert into speaker_rows by name
with new_quotes as (
    select
        fetch_id,
        unnest(document.quotes.text) as text,
        unnest(document.quotes.speaker) as speaker,
        unnest(document.quotes.speaker_id) as speaker_id,
        unnest(document.quotes.sighting_key) as sighting_key
    from new_documents('
        quotes struct(
            "text" varchar[], speaker varchar[], speaker_id varchar[],
            sighting_key varchar[]
        )
    ')
)
select
    fetch_id,
    speaker_id,
    speaker,
    count(*) as quotes,
    list(distinct md5_number_lower(coalesce(sighting_key, lower(text)))) as words_keys
from new_quotes
group by all;

insert into naming_rows by name
with new_mentions as (
    select
        fetch_id,
        unnest(document.mentions.label) as label,
        unnest(document.mentions.entity) as entity_id
    from new_documents('mentions struct(label varchar[], entity varchar[])')
)
select
    fetch_id,
    entity_id,
    label,
    count(*) as mentions
from new_mentions
where entity_id is not null
group by all;
