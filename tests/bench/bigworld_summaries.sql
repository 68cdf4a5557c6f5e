-- What a load keeps in short of what bigworld_articles has put in.
insert into speaker_rows by name
select
    fetch_id,
    speaker_id,
    speaker,
    count(*) as quotes,
    list(distinct md5_number_lower(coalesce(sighting_key, lower(text)))) as words_keys
from quote_rows
group by fetch_id, speaker_id, speaker
order by min(rowid);

insert into naming_rows by name
select
    fetch_id,
    entity_id,
    label,
    count(*) as mentions
from mention_rows
where entity_id is not null
group by fetch_id, entity_id, label
order by min(rowid);
