insert into quote_rows by name
select
    copied_quotes.* replace (
        left(md5(concat_ws(':', fetch_id, start_char, end_char)), 16) as quote_id
    )
from copied_quotes;

insert into mention_rows by name
from copied_mentions;

insert into entity_rows by name
from copied_entities;

insert into speaker_rows by name
from copied_speakers;

insert into naming_rows by name
from copied_namings;
