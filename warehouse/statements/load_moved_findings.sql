insert into quote_rows by name
from copied_quotes;

insert into mention_rows by name
from copied_mentions;

insert into entity_rows by name
from copied_entities;

insert into speaker_rows by name
from copied_speakers;

insert into naming_rows by name
from copied_namings;
