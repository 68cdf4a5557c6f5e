with printed_quotes as (
    select
        quotes.speaker_id,
        (coalesce(article_heads.published_at, article_heads.first_seen_at) at time zone 'UTC')::date
            as day
    from quotes
    join article_heads
        on article_heads.article_id = quotes.article_id
    where list_contains($speaker_ids::varchar[], quotes.speaker_id)
        and (
            len($outlets::varchar[]) = 0 or list_contains($outlets::varchar[], article_heads.outlet)
        )
),
counted_steps as (
    select
        speaker_id,
        date_trunc($step::varchar, day)::date as day,
        count(*) as quotes
    from printed_quotes
    where day between $since::date and $until::date
    group by all
),
-- A day without a quotation is a zero, not a gap that a line jumps over.
steps as (
    select
        unnest(
            generate_series(
                date_trunc($step::varchar, $since::date)::timestamp,
                $until::date::timestamp,
                ('1 ' || $step::varchar)::interval
            )
        )::date as day
),
speakers as (
    select unnest($speaker_ids::varchar[]) as speaker_id
)
select
    steps.day,
    speakers.speaker_id,
    coalesce(counted_steps.quotes, 0) as quotes
from steps
cross join speakers
left join counted_steps
    on counted_steps.day = steps.day
    and counted_steps.speaker_id = speakers.speaker_id
order by steps.day, speakers.speaker_id
limit 5000
