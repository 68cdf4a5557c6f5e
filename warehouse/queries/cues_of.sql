-- With which verbs and other reporting words is a speaker quoted?
-- speaker: a name or whole words of it, any case
-- since: from this time on (default: 1970-01-01)
-- top: how many rows (default: 50)
select
    speaker,
    lower(cue) as cue,
    count(*) as quotes,
    count(distinct outlet) as outlets,
    min(text order by length(text), text) as shortest_example
from quotes_by($speaker::varchar)
where cue is not null
    and day >= $since::timestamptz::date
group by speaker_id, speaker, lower(cue)
order by quotes desc, speaker, cue
limit $top::integer;
