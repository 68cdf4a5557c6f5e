-- How often are the most quoted speakers quoted, week by week or in other steps?
-- since: from this time on (default: 1970-01-01)
-- step: day, week, month or year (default: week)
-- top: how many speakers (default: 10)
with speaker_steps as (
    select
        speaker_id,
        any_value(speaker) as speaker,
        date_trunc($step::varchar, day)::date as begins,
        sum(quotes)::bigint as quotes,
        sum(distinct_quotes)::bigint as distinct_quotes
    from quotes_by_speaker_day
    where speaker_id is not null
        and day >= $since::timestamptz::date
    group by speaker_id, begins
),
most_quoted as (
    select speaker_id
    from speaker_steps
    group by speaker_id
    order by sum(distinct_quotes) desc, speaker_id
    limit $top::integer
)
select
    begins,
    speaker,
    quotes,
    distinct_quotes
from speaker_steps
where speaker_id in (select speaker_id from most_quoted)
order by begins, distinct_quotes desc, speaker;
