-- Which named speakers does one outlet quote that another never does?
-- outlet: the one that quotes them
-- other: the one that does not
-- top: how many speakers (default: 50)
select
    speakers_by_outlet.speaker,
    speakers_by_outlet.quotes,
    speakers_by_outlet.distinct_quotes,
    speakers_by_outlet.articles,
    speakers_by_outlet.stories,
    speakers_by_outlet.last_day
from speakers_by_outlet
where speakers_by_outlet.outlet = $outlet::varchar
    and speakers_by_outlet.speaker_id is not null
    and speakers_by_outlet.speaker_id not in (
        select elsewhere.speaker_id
        from speakers_by_outlet as elsewhere
        where elsewhere.outlet = $other::varchar
            and elsewhere.speaker_id is not null
    )
order by speakers_by_outlet.quotes desc, speakers_by_outlet.speaker
limit $top::integer;
